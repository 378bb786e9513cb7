#include "command/inspect_sweep.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/words.hpp"
#include "command/progress.hpp"
#include "report/rows.hpp"
#include "store/sweep_reader.hpp"

namespace sojourn::command {

namespace {

using report::Rows;

// The distinct texts of a column, as they are met first, and how often each is there.
std::vector<std::pair<std::string, std::int64_t>> counts(const Rows& rows, const char* column) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string text = rows.text(i, column);
    const auto place = std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.first == text; });
    if (place == found.end()) {
      found.emplace_back(text, 1);
    } else {
      ++place->second;
    }
  }
  return found;
}

std::string counted(const Rows& rows, const char* column) {
  std::string text;
  for (const auto& [name, number] : counts(rows, column)) {
    text += (text.empty() ? "" : ", ") + with_commas(number) + " " + name;
  }
  return text;
}

std::string listed(const Rows& rows, const char* column) {
  std::string text;
  for (const auto& [name, number] : counts(rows, column)) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// "5,000", or "5,000 to 320,000".
std::string range(const Rows& rows, const char* column) {
  if (rows.size() == 0) return "0";
  double least = rows.number(0, column), most = least;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    least = std::min(least, rows.number(i, column));
    most = std::max(most, rows.number(i, column));
  }
  const std::string first = with_commas(static_cast<std::int64_t>(least));
  return least == most ? first : first + " to " + with_commas(static_cast<std::int64_t>(most));
}

}  // namespace

std::string collected_sweep_text(const std::string& path) {
  const store::SweepReader file(path);
  const store::SweepInput& input = file.input();
  const Rows scenarios(file.table("scenarios", {"patients", "status"})), axes(file.table("axes"));
  const Rows quantities(file.table("quantities"));
  std::string text = path + ": a collected sweep" + (input.complete ? "" : ", not complete") + "\n";
  if (!input.title.empty()) text += "  title       " + input.title + "\n";
  text += "  made from   " + input.sweep_name + ", " + input.model_name;
  for (const model::EmbeddedFile& one : input.files) text += ", " + one.path;
  text += "\n  scenarios   " + with_commas(input.scenarios) + ": " + counted(scenarios, "status") + "\n";
  text += "  patients    " + range(scenarios, "patients") + " a strategy in each; seed " + std::to_string(input.seed) +
          (input.common_random_numbers ? ", the same patients in all" : ", others in each") + "\n";
  for (std::size_t i = 0; i < axes.size(); ++i) {
    text += (i == 0 ? "  axes        " : "              ") + axes.text(i, "name") + ": " +
            with_commas(static_cast<std::int64_t>(axes.number(i, "values"))) + " values of " + axes.text(i, "what") +
            "\n";
  }
  text += "  strategies  " + listed(quantities, "strategy") + "\n  quantities  " + listed(quantities, "name") + "\n";
  if (file.has_table("resolution")) {
    const Rows resolution(file.table("resolution", {"status"}));
    text += "  resolution  " + counted(resolution, "status") + "\n";
  }
  return text + "  digest      " + input.digest + "\n";
}

}  // namespace sojourn::command
