#include "cases.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

#include "distributions/compile.hpp"
#include "distributions/tables.hpp"

namespace sojourn::test {

namespace {

using namespace distributions;
using Points = std::vector<std::vector<double>>;

const std::map<std::string, Points>& chosen_points() {
  static const std::map<std::string, Points> points = {
      {"exponential", {{0.3}, {1e-4}, {250}}},
      {"weibull", {{1.1, 6}, {0.5, 2}, {5, 10}, {0.08, 30}, {40, 0.5}, {1, 3}}},
      {"weibull_ph", {{0.7, 0.4}, {1.2, 0.1}, {3, 1e-5}}},
      {"gompertz",
       {{0.05, 0.02}, {0.5, 0.001}, {-0.2, 0.3}, {1e-8, 0.3}, {0, 0.7}, {-3, 50}, {1e-300, 1}, {0.1, 3e-5}}},
      {"lognormal", {{0.5, 1}, {-2, 0.3}, {1, 3}, {-0.3, 0.02}, {4, 12}}},
      {"loglogistic", {{0.8, 2}, {1.5, 4}, {6, 0.3}, {0.1, 1}}},
      {"gamma", {{2, 0.5}, {0.4, 0.1}, {1, 3}, {30, 4}, {0.02, 1}, {1000, 200}}},
      {"generalized_gamma",
       {{1, 0.8, 0.5},
        {1, 0.8, -0.5},
        {1, 0.8, 0},
        {0.2, 1.3, 2},
        {0.5, 0.4, -3},
        {-1, 2, 1},
        {0, 1, 0.05},
        {1, 0.7, -0.05},
        {0.3, 1.5, 0.01},
        {0.3, 1.5, -0.015},
        {0, 0.5, 6},
        {0, 3, -6}}},
      {"generalized_f",
       {{1, 0.7, 0.3, 0.4},
        {1, 0.7, -0.6, 0.2},
        {0, 1, 0, 1},
        {0.2, 1.3, 2, 0.05},
        {0.2, 0.5, -2, 0.05},
        {-1, 0.4, 0.1, 0.03},
        {0, 1, 0.7, 5},
        {1, 0.8, -0.5, 0}}},
      {"fixed", {{2.5}, {0}}},
      {"uniform", {{0, 3}, {2, 2.5}}},
      {"never", {{}}}};
  return points;
}

struct TablePoint {
  std::vector<double> breaks, rates;
};
const std::vector<TablePoint> table_points = {{{0, 1}, {2, 1}},
                                              {{0}, {0.4}},
                                              {{0, 2, 5, 8}, {0.1, 0.3, 0.05, 0.2}},
                                              {{0, 0.5, 1, 4, 9}, {0, 1e6, 0, 1e-3, 7}},
                                              {{0, 1, 3}, {0.2, 1, 0}}};

Points points_from_bounds(const FamilyInfo& info) {
  Points points;
  for (const double size : {0.3, 0.8, 1.7}) {
    std::vector<double> values;
    for (const ParameterInfo& parameter : info.forms[0].parameters) {
      values.push_back(parameter.bound == Bound::probability ? 0.4 * size
                                                             : size + 0.1 * static_cast<double>(values.size()));
    }
    points.push_back(values);
  }
  return points;
}

Case named(const std::string& family, const std::vector<double>& values) {
  const auto made = lower(find_family(family).value(), 0, values);
  if (const auto* problem = std::get_if<LowerProblem>(&made)) throw std::runtime_error(family + problem->problem);
  Case one;
  one.family = family;
  one.values = values;
  one.law = std::get<Law>(made);
  return one;
}

Case given(const std::string& family, std::vector<double> values, std::vector<double> storage, const Law& law) {
  Case one;
  one.family = family;
  one.values = std::move(values);
  one.storage = std::move(storage);
  one.law = law;
  return one;
}

struct SplinePoint {
  std::vector<double> gamma, knots;
  SplineScale scale;
  SplineTime time;
};
const std::vector<SplinePoint> spline_points = {
    {{-3.8, 2.6, 0.3, -0.25}, {-2.5, 0.4, 1.1, 2.0}, SplineScale::hazard, SplineTime::log},
    {{-3.6, 2.8, 0.2, -0.1}, {-2.5, 0.4, 1.1, 2.0}, SplineScale::odds, SplineTime::log},
    {{-2, 1.4, 0.06, -0.05}, {-2.5, 0.4, 1.1, 2.0}, SplineScale::normal, SplineTime::log},
    {{-1, 1.3}, {-1, 2}, SplineScale::hazard, SplineTime::log},
    {{-12, 4, -0.1}, {0.2, 2, 5}, SplineScale::hazard, SplineTime::identity}};

// What the values are: of a spline its scale and time, of a curve the hazard after its end, weights, or min and max.
std::vector<Case> rate_cases(const std::string& name) {
  std::vector<Case> cases;
  for (const TablePoint& point : table_points) {
    cases.push_back(given(name, {}, piecewise_table(point.breaks, point.rates), {}));
    cases.back().breaks = point.breaks;
    cases.back().rates = point.rates;
    cases.back().law.family = find_family(name).value();
  }
  return cases;
}

std::vector<Case> spline_cases(const std::string& name) {
  std::vector<Case> cases;
  for (const SplinePoint& p : spline_points) {
    cases.push_back(given(name, {static_cast<double>(p.scale), static_cast<double>(p.time)},
                          std::get<std::vector<double>>(spline_table(p.gamma, p.knots, p.time, 1)),
                          spline_law({}, p.scale, p.time)));
    cases.back().breaks = p.knots;
    cases.back().rates = p.gamma;
  }
  return cases;
}

std::vector<Case> curve_cases(const std::string& name) {
  std::vector<Case> cases;
  const std::vector<double> times = {0, 0.25, 0.5, 2, 3}, survival = {1, 0.9, 0.9, 0.4, 0.05};
  for (const double tail : {0.0, 0.7}) {
    cases.push_back(given(name, {tail}, step_table(times, survival), tabulated_law({}, tail)));
  }
  return cases;
}

std::vector<Case> mixture_cases(const std::string& name) {
  std::vector<Case> cases;
  const auto add = [&](std::vector<double> weights, std::vector<Case> classes) {
    cases.push_back(given(name, weights, std::get<std::vector<double>>(mixture_table(weights)), mixture_law({}, {})));
    cases.back().classes = std::move(classes);
  };
  add({0.3, 0.7}, {named("weibull", {1.2, 0.5}), named("weibull", {0.8, 9})});
  add({1, 2, 1}, {named("exponential", {40}), named("lognormal", {0.3, 0.6}), named("gompertz", {-0.5, 0.2})});
  add({1}, {named("gamma", {2, 0.5})});
  return cases;
}

std::vector<Case> truncated_cases(const std::string& name) {
  std::vector<Case> cases;
  const auto add = [&](double low, double high, const Case& whole) {
    cases.push_back(given(name, {low, high}, {}, std::get<Law>(truncated_law(std::span(&whole.law, 1), low, high))));
    cases.back().classes = {whole};
  };
  add(1, 4, named("weibull", {1.2, 3}));
  add(0, 2.5, named("lognormal", {0.3, 0.6}));
  add(2, INFINITY, named("gompertz", {-0.2, 0.3}));
  add(0.5, 0.6, named("exponential", {2}));
  return cases;
}

std::vector<Case> cases_of(const FamilyInfo& info) {
  const std::string name(info.name);
  if (info.given_by == GivenBy::spline) return spline_cases(name);
  if (info.given_by == GivenBy::curve) return curve_cases(name);
  if (info.given_by == GivenBy::mixture) return mixture_cases(name);
  if (info.given_by == GivenBy::truncation) return truncated_cases(name);
  if (info.given_by != GivenBy::parameters) return rate_cases(name);
  std::vector<Case> cases;
  const auto found = chosen_points().find(name);
  for (const auto& values : found == chosen_points().end() ? points_from_bounds(info) : found->second) {
    cases.push_back(named(name, values));
  }
  return cases;
}

std::vector<Case> make_cases() {
  std::vector<Case> cases;
  for (const FamilyInfo& info : families()) {
    for (Case& one : cases_of(info)) {
      for (const Case& part : one.classes) one.parts.push_back(part.law);
      cases.push_back(std::move(one));
    }
  }
  return cases;
}

}  // namespace

std::string Case::label() const {
  std::string text = (compiled ? "compiled " : "") + family + "(";
  for (const double v : values.empty() ? rates : values) text += std::to_string(v) + " ";
  return text + ")";
}

std::optional<Case> compiled_case(const Case& exact) {
  const auto made = distributions::compiled(exact.law);
  if (!made) return std::nullopt;
  Case one = exact;
  one.compiled = true;
  one.law = made->law;
  one.storage = made->table;
  one.parts = {exact.law};
  return one;
}

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = [] {
    static std::vector<Case> exact = make_cases(), made;  // laws look at their storage
    const auto look_at_storage = [](std::vector<Case>& all) {
      for (Case& one : all) {
        one.law.table = one.storage;
        one.law.parts = one.parts;
      }
    };
    look_at_storage(exact);
    made = exact;
    for (const Case& one : exact) {
      if (const auto tables = compiled_case(one)) made.push_back(*tables);
    }
    look_at_storage(made);
    return made;
  }();
  return cases;
}

}  // namespace sojourn::test
