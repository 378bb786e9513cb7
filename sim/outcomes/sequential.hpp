// Looking again and again at a mean over patients while more of them are simulated, with an error rate for all looks
// together. Z_k, the difference over its standard error at look k, has increments over independent patients:
// cov(Z_j, Z_k) = sqrt(t_j / t_k), j <= k, t the numbers of patients. Critical values c_k, each found when those before
// it are known, make the chance that any |Z_j|, j <= k, exceeds its c_j what may have been spent by look k:
//   P(|Z_j| > c_j for some j <= k) = spent_k.
// The same c_k make estimate -+ c_k se intervals that hold at all looks at once (repeated confidence intervals).
// The distribution of the sum is carried on from look to look by Simpson's rule.
// Sources: Armitage, McPherson, Rowe, JRSS A 1969;132:235-44; Lan, DeMets, Biometrika 1983;70:659-63; Jennison,
// Turnbull, JRSS B 1989;51:305-61.
#pragma once

#include <span>
#include <vector>

namespace sojourn::outcomes {

// `information`: rising; only its ratios matter. `spent`: two-sided, rising, in (0, 1).
[[nodiscard]] std::vector<double> sequential_quantiles(std::span<const double> information,
                                                       std::span<const double> spent);

}  // namespace sojourn::outcomes
