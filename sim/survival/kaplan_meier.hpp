// The Kaplan-Meier curve at each time of a data set, d events among n at risk:
//   S = prod (n - d)/n,   Greenwood's error S sqrt(sum d/(n (n - d)))
// and the Nelson-Aalen cumulative hazard sum d/n with the error sqrt(sum d/n^2). Where S is 0 its error is not known
// (NaN). E. L. Kaplan and P. Meier, JASA 53, 1958; with left truncation W. Y. Tsai, N. P. Jewell, M. C. Wang,
// Biometrika 74, 1987.
#pragma once

#include <span>
#include <vector>

#include "survival/confidence.hpp"
#include "survival/risk_table.hpp"

namespace sojourn::survival {

struct Step {
  double time = 0;
  std::int64_t at_risk = 0, events = 0, censored = 0;
  double survival = 1, error = 0;
  double hazard = 0, hazard_error = 0;  // cumulative
};

// Of one group; all causes are events. Times at which nobody of the group leaves are left out.
[[nodiscard]] std::vector<Step> kaplan_meier(const RiskTable& table, int group = 0);

// The step that holds at `time`; before the first time S is 1, with nobody counted.
[[nodiscard]] Step step_at(std::span<const Step> curve, double time);

// When S has come down to 1 - p: the first time at which it is that low. If it stays exactly there for a while (to
// within 1.5e-8), the middle of that while, which ends with the last time if S falls no more. NaN if it never comes so
// low.
[[nodiscard]] double quantile(std::span<const Step> curve, double p);

// From the curves of the lower and upper limits in the same way (R. Brookmeyer and J. Crowley, Biometrics 38, 1982). A
// limit is missing (NaN) where its curve does not come down so far. The upper limits' curve may rise again towards its
// end: then, as in survfit, the time of its highest value that is not above 1 - p.
[[nodiscard]] Interval quantile_interval(std::span<const Step> curve, double p, Scale scale, double z = normal_975);

}  // namespace sojourn::survival
