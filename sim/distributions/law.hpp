// Distributions of time to event, in cumulative-hazard space. A family is what a user names (weibull, gompertz, ...),
// with one or more forms of its parameters; a Law is a family lowered to constants, which is what is evaluated.
// Times in years, hazards per year. For T = time_of(law, t0, E), away from atoms:
//   |H(T) - H(t0) - E| <= 1e-12 E + 2 h(T) ulp(T).
// The list of families is in families.hpp; formulas, units and sources stand in one header each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sojourn::distributions {

enum class Dimension : std::uint8_t { number, time, rate };  // time [years], rate [1/years]
enum class Bound : std::uint8_t { any, positive, non_negative, probability };

struct ParameterInfo {
  std::string_view name;
  Dimension dimension;
  Bound bound;
  std::string_view meaning;
};

// One way to give a family's parameters, e.g. {median, sdlog}.
struct ParameterForm {
  std::span<const ParameterInfo> parameters;
};

// What a family is made from. All but `parameters` come with storage that the caller owns (tables.hpp).
// lowering: of other laws or tables, with no name in models
enum class GivenBy : std::uint8_t { parameters, rates, life_table, spline, curve, mixture, truncation, lowering };

struct FamilyInfo {
  std::string_view name;
  std::string_view formula;
  std::string_view source;
  std::span<const ParameterForm> forms;  // the first is flexsurv's
  GivenBy given_by = GivenBy::parameters;
  bool scales = true;       // false: a hazard ratio on it is an error
  bool odds_ratio = false;  // an odds ratio on it keeps the family
};

using FamilyIndex = std::uint8_t;  // position in families(), or after them: made by lowering only

[[nodiscard]] std::span<const FamilyInfo> families();
[[nodiscard]] std::optional<FamilyIndex> find_family(std::string_view name);

struct Law {
  FamilyIndex family = 0;
  std::array<double, 6> c{};      // made by the family's lower()
  std::span<const double> table;  // storage owned by the caller, see tables.hpp
  std::span<const Law> parts;     // of a mixture or a truncation; owned by the caller
};

struct LowerProblem {
  int parameter = 0;  // position in the form
  std::string problem;
  std::string why;
};

// `values` are the parameters of form `form`, in years. A value that cannot be used comes back as a LowerProblem.
[[nodiscard]] std::variant<Law, LowerProblem> lower(FamilyIndex family, int form, std::span<const double> values);

// A family's formulas; the table of all families stands in law.cpp.
template <class L>
struct FormulasOn {
  using One = L (*)(const Law&, const L&);
  using Two = L (*)(const Law&, const L&, const L&);
  One cumulative_hazard, hazard;
  Two between;
  One time_from_zero;
  Two time_from;
};
using Formulas = FormulasOn<double>;
extern const Formulas* const formulas;  // by FamilyIndex

// s, s0 <= s1: time on the component's own clock, >= 0 [years]
// H(s), H(0) = 0, may be +inf
[[nodiscard]] inline double cumulative_hazard(const Law& law, double s) {
  return formulas[law.family].cumulative_hazard(law, s);
}
// dH/ds away from atoms
[[nodiscard]] inline double hazard(const Law& law, double s) {
  return formulas[law.family].hazard(law, s);
}
// H(s1) - H(s0), with relative accuracy also when they are close together or H is large
[[nodiscard]] inline double cumulative_hazard_between(const Law& law, double s0, double s1) {
  return formulas[law.family].between(law, s0, s1);
}
// The smallest s >= 0 with H(s) >= e, or s >= s0 with H(s) - H(s0) >= e; +inf if there is none (a defective law).
[[nodiscard]] inline double time_of(const Law& law, double e) {
  return formulas[law.family].time_from_zero(law, e);
}
[[nodiscard]] inline double time_of(const Law& law, double s0, double e) {
  return formulas[law.family].time_from(law, s0, e);
}
// The law is a single atom (`fixed`): H jumps from 0 to +inf.
[[nodiscard]] bool is_atom(const Law& law);
// H rises in steps (a tabulated curve): times at or within step_tolerance before a step count as past it.
[[nodiscard]] bool has_steps(const Law& law);
// The first step after s; +inf if there is none.
[[nodiscard]] double next_step(const Law& law, double s);

}  // namespace sojourn::distributions
