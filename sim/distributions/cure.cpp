#include "distributions/cure.hpp"

#include "base/elementary.hpp"
#include "base/number_text.hpp"
#include "distributions/cure_lanes.hpp"

namespace sojourn::distributions {

using cure_lanes::mixture_hazard, cure_lanes::shares_after, cure_lanes::shares_at_start;

std::variant<Cure, std::string> make_cure(double fraction, double odds_ratio, double uncured_hazard_ratio) {
  const auto ratio_problem = [](const char* what, double x) {
    return std::string(what) + " is " + number_text(x) + " (it must be finite and not negative)";
  };
  const auto valid = [](double x) { return x >= 0 && x < infinity; };
  if (!(fraction >= 0 && fraction <= 1)) {
    return "the cure fraction is " + number_text(fraction) + " (it must lie between 0 and 1)";
  }
  if (!valid(odds_ratio)) return ratio_problem("the odds ratio on the cure fraction", odds_ratio);
  if (!valid(uncured_hazard_ratio)) return ratio_problem("the hazard ratio of the uncured", uncured_hazard_ratio);
  if (fraction == 1 && odds_ratio == 0) return "an odds ratio of 0 on the cure fraction 1 says nothing";
  if (odds_ratio != 1) fraction = fraction * odds_ratio / (1 - fraction + fraction * odds_ratio);
  return Cure{fraction, uncured_hazard_ratio};
}

double cumulative_hazard_limit(Cure cure) {
  return cure.fraction > 0 ? -log(cure.fraction) : infinity;
}

double cumulative_hazard(Cure cure, const Law& law, double s) {
  return mixture_hazard(shares_at_start(cure), cure.uncured_hazard_ratio * cumulative_hazard(law, s));
}

double hazard(Cure cure, const Law& law, double s) {
  const double ratio = cure.uncured_hazard_ratio;
  const auto now = shares_after(cure, ratio * cumulative_hazard(law, s));
  return now.uncured == 0 ? 0 : now.uncured * ratio * hazard(law, s);
}

double cumulative_hazard_between(Cure cure, const Law& law, double s0, double s1) {
  return cure_lanes::cumulative_hazard_between(cure, formulas[law.family], law, s0, s1);
}

double time_of(Cure cure, const Law& law, double e) {
  return cure_lanes::time_from_zero(cure, formulas[law.family], law, e);
}

double time_of(Cure cure, const Law& law, double s0, double e) {
  return cure_lanes::time_from(cure, formulas[law.family], law, s0, e);
}

}  // namespace sojourn::distributions
