#include "cases.hpp"

#include <map>
#include <stdexcept>

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
        {0, 0.5, 9},
        {0, 3, -9}}},
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

std::vector<Case> make_cases() {
  std::vector<Case> cases;
  for (const FamilyInfo& info : families()) {
    const auto index = find_family(info.name).value();
    const std::string name(info.name);
    if (info.takes_table) {
      for (const TablePoint& point : table_points) {
        Case one{name, {}, point.breaks, point.rates, piecewise_table(point.breaks, point.rates), {}};
        one.law.family = index;
        cases.push_back(std::move(one));
      }
      continue;
    }
    const auto found = chosen_points().find(name);
    for (const auto& values : found == chosen_points().end() ? points_from_bounds(info) : found->second) {
      const auto made = lower(index, 0, values);
      if (const auto* problem = std::get_if<LowerProblem>(&made))
        throw std::runtime_error(name + ": " + problem->problem);
      cases.push_back({name, values, {}, {}, {}, std::get<Law>(made)});
    }
  }
  for (Case& one : cases) one.law.table = one.storage;
  return cases;
}

}  // namespace

std::string Case::label() const {
  std::string text = family + "(";
  for (const double v : values.empty() ? rates : values) text += std::to_string(v) + " ";
  return text + ")";
}

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = make_cases();
  return cases;
}

}  // namespace sojourn::test
