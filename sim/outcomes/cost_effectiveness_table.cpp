// The tables `cost_effectiveness` (a row a strategy) and `net_benefit` (a row a threshold and strategy).
#include <cmath>

#include "outcomes/more_tables.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::outcomes {

namespace {

struct WorthRow {
  const CostEffectiveness& of;
  const StrategyWorth& own;
  std::int64_t order = 0;
};

struct BenefitRow {
  const CostEffectiveness& of;
  const NetBenefits& at;
  const StrategyNetBenefit& own;
};

double error_of(double variance) {
  return variance > 0 ? std::sqrt(variance) : missing;
}
std::int64_t flag(bool holds) {
  return holds ? 1 : 0;
}

// What both tables begin with.
template <class Row>
void add_what(const Results& results, TableColumns<Row>& columns) {
  columns.add("outcome", "", "name of the outcome", [](const Row& r) { return r.of.outcome; });
  columns.add("group", "", "level of the group", [](const Row& r) { return r.of.group; });
  columns.add("discounted", "", "1: present values at the start", [](const Row& r) { return flag(r.of.discounted); });
  columns.add("time", "years", "since the origin", [](const Row& r) { return r.of.time; });
  columns.add("currency", "", "unit of costs and net benefits", [](const Row& r) { return r.of.currency; });
  columns.add("effect_unit", "", "QALYs or years", [](const Row& r) { return r.of.effect_unit; });
  columns.add("strategy", "", "name of the strategy",
              [&results](const Row& r) { return results.strategies[r.own.strategy].name; });
}

using CostTableColumns = TableColumns<WorthRow>;

void add_estimates(CostTableColumns& columns) {
  using R = WorthRow;
  columns.add("order", "", "by rising cost, from 1", [](const R& r) { return r.order; });
  columns.add("n", "", "patients counted", [](const R& r) { return r.own.patients; });
  columns.add("cost", "", "mean", [](const R& r) { return r.own.estimate.cost.estimate; });
  columns.add("cost_se", "", "Monte Carlo standard error; missing if no two patients differ",
              [](const R& r) { return error_of(r.own.estimate.cost.variance); });
  columns.add("effect", "", "mean", [](const R& r) { return r.own.estimate.effect.estimate; });
  columns.add("effect_se", "", "Monte Carlo standard error; missing if no two patients differ",
              [](const R& r) { return error_of(r.own.estimate.effect.variance); });
  columns.add("covariance", "", "of the two means, by Monte Carlo error",
              [](const R& r) { return r.own.estimate.covariance; });
}

void add_differences(std::size_t reference, CostTableColumns& columns) {
  using R = WorthRow;
  const auto to_reference = [&columns, reference](const char* name, const char* description, auto value) {
    columns.add(name, "", description, [reference, value](const R& r) {
      return r.own.strategy == reference ? missing : value(r.own.estimate);
    });
  };
  to_reference("difference_cost", "to the reference strategy, paired",
               [](const JointEstimate& e) { return e.cost.difference; });
  to_reference("difference_cost_se", "its standard error",
               [](const JointEstimate& e) { return error_of(e.cost.difference_variance); });
  to_reference("difference_effect", "to the reference strategy, paired",
               [](const JointEstimate& e) { return e.effect.difference; });
  to_reference("difference_effect_se", "its standard error",
               [](const JointEstimate& e) { return error_of(e.effect.difference_variance); });
  to_reference("difference_covariance", "of the two differences",
               [](const JointEstimate& e) { return e.difference_covariance; });
}

void add_standing(const Results& results, CostTableColumns& columns) {
  using R = WorthRow;
  const auto name = [&results](std::size_t strategy) {
    return strategy == nobody ? std::string() : results.strategies[strategy].name;
  };
  columns.add("status", "", "on the frontier, dominated, extendedly dominated, equal, or unknown",
              [](const R& r) { return std::string(words_of(r.own.placed.standing)); });
  columns.add("by", "", "dominated or equalled by this strategy; extendedly: by mixtures of it and the next",
              [name](const R& r) { return name(r.own.placed.by); });
  columns.add("and_by", "", "extendedly dominated by mixtures with this one",
              [name](const R& r) { return name(r.own.placed.and_by); });
  columns.add("status_resolved", "", "1: the status holds beyond Monte Carlo error (95%)",
              [](const R& r) { return flag(r.own.resolved); });
  columns.add("against", "", "what increments are to: the one before on the frontier, or that in `by`",
              [name](const R& r) { return name(r.own.placed.against); });
}

void add_increments(CostTableColumns& columns) {
  using R = WorthRow;
  const auto increment = [&columns](const char* name, const char* description, auto value) {
    columns.add(name, "", description,
                [value](const R& r) { return r.own.placed.against == nobody ? missing : value(r.own.increment); });
  };
  increment("increment_cost", "", [](const Contrast& c) { return c.cost; });
  increment("increment_cost_se", "its standard error; missing if no two patients differ in it",
            [](const Contrast& c) { return error_of(c.cost_variance); });
  increment("increment_effect", "", [](const Contrast& c) { return c.effect; });
  increment("increment_effect_se", "its standard error; missing if no two patients differ in it",
            [](const Contrast& c) { return error_of(c.effect_variance); });
  increment("increment_covariance", "of the two increments", [](const Contrast& c) { return c.covariance; });
  columns.add("increment_paired", "", "1: over the same patients; 0: as if each strategy had its own",
              [](const R& r) { return flag(r.own.placed.against != nobody && r.own.increment.paired); });
  columns.add("icer", "", "increment_cost / increment_effect; missing where it says nothing",
              [](const R& r) { return r.own.ratio; });
  columns.add("icer_interval", "", "95% (Fieller): bounded; all but lower to upper; everything",
              [](const R& r) { return std::string(words_of(r.own.interval.form)); });
  columns.add("icer_lower", "", "of the interval", [](const R& r) { return r.own.interval.lower; });
  columns.add("icer_upper", "", "of the interval", [](const R& r) { return r.own.interval.upper; });
  columns.add("note", "", "", [](const R& r) { return r.own.note; });
}

}  // namespace

Table cost_effectiveness_table(const Results& results) {
  std::vector<WorthRow> rows;
  for (const CostEffectiveness& one : results.cost_effectiveness) {
    std::int64_t order = 0;
    for (const StrategyWorth& own : one.strategies) rows.push_back({one, own, ++order});
  }
  CostTableColumns columns(rows);
  add_what(results, columns);
  add_estimates(columns);
  add_differences(results.reference, columns);
  add_standing(results, columns);
  add_increments(columns);
  return {"cost_effectiveness", "strategies by cost: efficiency frontier, dominance, incremental ratios",
          columns.take()};
}

Table net_benefit_table(const Results& results) {
  std::vector<BenefitRow> rows;
  for (const CostEffectiveness& one : results.cost_effectiveness) {
    for (const NetBenefits& at : one.thresholds) {
      for (const StrategyNetBenefit& own : at.strategies) rows.push_back({one, at, own});
    }
  }
  TableColumns<BenefitRow> columns(rows);
  using R = BenefitRow;
  add_what(results, columns);
  columns.add("threshold", "", "currency per unit of effect", [](const R& r) { return r.at.threshold; });
  columns.add("net_benefit", "", "threshold x effect - cost", [](const R& r) { return r.own.value; });
  columns.add("se", "", "Monte Carlo standard error; missing if no two patients differ",
              [](const R& r) { return r.own.se; });
  columns.add("lower", "", "95% interval", [](const R& r) { return r.own.interval.lower; });
  columns.add("upper", "", "95% interval", [](const R& r) { return r.own.interval.upper; });
  columns.add("best", "", "1: the greatest", [](const R& r) { return flag(r.own.best); });
  columns.add("may_be_best", "", "1: not told from the greatest by Monte Carlo error",
              [](const R& r) { return flag(r.own.may_be_best); });
  columns.add("behind", "", "the greatest less this one", [](const R& r) { return r.own.behind; });
  columns.add("behind_se", "", "its standard error", [](const R& r) { return r.own.behind_se; });
  columns.add("simultaneous_lower", "", "95% for the greatest against all others at once (Bonferroni)",
              [](const R& r) { return r.own.behind_interval.lower; });
  columns.add("simultaneous_upper", "", "95% for the greatest against all others at once (Bonferroni)",
              [](const R& r) { return r.own.behind_interval.upper; });
  return {"net_benefit", "net benefit at each threshold, and how far behind the greatest", columns.take()};
}

}  // namespace sojourn::outcomes
