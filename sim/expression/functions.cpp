#include "expression/functions.hpp"

#include <algorithm>
#include <array>

namespace sojourn::expression {

namespace {

constexpr int any_level = 1 << 20;

constexpr std::array<Function, 11> list = {{
    {"min", 2, any_level, TimeRule::keep, Op::minimum, "the smallest"},
    {"max", 2, any_level, TimeRule::keep, Op::maximum, "the largest"},
    {"abs", 1, 1, TimeRule::keep, Op::absolute, "without its sign"},
    {"exp", 1, 1, TimeRule::plain, Op::exponential, "e to the power of x"},
    {"log", 1, 1, TimeRule::plain, Op::logarithm, "natural logarithm"},
    {"sqrt", 1, 1, TimeRule::half, Op::root, "square root"},
    {"pow", 2, 2, TimeRule::power, Op::power, "x to the power of y, as `x ^ y`"},
    {"floor", 1, 1, TimeRule::plain, Op::floor, "the largest whole number that is not above x"},
    {"logistic", 1, 1, TimeRule::plain, Op::logistic, "1 / (1 + exp(-x))"},
    {"logit", 1, 1, TimeRule::plain, Op::logit, "log(p / (1 - p))"},
    {"odds_scale", 2, 2, TimeRule::plain, Op::odds_scale,
     "odds_scale(p, r): the probability whose odds are r times those of p"},
}};

constexpr std::array<HistoryFunction, 4> history_list = {{
    {"in", Op::in_set, "the patient is in this state, or in a state with this tag"},
    {"visited", Op::visited, "the state has been entered, or the event has happened, now or before"},
    {"count", Op::count, "how often"},
    {"time_since", Op::time_since,
     "time since the latest entry into the state or the latest such event; before it, infinite"},
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
