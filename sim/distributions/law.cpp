#include "distributions/law.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

constexpr auto lowerings = for_each_family([]<class F>(FamilyTag<F>) { return &F::lower; });
constexpr auto infos = for_each_family([]<class F>(FamilyTag<F>) { return F::info; });
constexpr auto atoms = for_each_family([]<class F>(FamilyTag<F>) { return std::same_as<F, Fixed>; });
constexpr auto stepped = for_each_family([]<class F>(FamilyTag<F>) { return std::same_as<F, Tabulated>; });

std::string_view bound_problem(Bound bound, double value) {
  if (!std::isfinite(value)) return "is not a finite number";
  if (bound == Bound::positive && !(value > 0)) return "must be greater than 0";
  if (bound == Bound::non_negative && !(value >= 0)) return "must not be negative";
  if (bound == Bound::probability && !(value >= 0 && value <= 1)) return "must lie between 0 and 1";
  return {};
}

}  // namespace

constexpr const Formulas* const formulas = formulas_on<double>.data();

std::span<const FamilyInfo> families() {
  return std::span(infos).first(family_count);
}

std::optional<FamilyIndex> find_family(std::string_view name) {
  const auto found = std::ranges::find(families(), name, &FamilyInfo::name);
  if (found == families().end()) return std::nullopt;
  return static_cast<FamilyIndex>(found - families().begin());
}

std::variant<Law, LowerProblem> lower(FamilyIndex family, int form, std::span<const double> values) {
  const FamilyInfo& info = infos.at(family);
  if (info.given_by == GivenBy::parameters) {
    const auto parameters = info.forms[static_cast<std::size_t>(form)].parameters;
    if (parameters.size() != values.size()) return LowerProblem{0, "wrong number of parameters", ""};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string_view problem = bound_problem(parameters[i].bound, values[i]);
      if (!problem.empty()) {
        return LowerProblem{static_cast<int>(i), std::string(parameters[i].name) + " " + std::string(problem),
                            std::string(parameters[i].meaning)};
      }
    }
  }
  Lowered made = lowerings[family](form, values);
  if (Law* law = std::get_if<Law>(&made)) {
    if (law->family == own_family) law->family = family;
    if (!std::ranges::all_of(law->c, [](double c) { return std::isfinite(c); })) {
      return LowerProblem{0, "the values are too large or too small together", "a constant made of them overflows"};
    }
  }
  return made;
}

bool is_atom(const Law& law) {
  return atoms[law.family];
}

bool has_steps(const Law& law) {
  return stepped[law.family];
}

double next_step(const Law& law, double s) {
  return has_steps(law) ? Tabulated::next_step(law, s) : infinity;
}

}  // namespace sojourn::distributions
