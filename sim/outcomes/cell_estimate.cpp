#include "outcomes/cell_estimate.hpp"

#include "outcomes/joint.hpp"

namespace sojourn::outcomes {

std::vector<CellEstimate> cell_estimates(const Item& item, const Sums& sums, std::size_t group, std::size_t strategy,
                                         std::size_t against) {
  const std::vector<RatioSums> by_cell = sums.sums(item, group, strategy, against);
  std::vector<CellEstimate> made(item.cells.size());
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantile > 0) continue;
    made[k].sums = by_cell[k];
    if (cell.threshold > 0) {
      const JointSums joint = joint_sums(item, cell.place, sums, group, strategy, against);
      made[k].result = estimate_net_benefit(joint, cell.threshold);
      made[k].sums.higher = made[k].sums.lower = made[k].sums.both = 0;
    } else {
      made[k].result = estimate_ratio(by_cell[k], cell.quantity, binary_power(-cell.fraction_bits));
    }
  }
  return made;
}

}  // namespace sojourn::outcomes
