#include "model/schema.hpp"

#include "config/reference.hpp"
#include "config/schema.hpp"
#include "distributions/law.hpp"
#include "expression/functions.hpp"
#include "model/names.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::string_view head =
    "# Reference of the model language\n\n"
    "Every mapping and every key, from the declarations that read the file. This page is printed by\n"
    "`sojourn schema --reference > docs/reference.md`; it is not edited. The language is explained in\n"
    "[language.md](language.md), the distributions in [methods.md](methods.md); `sojourn schema` prints the same for "
    "an\n"
    "editor.\n\n"
    "Value: *time*, *expression* and so on are as in [language.md](language.md#values). Unit: `1` is a plain number,\n"
    "`time` and `1/time` are written with a unit (`6 months`, `0.1 per year`), `boolean` is true or false; where it "
    "is\n"
    "empty, the value is a text or may have any unit. Keys without a default may be left out unless they are "
    "required.\n\n";

// A cell of a table.
std::string cell(std::string_view text) {
  std::string made;
  for (const char c : text) made += c == '|' ? std::string("\\|") : std::string(1, c);
  return made;
}

std::string family_table() {
  std::string text =
      "## families\n\n"
      "What `time` names, with the effects that may act on it beside `time_ratio`; `cure` acts as the family inside "
      "it.\n\n"
      "| family | formula | source | effects |\n|---|---|---|---|\n";
  for (const auto& info : distributions::families()) {
    std::string effects = info.scales ? "`hazard_ratio`" : "";
    if (info.given_by == distributions::GivenBy::life_table) effects += ", `smr`";
    if (info.odds_ratio) effects += ", `odds_ratio`";
    text += "| `" + std::string(info.name) + "` | " + cell(info.formula) + " | " + cell(info.source) + " | " + effects +
            " |\n";
  }
  return text + "\n";
}

std::string function_table() {
  std::string text =
      "## functions\n\nOf expressions, beside the operators in [language.md](language.md#expressions).\n\n"
      "| function | arguments | value |\n|---|---|---|\n";
  for (const auto& one : expression::functions()) {
    const std::string fewest = std::to_string(one.fewest);
    text += "| `" + std::string(one.name) + "` | " + (one.most == one.fewest ? fewest : fewest + " or more") + " | " +
            std::string(one.meaning) + " |\n";
  }
  for (const auto& one : expression::history_functions()) {
    text += "| `" + std::string(one.name) + "` | a name | " + std::string(one.meaning) + " |\n";
  }
  return text + "\n";
}

}  // namespace

std::string model_schema() {
  return config::json_schema(shapes::model, words_not_names());
}

std::string parameter_file_schema() {
  return config::json_schema(shapes::parameter_file, words_not_names());
}

std::string reference() {
  std::string text(head);
  text += config::reference(shapes::model) + family_table() + function_table();
  text += "## file of parameters\n\nFor `--parameters`.\n\n";
  const std::string file = config::reference(shapes::parameter_file);
  text += file.substr(file.find("| key"), file.find("\n\n## ") - file.find("| key")) + "\n";
  return text;
}

}  // namespace sojourn::model
