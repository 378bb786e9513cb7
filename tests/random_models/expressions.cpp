// Random expressions: of every operator and function, and finite where they should be.
#include <algorithm>
#include <cmath>

#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

Term term(Sort sort, std::string text, std::vector<Term> parts = {}, std::vector<std::string> names = {}) {
  return {sort, std::move(text), std::move(parts), std::move(names), {}};
}
Term number_of(std::string text, std::vector<Term> parts = {}, std::vector<std::string> names = {}) {
  return term(Sort::number, std::move(text), std::move(parts), std::move(names));
}
Term truth(std::string text, std::vector<Term> parts = {}, std::vector<std::string> names = {}) {
  return term(Sort::boolean, std::move(text), std::move(parts), std::move(names));
}

}  // namespace

double Making::grid_time() {
  return dice.chance(0.8) ? 0.5 * static_cast<double>(dice.from(1, 6)) : dice.between(0.1, 4);
}

Term Making::parameter(Term value) {
  if (!dice.chance(0.1)) return value;
  const auto plain = [](const Parameter& one) { return one.value.sort == Sort::number && one.value.parts.empty(); };
  std::string name = "p" + std::to_string(draft.parameters.size());
  const Sort sort = value.sort;
  const auto other = std::ranges::find_if(draft.parameters, plain);
  if (other != draft.parameters.end() && dice.chance(0.3)) {  // as another one says
    value = term(sort, "$ * (1 + 0.1 * logistic(" + other->name + "))", {value}, {other->name});
  }
  draft.parameters.push_back({name, std::move(value)});
  if (dice.chance(0.7)) return term(sort, name, {}, {name});
  return term(sort, dice.chance(0.5) ? "(1.2 * " + name + ")" : "(" + name + " / 1.5)", {}, {name});
}

Term Making::constant(double value) {
  return parameter(number_term(value));
}
Term Making::constant_time(double years) {
  if (dice.chance(0.1)) return parameter({Sort::time, number_to(years * 12, 3) + " months"});
  if (dice.chance(0.05)) return parameter({Sort::time, number_to(years * 365.25, 3) + " days"});
  return parameter(time_term(years));
}
Term Making::constant_rate(double per_year) {
  if (dice.chance(0.1)) return parameter({Sort::rate, number_to(per_year / 12, 3) + " per month"});
  return parameter(rate_term(per_year));
}

Term Making::number(View view, int depth) {
  if (depth <= 0 || dice.chance(0.15)) {
    const std::size_t which = dice.below(8);
    if (view.attributes && which < 4) {
      std::vector<std::string> known;
      for (const auto& one : draft.attributes) {
        if (one.sort == Sort::number && one.name != "calendar_year") known.push_back(one.name);
      }
      if (!known.empty()) {
        const std::string& name = dice.pick(known);
        return number_of(name, {}, {name});
      }
    }
    if (view.attributes && which == 4 && attribute("age") != nullptr) return number_of("(age / 50 years)", {}, {"age"});
    if (view.history && which == 5) {
      const std::string mark = dice.pick(marks());
      return number_of("count(" + mark + ")", {}, {mark});
    }
    if (view.time && which >= 6) {
      if (dice.chance(0.5)) return number_of("(now / 1 year)");
      return number_of("(min($, 5 years) / $)", {time(view, 0), time_term(1)});
    }
    return constant(dice.between(-2, 3));
  }
  const auto inner = [&] { return number(view, depth - 1); };
  switch (dice.below(19)) {
    case 0:
      return number_of("($ + $)", {inner(), inner()});
    case 1:
      return number_of("($ - $)", {inner(), inner()});
    case 2:
      return number_of("($ * $)", {inner(), inner()});
    case 3:
      return number_of("($ / (1 + abs($)))", {inner(), inner()});
    case 4:
      return number_of("(-$)", {inner()});
    case 5:
      return number_of("($ ^ 2)", {inner()});
    case 6:
      return number_of("pow(0.5 + abs($), $)", {inner(), number_term(dice.between(-1, 1.5))});
    case 7:
      return number_of("min($, $)", {inner(), inner()});
    case 8:
      return number_of("max($, $, $)", {inner(), inner(), number_term(dice.between(-1, 1))});
    case 9:
      return number_of("abs($)", {inner()});
    case 10:
      return number_of("exp(min($, 1.5))", {inner()});
    case 11:
      return number_of("log(1 + abs($))", {inner()});
    case 12:
      return number_of("sqrt(abs($))", {inner()});
    case 13:
      return number_of("floor($)", {inner()});
    case 14:
      return number_of("logistic($)", {inner()});
    case 15:
      return number_of("logit($)", {probability(view, 0.9)});
    case 16:
      return number_of("odds_scale($, $)", {probability(view, 0.9), ratio(view)});
    default:
      return number_of("($ ? $ : $)", {boolean(view, depth - 1), inner(), inner()});
  }
}

Term Making::boolean(View view, int depth) {
  if (depth > 0 && dice.chance(0.35)) {
    const auto inner = [&] { return boolean(view, depth - 1); };
    switch (dice.below(4)) {
      case 0:
        return truth("($ and $)", {inner(), inner()});
      case 1:
        return truth("($ or $)", {inner(), inner()});
      case 2:
        return truth("(not $)", {inner()});
      default:
        return truth("($ ? $ : $)", {inner(), inner(), inner()});
    }
  }
  if (view.history && dice.chance(0.4)) {
    const auto of_state = living();
    const auto known_tags = tags();
    if (dice.chance(0.4) && !known_tags.empty()) {
      const std::string& tag = dice.pick(known_tags);
      return truth("in(" + tag + ")", {}, {tag});
    }
    const bool in = dice.chance(0.4);
    const std::string mark = in ? dice.pick(of_state) : dice.pick(marks());
    return truth((in ? "in(" : "visited(") + mark + ")", {}, {mark});
  }
  if (view.time && dice.chance(0.4)) {
    return truth(dice.one_of<std::string>({"($ < $)", "($ >= $)"}), {time(view, depth), time_term(grid_time())});
  }
  std::vector<std::string> known, categories;
  for (const auto& one : draft.attributes) {
    if (one.sort == Sort::boolean) known.push_back(one.name);
    if (one.sort == Sort::category) categories.push_back(one.name);
  }
  if (view.attributes && !known.empty() && dice.chance(0.45)) {
    const std::string& name = dice.pick(known);
    return truth(name, {}, {name});
  }
  if (view.attributes && !categories.empty() && dice.chance(0.5)) {
    const std::string& name = dice.pick(categories);
    return truth(name + dice.one_of<std::string>({" == ", " != "}) + dice.pick(attribute(name)->levels), {}, {name});
  }
  const auto sign = dice.one_of<std::string>({" < ", " <= ", " > ", " >= ", " == ", " != "});
  return truth("($" + sign + "$)", {number(view, depth - 1), number(view, 0)});
}

Term Making::time(View view, int depth) {
  if (view.time && dice.chance(0.6)) {
    if (dice.chance(0.2) && attribute("age") != nullptr) return term(Sort::time, "(age + now)", {}, {"age"});
    if (dice.chance(0.3)) return term(Sort::time, "now");
    const std::string mark = dice.pick(marks());
    return term(Sort::time, "time_since(" + mark + ")", {}, {mark});
  }
  if (view.attributes) {
    std::vector<std::string> known;
    for (const auto& one : draft.attributes) {
      if (one.sort == Sort::time) known.push_back(one.name);
    }
    if (!known.empty() && dice.chance(0.8)) {
      const std::string& name = dice.pick(known);
      return term(Sort::time, name, {}, {name});
    }
  }
  if (depth > 0 && dice.chance(0.3)) {
    return term(Sort::time, dice.one_of<std::string>({"($ + $)", "min($, $)", "max($, $)"}),
                {time(view, depth - 1), time_term(grid_time())});
  }
  return time_term(grid_time());
}

Term Making::bounded(View view) {
  return number_of("max(-9, min(9, $))", {number(view)});
}

std::optional<Term> Making::any_number(View view) {
  for (const auto& one : draft.attributes) {
    const bool plain = one.sort == Sort::number && one.levels.empty() && one.name != "calendar_year";
    if (view.attributes && plain && dice.chance(0.5)) {
      return number_of("(min(4, " + one.name + ") + $)", {number_term(dice.between(-0.2, 0.5))}, {one.name});
    }
  }
  return std::nullopt;
}

Term Making::ratio(View view) {
  if (careless && dice.chance(0.25)) {
    if (const auto risky = any_number(view)) return *risky;
  }
  switch (dice.below(view.attributes ? 5 : 1)) {
    case 0:
      return constant(dice.between(0.3, 2.5));
    case 1:
      return number_of("exp(0.4 * max(-2, min(2, $)))", {number(view)});
    case 2:
      return number_of("(0.3 + min(2, abs($)))", {number(view)});
    default:
      return number_of("($ ? $ : $)", {boolean(view), constant(dice.between(0.2, 4)), constant(dice.between(0.4, 2))});
  }
}

Term Making::probability(View view, double most) {
  Term made = number_of("($ * logistic($))", {number_term(most), number(view)});
  const auto risky = careless && dice.chance(0.1) ? any_number(view) : std::nullopt;
  switch (dice.below(view.attributes ? 4 : 1)) {
    case 0:
      made = constant(dice.between(0.1, 0.8) * most);
      if (!made.names.empty()) made = number_of("min($, $)", {made, number_term(0.9 * most)});
      break;
    case 1:
      made = number_of("max(0.05, min($, $))", {number_term(0.9 * most), number(view)});
      break;
    case 2:
      made = number_of("($ ? $ : $)", {boolean(view), number_term(dice.between(0.1, 0.9) * most),
                                       number_term(dice.between(0, 0.5) * most)});
      break;
    default:
      break;
  }
  if (risky) made = *risky;
  made.simplest = "0.1";
  return made;
}

Term Making::one_of_names(const std::vector<std::string>& names, const std::vector<std::string>& mentioned, View view,
                          double constant) {
  const auto leaf = [&] {
    const std::size_t which = dice.below(names.size());
    Term made{Sort::category, names[which], {}, {}, names.front()};
    if (!mentioned.empty()) made.names = {mentioned[which]};
    return made;
  };
  if (names.size() < 2 || dice.chance(constant)) return leaf();
  return {Sort::category, "($ ? $ : $)", {boolean(view), leaf(), leaf()}, {}, names.front()};
}

Term Making::level(const Attribute& attribute, View view) {
  return one_of_names(attribute.levels, {}, view);
}

}  // namespace sojourn::engine::testing
