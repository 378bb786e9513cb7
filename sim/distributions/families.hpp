// The one list of families. To add a distribution: write its header after the pattern of family.hpp, include it here
// and name it in the list; the model language, the engine and the property tests go by this list.
#pragma once

#include <algorithm>
#include <tuple>
#include <utility>

#include "distributions/compiled.hpp"
#include "distributions/exponential.hpp"
#include "distributions/fixed.hpp"
#include "distributions/gamma.hpp"
#include "distributions/generalized_f.hpp"
#include "distributions/generalized_gamma.hpp"
#include "distributions/gompertz.hpp"
#include "distributions/lexis.hpp"
#include "distributions/loglogistic.hpp"
#include "distributions/lognormal.hpp"
#include "distributions/mixture.hpp"
#include "distributions/never.hpp"
#include "distributions/piecewise_exponential.hpp"
#include "distributions/royston_parmar.hpp"
#include "distributions/tabulated.hpp"
#include "distributions/truncated.hpp"
#include "distributions/uniform.hpp"
#include "distributions/weibull.hpp"

namespace sojourn::distributions {

using FamilyList =
    std::tuple<Exponential, Weibull, WeibullPh, Gompertz, Lognormal, LogLogistic, Gamma, GeneralizedGamma, GeneralizedF,
               RoystonParmar, PiecewiseExponential, LifeTable, Tabulated, Fixed, Uniform, Never, Mixture, Truncated>;

inline constexpr std::size_t family_count = std::tuple_size_v<FamilyList>;

// With those that lowering alone makes, which have no name in the language, after the others.
using LoweredFamilies = decltype(std::tuple_cat(FamilyList{}, std::tuple<Lexis, Compiled>{}));
inline constexpr std::size_t lowered_family_count = std::tuple_size_v<LoweredFamilies>;

// What `make(tag)` gives for each lowered family in list order, as an array; tag.type is the family.
template <class F>
struct FamilyTag {
  using type = F;
};
template <class Make>
[[nodiscard]] constexpr auto for_each_family(Make make) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_assert((Family<std::tuple_element_t<I, LoweredFamilies>> && ...));
    return std::array{make(FamilyTag<std::tuple_element_t<I, LoweredFamilies>>{})...};
  }
  (std::make_index_sequence<lowered_family_count>{});
}

template <class F>
inline constexpr FamilyIndex index_of = [] {
  constexpr auto same = for_each_family([]<class G>(FamilyTag<G>) { return std::same_as<F, G>; });
  return static_cast<FamilyIndex>(std::find(same.begin(), same.end(), true) - same.begin());
}();

// The formulas of every family on a lane type, in list order.
template <Lane L>
inline constexpr auto formulas_on = for_each_family([]<class F>(FamilyTag<F>) {
  return FormulasOn<L>{&F::template cumulative_hazard<L>, &F::template hazard<L>, &F::template between<L>,
                       &F::template time_from_zero<L>, &F::template time_from<L>};
});

namespace part {
template <Lane L>
L cumulative_hazard(const Law& law, const L& s) {
  return formulas_on<L>[law.family].cumulative_hazard(law, s);
}
template <Lane L>
L hazard(const Law& law, const L& s) {
  return formulas_on<L>[law.family].hazard(law, s);
}
template <Lane L>
L between(const Law& law, const L& s0, const L& s1) {
  return formulas_on<L>[law.family].between(law, s0, s1);
}
// From 0 by the family's own inverse from 0.
template <Lane L>
L time_from(const Law& law, const L& s0, const L& e) {
  const auto at_zero = s0 == 0.0;
  const L start = any(at_zero) ? formulas_on<L>[law.family].time_from_zero(law, e) : s0;
  if (!any(opposite(at_zero))) return start;
  return select(at_zero, start, formulas_on<L>[law.family].time_from(law, s0, e));
}
}  // namespace part

}  // namespace sojourn::distributions
