#include "expression/functions.hpp"

#include <algorithm>
#include <array>

namespace sojourn::expression {

namespace {

constexpr int any_level = 1 << 20;

constexpr std::array<Function, 11> list = {{
    {"min", 2, any_level, TimeRule::keep, Op::minimum},
    {"max", 2, any_level, TimeRule::keep, Op::maximum},
    {"abs", 1, 1, TimeRule::keep, Op::absolute},
    {"exp", 1, 1, TimeRule::plain, Op::exponential},
    {"log", 1, 1, TimeRule::plain, Op::logarithm},
    {"sqrt", 1, 1, TimeRule::half, Op::root},
    {"pow", 2, 2, TimeRule::power, Op::power},
    {"floor", 1, 1, TimeRule::plain, Op::floor},
    {"logistic", 1, 1, TimeRule::plain, Op::logistic},
    {"logit", 1, 1, TimeRule::plain, Op::logit},
    {"odds_scale", 2, 2, TimeRule::plain, Op::odds_scale},
}};

constexpr std::array<HistoryFunction, 4> history_list = {{
    {"in", Op::in_set},
    {"visited", Op::visited},
    {"count", Op::count},
    {"time_since", Op::time_since},
}};

template <class List>
auto* find(const List& from, std::string_view name) {
  const auto* found = std::find_if(from.begin(), from.end(), [&](const auto& each) { return each.name == name; });
  return found == from.end() ? nullptr : found;
}

}  // namespace

std::span<const Function> functions() {
  return list;
}
const Function* find_function(std::string_view name) {
  return find(list, name);
}
std::span<const HistoryFunction> history_functions() {
  return history_list;
}
const HistoryFunction* find_history_function(std::string_view name) {
  return find(history_list, name);
}

}  // namespace sojourn::expression
