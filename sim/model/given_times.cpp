#include "model/given_times.hpp"

#include <algorithm>

#include "base/units.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Node;
using distributions::LowerProblem;
using distributions::SplineScale;
using distributions::SplineTime;

// A list of expressions of one type; empty after a report.
std::vector<Expression> expressions(Reading& reading, const Item& list, const Type& type) {
  std::vector<Expression> made;
  for (const Item& one : reading.source.children(list)) {
    const auto value = reading.expression(one, type, parameters_only);
    if (!value) return {};
    made.push_back(*value);
  }
  return made;
}

// The values of a list; nothing where one is not known.
std::optional<std::vector<double>> values_of(const Reading& reading, const std::vector<Expression>& list,
                                             const Values& values) {
  std::vector<double> numbers;
  for (const Expression& one : list) {
    const auto value = reading.value(one, values);
    if (!value) return std::nullopt;
    numbers.push_back(*value);
  }
  return numbers;
}

std::vector<const Expression*> pointers(const std::vector<Expression>& a, const std::vector<Expression>& b = {}) {
  std::vector<const Expression*> all;
  for (const Expression& one : a) all.push_back(&one);
  for (const Expression& one : b) all.push_back(&one);
  return all;
}

void report(const Reading& reading, const std::vector<Item>& items, const LowerProblem& problem, const Values& values) {
  const auto which = std::min(static_cast<std::size_t>(problem.parameter), items.size() - 1);
  std::string why = problem.why;
  if (!values.under.empty()) why += (why.empty() ? "" : ", ") + values.under;
  reading.source.add(items[which], problem.problem, why);
}

// One of some words, or the first where there is no item.
std::optional<std::size_t> word(Reading& reading, const Item& item, std::span<const std::string_view> words,
                                const char* what) {
  if (!item) return 0;
  const auto text = reading.source.text(item);
  if (!text) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  reading.source.add(item, quoted(*text) + " is no " + what, "", config::alternatives(words));
  return std::nullopt;
}

// [years]
std::optional<double> unit_of(Reading& reading, const Item& item) {
  const auto text = reading.source.text(item);
  const auto found = text ? time_unit(*text) : std::nullopt;
  if (text && !found) {
    reading.source.add(item, quoted(*text) + " is not a unit of time", "", "days, weeks, months or years");
  }
  return found ? std::optional(years_from(1, *found)) : std::nullopt;
}

void spline_rule(Reading& reading, const std::vector<Item>& knots, const Distribution& made) {
  reading.rule(pointers(made.breaks, made.rates), [&reading, knots, made](const Values& values) {
    const auto places = values_of(reading, made.breaks, values), gamma = values_of(reading, made.rates, values);
    if (!places || !gamma) return;
    const auto table = distributions::spline_table(*gamma, *places, made.spline->time, made.spline->unit);
    if (const auto* problem = std::get_if<LowerProblem>(&table)) report(reading, knots, *problem, values);
  });
}

void curve_rule(Reading& reading, const std::vector<Item>& survivals, const Distribution& made) {
  reading.rule(pointers(made.breaks, made.rates), [&reading, survivals, made](const Values& values) {
    const auto times = values_of(reading, made.breaks, values), survival = values_of(reading, made.rates, values);
    if (!times || !survival) return;
    if (const auto problem = distributions::curve_problem(*times, *survival)) {
      report(reading, survivals, *problem, values);
    } else if (made.curve->joined && survival->back() == 0) {
      reading.report(survivals.back(), values, "a curve that falls to 0 cannot be interpolated by hazards",
                     "leave the last point out, or write `interpolate: none`");
    }
  });
}

// The points of a curve, written out or in a file.
bool points(Reading& reading, const Fields& fields, Distribution& made) {
  const Item& file = fields["file"];
  if (fields.has("file") == (fields.has("times") || fields.has("survival"))) {
    reading.source.add_at_key(fields.item(), "a tabulated curve needs its points once", "",
                              "write `times` and `survival`, or `file` and `unit`");
    return false;
  }
  if (fields.has("file")) {
    if (!fields.has("unit")) {
      reading.source.add_at_key(fields.item(), "`unit` is missing beside `file`", "the times in a file are numbers",
                                "write e.g. `unit: months`");
      return false;
    }
    const auto unit = unit_of(reading, fields["unit"]);
    auto table = unit && file ? read_curve_file(reading, file, *unit) : std::nullopt;
    if (!table) return false;
    if (made.curve->joined && table->rates.back() == 0) {
      reading.source.add(file, "the curve in the file falls to 0 and cannot be interpolated by hazards", "",
                         "leave its last point out, or write `interpolate: none`");
    }
    made.tables.push_back(std::move(*table));
    return true;
  }
  if (fields.has("unit"))
    reading.source.add_at_key(fields["unit"], "`unit` belongs to a file", "times have theirs", "");
  const auto times = reading.source.children(fields["times"]), survivals = reading.source.children(fields["survival"]);
  if (times.size() != survivals.size() || times.empty()) {
    reading.source.add_at_key(fields.item(), "a curve needs as many times as survivals",
                              counted(times.size(), "time") + ", " + counted(survivals.size(), "survival"), "");
    return false;
  }
  made.breaks = expressions(reading, fields["times"], Type::number(1));
  made.rates = expressions(reading, fields["survival"], Type::number());
  if (made.breaks.empty() || made.rates.empty()) return false;
  curve_rule(reading, survivals, made);
  return true;
}

bool beyond(Reading& reading, const Item& item, Distribution& made, const ReadPart& read_part) {
  if (!item) return false;
  if (item.is(Node::Kind::mapping)) {
    auto tail = read_part(item, {});
    if (!tail) return false;
    if (distributions::families()[tail->family].name != "exponential" || tail->cure) {
      reading.source.add(item, "the tail of a curve is exponential", "its hazard is constant", "");
      return false;
    }
    made.parts.push_back(std::move(*tail));
    made.curve->beyond = Curve::Beyond::exponential;
    return true;
  }
  const auto which = word(reading, item, shapes::curve_tails, "way to go on past the last time");
  if (which == 1) made.curve->beyond = Curve::Beyond::hold_hazard;
  return which.has_value();
}

// Atoms have no place in a mixture or a truncation.
bool without_steps(Reading& reading, const Item& item, const Distribution& part) {
  if (!part.curve || part.curve->joined) return true;
  reading.source.add(item, "a curve with steps cannot be part of another family", "its steps are atoms",
                     "write `interpolate: hazard`");
  return false;
}

Item child(Reading& reading, const Item& item, const std::string& key) {
  for (const Item& one : reading.source.children(item)) {
    if (one.key() == key) return one;
  }
  return {};
}

}  // namespace

std::optional<Distribution> read_spline(Reading& reading, const Item& item, Distribution made) {
  const Fields fields(reading.source, item, shapes::royston_parmar);
  const auto scale = word(reading, fields["scale"], shapes::spline_scales, "scale of a spline");
  const auto time = word(reading, fields["timescale"], shapes::spline_times, "scale of time");
  const auto unit = unit_of(reading, fields["unit"]);
  const auto knots = reading.source.children(fields["knots"]), gamma = reading.source.children(fields["gamma"]);
  if (!scale || !time || !unit || !fields["knots"] || !fields["gamma"]) return std::nullopt;
  if (knots.size() != gamma.size() || knots.size() < 2) {
    reading.source.add_at_key(item, "a spline needs as many gammas as knots, at least two",
                              counted(gamma.size(), "gamma") + ", " + counted(knots.size(), "knot"),
                              "the outer knots belong to them, as in flexsurv's fit$knots");
    return std::nullopt;
  }
  made.spline = Spline{static_cast<SplineScale>(*scale), static_cast<SplineTime>(*time), *unit};
  made.breaks = expressions(reading, fields["knots"], Type::number());
  made.rates = expressions(reading, fields["gamma"], Type::number());
  if (made.breaks.empty() || made.rates.empty()) return std::nullopt;
  spline_rule(reading, knots, made);
  return made;
}

std::optional<Distribution> read_curve(Reading& reading, const Item& item, Distribution made,
                                       const ReadPart& read_part) {
  const Fields fields(reading.source, item, shapes::tabulated);
  if (!fields.ok()) return std::nullopt;
  made.curve = Curve{};
  const auto way = word(reading, fields["interpolate"], shapes::interpolations, "way to interpolate");
  made.curve->joined = way == 1;
  const bool tail = beyond(reading, fields["beyond"], made, read_part);
  const bool good = points(reading, fields, made);
  return way && tail && good ? std::optional(std::move(made)) : std::nullopt;
}

std::optional<Distribution> read_mixture(Reading& reading, const Item& item, Distribution made,
                                         const ReadPart& read_part) {
  const auto classes = reading.source.children(item);
  if (!item.is(Node::Kind::sequence) || classes.empty() || classes.size() > 100) {
    if (item) {
      reading.source.add(item, "a mixture is a list of 1 to 100 classes", "",
                         "write [{weight: 0.3, weibull: {...}}, {weight: 0.7, lognormal: {...}}]");
    }
    return std::nullopt;
  }
  bool good = true;
  for (const Item& one : classes) {
    auto part = read_part(one, {"weight"});
    const Item weight = child(reading, one, "weight");
    if (!weight && one.is(Node::Kind::mapping)) {
      reading.source.add(one, "`weight` is missing in a class of a mixture", "", "any positive number");
    }
    const auto value = reading.expression(weight, Type::number(), parameters_only);
    if (value) reading.require(*value, weight, is_positive, "more than 0");
    good = good && part && value && without_steps(reading, one, *part);
    if (!good) continue;
    made.parts.push_back(std::move(*part));
    made.values.push_back(*value);
  }
  return good ? std::optional(std::move(made)) : std::nullopt;
}

std::optional<Distribution> read_truncated(Reading& reading, const Item& item, Distribution made,
                                           const ReadPart& read_part) {
  auto part = read_part(item, {"min", "max"});
  const Item low = child(reading, item, "min"), high = child(reading, item, "max");
  if (item.is(Node::Kind::mapping) && !low && !high) {
    reading.source.add_at_key(item, "a truncated family needs `min`, `max` or both", "", "");
    return std::nullopt;
  }
  const auto min = low ? reading.expression(low, Type::number(1), parameters_only) : Expression();
  const auto max = high ? reading.expression(high, Type::number(1), parameters_only) : Expression();
  if (!part || !min || !max || !without_steps(reading, item, *part)) return std::nullopt;
  made.values = {*min, *max};
  if (*min) reading.require(*min, low, is_not_negative, "0 or more [years]");
  if (*max) {
    reading.rule(pointers(*min ? made.values : std::vector{*max}), [&reading, high, made](const Values& values) {
      const auto from = made.values[0] ? reading.value(made.values[0], values) : std::optional(0.0);
      const auto to = reading.value(made.values[1], values);
      if (from && to && !(*to > *from)) reading.report(high, values, "nothing lies between `min` and `max`");
    });
  }
  made.parts.push_back(std::move(*part));
  return made;
}

}  // namespace sojourn::model
