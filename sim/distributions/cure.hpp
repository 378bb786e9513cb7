// Mixture cure over any law: S(s) = p + (1 - p) S_u(s)^h, with p the cured fraction and h the hazard ratio of the
// uncured. H = -log S rises to -log p and no further: the cured never have the event.
// Given survival to s0 the law is again a mixture cure, with p0 = p / S(s0) and the uncured hazard counted from s0;
// all formulas go through that and keep relative accuracy at both ends. For several patients side by side see
// cure_lanes.hpp.
// Source: J. W. Boag, JRSS B 11, 1949; as implemented in flexsurvcure.
#pragma once

#include <string>
#include <variant>

#include "distributions/law.hpp"

namespace sojourn::distributions {

template <class L>
struct CureOn {
  L fraction;              // in [0, 1]
  L uncured_hazard_ratio;  // >= 0
};
using Cure = CureOn<double>;

// With an odds ratio r on the fraction: p r / (1 - p + p r). What is wrong with the values comes back as text.
[[nodiscard]] std::variant<Cure, std::string> make_cure(double fraction, double odds_ratio,
                                                        double uncured_hazard_ratio);

// What the cumulative hazard never exceeds: -log p; +inf for p = 0.
[[nodiscard]] double cumulative_hazard_limit(Cure cure);
[[nodiscard]] double cumulative_hazard(Cure cure, const Law& law, double s);
[[nodiscard]] double hazard(Cure cure, const Law& law, double s);
[[nodiscard]] double cumulative_hazard_between(Cure cure, const Law& law, double s0, double s1);
[[nodiscard]] double time_of(Cure cure, const Law& law, double e);
[[nodiscard]] double time_of(Cure cure, const Law& law, double s0, double e);

}  // namespace sojourn::distributions
