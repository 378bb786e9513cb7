// One strategy less another in cost and effect, with the errors of both: over the same patients if the two are compared
// pairwise, else as if each had patients of its own. The difference in net benefit at a threshold k is linear:
// k effect - cost, with variance k^2 Ve - 2 k C + Vc.
#pragma once

#include <cstddef>
#include <vector>

#include "outcomes/joint.hpp"

namespace sojourn::outcomes {

struct Contrast {
  double cost = 0, effect = 0;
  double cost_variance = 0, effect_variance = 0, covariance = 0;
  bool paired = true;

  [[nodiscard]] double net_benefit(double threshold) const { return threshold * effect - cost; }
  [[nodiscard]] double net_benefit_variance(double threshold) const;
  // No patient differs.
  [[nodiscard]] bool identical() const;
};

// Of a group, between any two strategies.
class Contrasts {
 public:
  Contrasts(const Compiled& plan, const Sums& sums, const Item& item, std::int32_t place, std::size_t group);

  [[nodiscard]] const JointEstimate& own(std::size_t strategy) const { return own_[strategy]; }
  [[nodiscard]] Contrast between(std::size_t strategy, std::size_t against) const;
  [[nodiscard]] std::size_t strategies() const { return own_.size(); }

 private:
  std::vector<JointEstimate> own_;     // and to the reference
  std::vector<Contrast> differences_;  // by pair: the first less the second
};

}  // namespace sojourn::outcomes
