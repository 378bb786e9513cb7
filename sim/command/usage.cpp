#include "command/usage.hpp"

#include <CLI/CLI.hpp>
#include <cmath>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "base/words.hpp"

namespace sojourn::command {

namespace {

// The subcommand that was reached.
const CLI::App& reached(const CLI::App& app) {
  const CLI::App* here = &app;
  while (!here->get_subcommands().empty()) here = here->get_subcommands().front();
  return *here;
}

std::string name_of(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : name_of(*app.get_parent()) + " " + app.get_name();
}

std::vector<std::string> subcommands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(one->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* one : app.get_options()) {
    for (const std::string& name : one->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string with_hint(const std::string& text, const std::string& wrong, const std::vector<std::string>& names,
                      const std::string& otherwise) {
  const std::string hint = did_you_mean(wrong, names);
  if (hint.empty() && otherwise.empty()) return text;
  return text + "; " + (hint.empty() ? otherwise : hint);
}

// The first word that may have been meant for a subcommand of `here`.
std::string unknown_subcommand(const CLI::App& app, const CLI::App& here, const std::vector<std::string>& words) {
  const std::vector<std::string> names = subcommands_of(here);
  bool after = &here == &app;
  for (const std::string& word : words) {
    if (!after) {
      after = word == here.get_name();
    } else if (!word.starts_with("-")) {
      return with_hint("`" + word + "` is no subcommand of " + name_of(here), word, names, "they are " + listed(names));
    }
  }
  return "say which subcommand of " + name_of(here) + ": " + listed(names);
}

std::string not_expected(const CLI::App& here, const std::vector<std::string>& words) {
  const std::string name = name_of(here);
  for (const std::string& word : words) {
    const std::string option = word.substr(0, word.find('='));
    if (option.starts_with("-")) {
      return with_hint("`" + option + "` is no option of " + name, option, options_of(here), "");
    }
  }
  return "`" + words.front() + "` is one argument more than " + name + " takes";
}

// What is wrong with a number; nothing if it is good: then the text is its digits.
std::string checked(std::string& text, std::int64_t least, std::int64_t most) {
  const ParsedNumber read = parse_number(text);
  if (!read) return "`" + text + "` is not a number" + (read.why.empty() ? "" : " (" + read.why + ")");
  const double number = *read.value;
  if (!(std::floor(number) == number)) return text + " is not a whole number";
  if (number < static_cast<double>(least) || number > static_cast<double>(most)) {
    return text + " is not from " + std::to_string(least) + " to " + std::to_string(most);
  }
  text = std::to_string(static_cast<std::int64_t>(number));
  return "";
}

}  // namespace

std::string usage_message(const CLI::App& app, const CLI::Error& error, const std::vector<std::string>& words) {
  const CLI::App& here = reached(app);
  const std::vector<std::string> extras = app.remaining(true);
  std::string text = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && here.get_require_subcommand_min() > 0) {
    text = unknown_subcommand(app, here, words);
  } else if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !extras.empty()) {
    text = not_expected(here, extras);
  }
  return text + "\n`" + name_of(here) + " --help` tells more.";
}

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  return {[least, most](std::string& text) { return checked(text, least, most); }, ""};
}

}  // namespace sojourn::command
