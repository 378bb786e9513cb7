// What a family is: a struct with its FamilyInfo and static functions, written once as templates over the lane type.
//   static constexpr FamilyInfo info;
//   static Lowered lower(int form, std::span<const double> v);            values already inside their bounds
//   static L cumulative_hazard(const Law&, L s), hazard(law, s), between(law, s0, s1), time_from_zero(law, e),
//          time_from(law, s0, e)                                          0 <= s0 <= s1, e >= 0, none NaN
//   static constexpr bool compiled = true;            no cheap inverse: lowering makes tables of it (compiled.hpp)
//   static HazardPair<double> hazards(law, s)         H and h, where together they cost less
//   static Landmarks landmarks(law)                   where H is not smooth (landmarks.hpp), but from 0 on
#pragma once

#include "base/elementary.hpp"
#include "distributions/law.hpp"

namespace sojourn::distributions {

using Lowered = std::variant<Law, LowerProblem>;

template <class F>
concept Family = requires(const Law& law, double s, std::span<const double> v) {
  { F::info } -> std::convertible_to<const FamilyInfo&>;
  { F::lower(0, v) } -> std::same_as<Lowered>;
  { F::cumulative_hazard(law, s) } -> std::same_as<double>;
  { F::hazard(law, s) } -> std::same_as<double>;
  { F::between(law, s, s) } -> std::same_as<double>;
  { F::time_from_zero(law, s) } -> std::same_as<double>;
  { F::time_from(law, s, s) } -> std::same_as<double>;
};

// The formulas of a law of any family, for laws made of others; defined in families.hpp.
namespace part {
template <Lane L>
[[nodiscard]] L cumulative_hazard(const Law& law, const L& s);
template <Lane L>
[[nodiscard]] L hazard(const Law& law, const L& s);
template <Lane L>
[[nodiscard]] L between(const Law& law, const L& s0, const L& s1);
template <Lane L>
[[nodiscard]] L time_from(const Law& law, const L& s0, const L& e);
}  // namespace part

// What lower() replaces by the family's own index; a special case may be lowered to another family's law.
inline constexpr FamilyIndex own_family = 255;

// A law of constants c; the family index is filled in by lower().
template <class... C>
[[nodiscard]] inline Law law_of(C... c) {
  Law law;
  law.family = own_family;
  law.c = {c...};
  return law;
}

namespace parameter {
inline constexpr ParameterInfo rate{"rate", Dimension::rate, Bound::non_negative, "events per time at risk"};
inline constexpr ParameterInfo mean{"mean", Dimension::time, Bound::positive, "mean time"};
inline constexpr ParameterInfo median{"median", Dimension::time, Bound::positive, "time by which half have the event"};
inline constexpr ParameterInfo shape{"shape", Dimension::number, Bound::positive, "shape"};
}  // namespace parameter

// (e^x - 1) / x, 1 at x = 0
template <Lane L>
[[nodiscard]] inline L expm1_over(const L& x) {
  return select(x == 0.0, L(1.0), expm1(x) / select(x == 0.0, L(1.0), x));
}

// log(1 + x) / x, 1 at x = 0
template <Lane L>
[[nodiscard]] inline L log1p_over(const L& x) {
  return select(x == 0.0, L(1.0), log1p(x) / select(x == 0.0, L(1.0), x));
}

}  // namespace sojourn::distributions
