// What an outcome of the kind cost_effectiveness comes to in one group: the strategies on the cost-effectiveness plane
// (frontier.hpp), what each costs more and brings more than the one before it on the frontier, the ratio of the two
// with Fieller's interval, and, at each threshold, whose net benefit is greatest. All errors are Monte Carlo errors.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "outcomes/contrast.hpp"
#include "outcomes/fieller.hpp"
#include "outcomes/frontier.hpp"
#include "outcomes/interval.hpp"

namespace sojourn::outcomes {

inline constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();

// One strategy among the others. Money in the currency, effects in QALYs or years.
struct StrategyWorth {
  std::size_t strategy = 0;
  std::int64_t patients = 0;
  JointEstimate estimate;  // and paired difference to the reference
  Placed placed;
  bool resolved = false;     // its standing holds beyond Monte Carlo error
  Contrast increment;        // to `placed.against`; all 0 without
  double ratio = no_figure;  // of the increments; NaN where it says nothing: no increment in effect, or dominated
  RatioInterval interval;
  std::string note;
};

// At one threshold.
struct StrategyNetBenefit {
  std::size_t strategy = 0;
  double value = no_figure, se = no_figure;  // NaN: no patients; no two differ
  Interval interval{no_figure, no_figure};
  bool best = false, may_be_best = false;
  // How far behind the best: that one's net benefit less its own, over the same patients. NaN of the best itself.
  double behind = no_figure, behind_se = no_figure;
  Interval behind_interval{no_figure, no_figure};  // 95% for the best against all others at once (Bonferroni)
};

struct NetBenefits {
  double threshold = 0;                        // [currency / unit of effect]
  std::vector<StrategyNetBenefit> strategies;  // as simulated
  bool resolved = false;                       // no other may be best
};

struct CostEffectiveness {
  std::string outcome, label, group, currency, effect_unit;
  bool discounted = false, at_end = false;
  double time = 0;                        // [years] since the origin
  std::vector<StrategyWorth> strategies;  // by rising cost
  std::vector<NetBenefits> thresholds;
};

// One for each such outcome, group, and way to discount.
[[nodiscard]] std::vector<CostEffectiveness> cost_effectiveness(const Compiled& plan, const Sums& sums);

}  // namespace sojourn::outcomes
