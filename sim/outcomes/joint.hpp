// Cost c and effect e of the same patients: the covariance of their means and differences, and the net benefit
// k e - c at any threshold k, with its error. Everything follows from three means, of c, e and e - c (all in their
// integers), because 2 sum(c e) = sum(c^2) + sum(e^2) - sum((e - c)^2), and so for every square and product behind a
// variance (ratio.hpp). Integers until the one rounding: nothing cancels.
#pragma once

#include "outcomes/ratio.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

struct JointSums {
  RatioSums cost, effect, effect_less_cost;
  int cost_bits = 0, effect_bits = 0;  // integers are multiples of 2^-bits of the currency, or the unit of effect
};

struct JointEstimate {
  RatioEstimate cost, effect;
  double covariance = 0;             // of the two means
  double difference_covariance = 0;  // of the two paired differences
};

[[nodiscard]] JointEstimate estimate_joint(const JointSums& sums);

// threshold: [currency / unit of effect] from 0.001 to 10^12.
[[nodiscard]] RatioEstimate estimate_net_benefit(const JointSums& sums, double threshold);

// `place`: of the cost among the item's means; those of the effect and of their difference follow it.
[[nodiscard]] JointSums joint_sums(const Item& item, std::int32_t place, const Sums& sums, std::size_t group,
                                   std::size_t strategy, std::size_t against);

}  // namespace sojourn::outcomes
