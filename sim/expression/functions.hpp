// The functions of the language: name, number of arguments, what they ask of the power of time, and the operation.
// A new function is a line in the list, an Op and its line in evaluate.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "expression/operation.hpp"

namespace sojourn::expression {

// What happens to the power of time p: plain: arguments must be plain numbers; keep: any p stays (min and max: equal
// ones); half: p must be even and is halved; power: see the checker.
enum class TimeRule : std::uint8_t { plain, keep, half, power };

struct Function {
  std::string_view name;
  int fewest, most;  // arguments
  TimeRule rule;
  Op op;
  std::string_view meaning;
};

[[nodiscard]] std::span<const Function> functions();
[[nodiscard]] const Function* find_function(std::string_view name);

// Functions of the patient's history; their argument is the name of a state, a tag (`in` only) or an event (not `in`).
struct HistoryFunction {
  std::string_view name;
  Op op;  // in_set, visited, count, time_since
  std::string_view meaning;
};
[[nodiscard]] std::span<const HistoryFunction> history_functions();
[[nodiscard]] const HistoryFunction* find_history_function(std::string_view name);

}  // namespace sojourn::expression
