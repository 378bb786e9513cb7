// Whether what is said of a strategy on the cost-effectiveness plane holds beyond Monte Carlo error, with 95% for each
// strategy against all others (Bonferroni, S - 1 others):
//   equal: no patient differs from the other;
//   dominated: some other costs no more and has no less effect, each beyond z errors, or the same in every patient;
//   extendedly dominated: its cost exceeds that of the mixture with its effect beyond z errors, z for all pairs of
//     others: by the delta method, the variance is that of N - (1 - w) N_A - w N_B, N the net benefit at the mixture's
//     ratio and w its share of B;
//   on the frontier: at some threshold its net benefit exceeds every other's beyond sqrt(chi^2_2) errors, a bound for
//     all thresholds at once (Scheffe), so that one may look for the threshold.
#pragma once

#include "outcomes/contrast.hpp"
#include "outcomes/frontier.hpp"

namespace sojourn::outcomes {

[[nodiscard]] bool is_resolved(const Contrasts& contrasts, const Frontier& frontier, std::size_t strategy);

}  // namespace sojourn::outcomes
