// Cumulative incidence of each cause where causes compete (Aalen and Johansen 1978): of n at risk d_c have an event of
// cause c,
//   S = prod (1 - d/n),   F_c += S(t-) d_c/n.
// Errors: at each time the shares d_c/n have the covariance of a multinomial draw of n, carried through the two
// recursions (Greenwood's formula for S; for F_c what mstate's Cuminc gives, and without ties the formula of Betensky
// and Schoenfeld). Restricted mean time lost to a cause up to tau: the area under F_c, its error carried along in the
// same way.
#pragma once

#include <span>
#include <vector>

#include "survival/risk_table.hpp"

namespace sojourn::survival {

struct IncidenceStep {
  double time = 0;
  std::int64_t at_risk = 0;
  double survival = 1, survival_error = 0;  // free of every cause
  double incidence = 0, incidence_error = 0;
};

// Of one cause in one group. Times at which nobody of the group leaves are left out.
[[nodiscard]] std::vector<IncidenceStep> cumulative_incidence(const RiskTable& table, int cause, int group = 0);

struct TimeLost {
  double value = 0, error = 0;
  bool carried_on = false;  // past the last time of the data, with somebody still at risk there
};

[[nodiscard]] TimeLost restricted_mean_time_lost(const RiskTable& table, int cause, double tau, int group = 0);

}  // namespace sojourn::survival
