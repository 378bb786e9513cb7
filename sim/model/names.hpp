// The names of a model: what may be one, who bears which, and that nobody bears another's. Parameters, attributes,
// states, tags and events share one space, because expressions use them side by side; what draws random numbers by
// name (cohort attributes, branches, transitions, events) must differ in name and in the name's hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostics.hpp"

namespace sojourn::model {

// Why `text` cannot be a name, and what to do; empty `problem`: it can.
struct NameProblem {
  std::string problem, why, hint;
};
[[nodiscard]] NameProblem name_problem(std::string_view text);
// Words that look like names and are none.
[[nodiscard]] std::vector<std::string_view> words_not_names();

class Names {
 public:
  enum class Kind : std::uint8_t { parameter, attribute, state, tag, event };
  struct Entry {
    Kind kind;
    std::int32_t index;
    Location at;
  };

  // False, with a report, if the name is no name or is borne by something else.
  bool declare(Kind kind, const std::string& name, std::int32_t index, const Location& at, const std::string& path,
               Diagnostics& problems);
  [[nodiscard]] std::optional<std::int32_t> find(Kind kind, const std::string& name) const;
  [[nodiscard]] const Entry* find(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> all(Kind kind) const;  // in order of declaration, for suggestions

  // Something that draws random numbers by its name.
  void draws(const std::string& what, const std::string& name, const Location& at, const std::string& path,
             Diagnostics& problems);

 private:
  struct Drawer {
    std::string what, name;
    Location at;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::vector<std::pair<Kind, std::string>> order_;
  std::unordered_map<std::uint32_t, Drawer> drawers_;  // by hash
};

// "a parameter", "an attribute", ...
[[nodiscard]] std::string_view describe(Names::Kind kind);

}  // namespace sojourn::model
