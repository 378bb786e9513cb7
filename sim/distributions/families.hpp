// The one list of families. To add a distribution: write its header after the pattern of family.hpp, include it here
// and name it in the list; the model language, the engine and the property tests go by this list.
#pragma once

#include <tuple>
#include <utility>

#include "distributions/exponential.hpp"
#include "distributions/fixed.hpp"
#include "distributions/gamma.hpp"
#include "distributions/generalized_gamma.hpp"
#include "distributions/gompertz.hpp"
#include "distributions/loglogistic.hpp"
#include "distributions/lognormal.hpp"
#include "distributions/never.hpp"
#include "distributions/piecewise_exponential.hpp"
#include "distributions/uniform.hpp"
#include "distributions/weibull.hpp"

namespace sojourn::distributions {

using FamilyList = std::tuple<Exponential, Weibull, WeibullPh, Gompertz, Lognormal, LogLogistic, Gamma,
                              GeneralizedGamma, PiecewiseExponential, LifeTable, Fixed, Uniform, Never>;

inline constexpr std::size_t family_count = std::tuple_size_v<FamilyList>;

// What `make(tag)` gives for each family in list order, as an array; tag.type is the family.
template <class F>
struct FamilyTag {
  using type = F;
};
template <class Make>
[[nodiscard]] constexpr auto for_each_family(Make make) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_assert((Family<std::tuple_element_t<I, FamilyList>> && ...));
    return std::array{make(FamilyTag<std::tuple_element_t<I, FamilyList>>{})...};
  }
  (std::make_index_sequence<family_count>{});
}

}  // namespace sojourn::distributions
