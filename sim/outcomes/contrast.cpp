#include "outcomes/contrast.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

Contrast paired(const JointEstimate& joint) {
  return {joint.cost.difference,          joint.effect.difference,
          joint.cost.difference_variance, joint.effect.difference_variance,
          joint.difference_covariance,    true};
}

Contrast unpaired(const JointEstimate& a, const JointEstimate& b) {
  return {a.cost.estimate - b.cost.estimate, a.effect.estimate - b.effect.estimate,
          a.cost.variance + b.cost.variance, a.effect.variance + b.effect.variance,
          a.covariance + b.covariance,       false};
}

Contrast turned(Contrast contrast) {
  contrast.cost = -contrast.cost;
  contrast.effect = -contrast.effect;
  return contrast;
}

}  // namespace

double Contrast::net_benefit_variance(double threshold) const {
  const double variance = threshold * threshold * effect_variance - 2 * threshold * covariance + cost_variance;
  return variance < 0 ? 0 : variance;  // a rounding; NaN stays
}

bool Contrast::identical() const {
  return cost == 0 && effect == 0 && cost_variance == 0 && effect_variance == 0;
}

Contrasts::Contrasts(const Compiled& plan, const Sums& sums, const Item& item, std::int32_t place, std::size_t group) {
  const std::size_t strategies = plan.strategies.size();
  for (std::size_t s = 0; s < strategies; ++s) {
    own_.push_back(estimate_joint(joint_sums(item, place, sums, group, s, plan.reference)));
  }
  for (std::size_t a = 0; a < strategies; ++a) {
    for (std::size_t b = a + 1; b < strategies; ++b) {
      differences_.push_back(plan.pair_of(a, b) ? paired(estimate_joint(joint_sums(item, place, sums, group, a, b)))
                                                : unpaired(own_[a], own_[b]));
    }
  }
}

Contrast Contrasts::between(std::size_t strategy, std::size_t against) const {
  const std::size_t a = std::min(strategy, against), b = std::max(strategy, against);
  const std::size_t before = a * own_.size() - a * (a + 1) / 2;  // pairs whose first comes before a
  const Contrast& found = differences_[before + b - a - 1];
  return strategy < against ? found : turned(found);
}

}  // namespace sojourn::outcomes
