#include "outcomes/cost_effectiveness.hpp"

#include <algorithm>
#include <cmath>

#include "outcomes/resolved.hpp"

namespace sojourn::outcomes {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Bounds anything{-infinity, infinity};

double error_of(double variance) {
  return variance > 0 ? std::sqrt(variance) : no_figure;
}

class Analysis {
 public:
  // `cost`: the item's cell that the others follow: the effect, and net benefits.
  Analysis(const Compiled& plan, const Sums& sums, const Item& item, std::size_t cost, std::size_t group)
      : plan_(plan),
        sums_(sums),
        item_(item),
        cost_(cost),
        group_(group),
        contrasts_(plan, sums, item, item.cells[cost].place, group),
        frontier_(frontier_of(points())) {}

  CostEffectiveness made() const {
    const Cell &cost = item_.cells[cost_], &effect = item_.cells[cost_ + 1];
    CostEffectiveness made;
    made.outcome = item_.outcome.name;
    made.label = item_.outcome.label.empty() ? item_.outcome.name : item_.outcome.label;
    made.group = item_.groups[group_].label;
    made.currency = cost.unit;
    made.effect_unit = effect.unit;
    made.discounted = cost.measure.starts_with("discounted");
    made.at_end = !item_.outcome.until;
    made.time = cost.time;
    for (const std::size_t s : frontier_.by_cost) made.strategies.push_back(strategy(s));
    for (std::size_t k = cost_ + 2; k < item_.cells.size() && item_.cells[k].threshold > 0; ++k) {
      made.thresholds.push_back(net_benefits(item_.cells[k]));
    }
    return made;
  }

 private:
  [[nodiscard]] std::vector<CostAndEffect> points() const {
    std::vector<CostAndEffect> points;
    for (std::size_t s = 0; s < contrasts_.strategies(); ++s) {
      points.push_back({contrasts_.own(s).cost.estimate, contrasts_.own(s).effect.estimate});
    }
    return points;
  }

  [[nodiscard]] JointSums joint(std::size_t strategy, std::size_t against) const {
    return joint_sums(item_, item_.cells[cost_].place, sums_, group_, strategy, against);
  }

  [[nodiscard]] StrategyWorth strategy(std::size_t s) const {
    StrategyWorth made;
    made.strategy = s;
    made.patients = static_cast<std::int64_t>(joint(s, s).cost.n);
    made.estimate = contrasts_.own(s);
    made.placed = frontier_.placed[s];
    made.resolved = is_resolved(contrasts_, frontier_, s);
    if (made.placed.standing == Standing::unknown) made.note = "no patients";
    if (made.placed.against == nobody) return made;
    made.increment = contrasts_.between(s, made.placed.against);
    const bool has_ratio =
        made.placed.standing == Standing::on_frontier || made.placed.standing == Standing::extendedly_dominated;
    if (has_ratio) set_ratio(made);
    return made;
  }

  static void set_ratio(StrategyWorth& made) {
    const Contrast& more = made.increment;
    made.ratio = more.cost / more.effect;
    made.interval =
        fieller(more.cost, more.effect, more.cost_variance, more.effect_variance, more.covariance, normal_quantile_975);
    using Form = RatioInterval::Form;
    if (made.interval.form == Form::all_but || made.interval.form == Form::everything) {
      made.note = "the effects are not told apart: the ratio has no bounded interval; more patients are needed";
    } else if (made.interval.form == Form::none && more.cost_variance == 0) {
      made.note = "the same increments in every patient";
    }
  }

  // `one` less `other`; with patients of their own where the two are not compared pairwise.
  [[nodiscard]] std::pair<double, double> difference(double threshold, std::size_t one, std::size_t other) const {
    if (plan_.pair_of(one, other)) {
      const RatioEstimate found = estimate_net_benefit(joint(one, other), threshold);
      return {found.difference, found.difference_variance};
    }
    const Contrast more = contrasts_.between(one, other);
    return {more.net_benefit(threshold), more.net_benefit_variance(threshold)};
  }

  [[nodiscard]] NetBenefits net_benefits(const Cell& cell) const {
    NetBenefits made;
    made.threshold = cell.threshold;
    std::size_t best = nobody;
    for (std::size_t s = 0; s < contrasts_.strategies(); ++s) {
      const RatioEstimate own = estimate_net_benefit(joint(s, s), cell.threshold);
      StrategyNetBenefit& one = made.strategies.emplace_back();
      one.strategy = s;
      one.value = own.estimate;
      one.se = error_of(own.variance);
      if (!std::isnan(one.se)) one.interval = normal_interval(one.value, one.se, anything);
      const bool better = best == nobody || one.value > made.strategies[best].value;
      if (!std::isnan(one.value) && better) best = s;
    }
    made.resolved = best != nobody;
    for (StrategyNetBenefit& one : made.strategies) {
      compare(cell.threshold, best, one);
      made.resolved = made.resolved && (one.best || !one.may_be_best);
    }
    return made;
  }

  void compare(double threshold, std::size_t best, StrategyNetBenefit& one) const {
    one.best = one.may_be_best = one.strategy == best;
    if (one.best || best == nobody || std::isnan(one.value)) return;
    const auto [behind, variance] = difference(threshold, best, one.strategy);
    one.behind = behind;
    one.behind_se = error_of(variance);
    one.may_be_best = behind == 0 || std::isnan(variance);
    if (std::isnan(one.behind_se)) return;  // the same in every patient
    const double z = simultaneous_quantile(contrasts_.strategies() - 1);
    one.behind_interval = normal_interval(behind, one.behind_se, anything, z);
    one.may_be_best = one.behind_interval.lower <= 0;
  }

  const Compiled& plan_;
  const Sums& sums_;
  const Item& item_;
  std::size_t cost_, group_;
  Contrasts contrasts_;
  Frontier frontier_;
};

}  // namespace

std::vector<CostEffectiveness> cost_effectiveness(const Compiled& plan, const Sums& sums) {
  std::vector<CostEffectiveness> made;
  for (const Item& item : plan.items) {
    if (item.outcome.kind != model::OutcomeKind::cost_effectiveness) continue;
    for (std::size_t g = 0; g < item.groups.size(); ++g) {
      for (std::size_t k = 0; k < item.cells.size(); ++k) {
        const bool is_cost = item.cells[k].threshold == 0 && item.cells[k].measure.ends_with("cost");
        if (is_cost) made.push_back(Analysis(plan, sums, item, k, g).made());
      }
    }
  }
  return made;
}

}  // namespace sojourn::outcomes
