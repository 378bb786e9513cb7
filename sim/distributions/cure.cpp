#include "distributions/cure.hpp"

#include "base/elementary.hpp"
#include "base/number_text.hpp"

namespace sojourn::distributions {

namespace {

// The mixture among those who are still event-free: cured and uncured shares, each with relative accuracy.
struct Shares {
  double cured, uncured;
};

Shares shares_after(Cure cure, double uncured_hazard) {
  const double p = cure.fraction, q = 1 - cure.fraction;
  if (!(uncured_hazard > 0)) return {p, q};
  const double odds = p / q * exp(uncured_hazard);  // cured to uncured; +inf when q = 0 or the uncured have died out
  if (p == 0) return {0, 1};
  const double other = q / p * exp(-uncured_hazard);
  return {1 / (1 + other), odds < infinity ? 1 / (1 + odds) : other / (1 + other)};
}

// -log(p + q e^-g)
double mixture_hazard(Shares s, double g) {
  if (!(g > 0)) return 0;
  if (s.cured == 0) return g;
  const double lost = s.uncured * expm1(-g);  // -(1 - S)
  if (lost > -0.5) return -log1p(lost);
  const double growth = s.cured * expm1(g);
  if (growth <= 1) return g - log1p(growth);
  return -log_of_sum(s.cured, s.uncured * exp(-g));
}

// g with mixture_hazard(g) = e; +inf for the cured
double uncured_hazard_at(Shares s, double e) {
  if (s.cured == 0) return e;
  const double share = s.cured / s.uncured * expm1(e);
  return share < 1 ? e - log1p(-share) : infinity;
}

}  // namespace

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
  const Shares start{cure.fraction, 1 - cure.fraction};
  return mixture_hazard(start, cure.uncured_hazard_ratio * cumulative_hazard(law, s));
}

double hazard(Cure cure, const Law& law, double s) {
  const double ratio = cure.uncured_hazard_ratio;
  const Shares now = shares_after(cure, ratio * cumulative_hazard(law, s));
  return now.uncured == 0 ? 0 : now.uncured * ratio * hazard(law, s);
}

double cumulative_hazard_between(Cure cure, const Law& law, double s0, double s1) {
  const double ratio = cure.uncured_hazard_ratio;
  const Shares now = shares_after(cure, ratio * cumulative_hazard(law, s0));
  return mixture_hazard(now, ratio * cumulative_hazard_between(law, s0, s1));
}

double time_of(Cure cure, const Law& law, double e) {
  const double g = uncured_hazard_at({cure.fraction, 1 - cure.fraction}, e);
  return g < infinity ? time_of(law, g / cure.uncured_hazard_ratio) : infinity;
}

double time_of(Cure cure, const Law& law, double s0, double e) {
  const double ratio = cure.uncured_hazard_ratio;
  const double g = uncured_hazard_at(shares_after(cure, ratio * cumulative_hazard(law, s0)), e);
  return g < infinity ? time_of(law, s0, g / ratio) : infinity;
}

}  // namespace sojourn::distributions
