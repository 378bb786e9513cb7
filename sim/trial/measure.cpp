#include "trial/measure.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/special.hpp"
#include "survival/hazard_ratio.hpp"
#include "survival/kaplan_meier.hpp"
#include "survival/log_rank.hpp"
#include "survival/restricted_mean.hpp"

namespace sojourn::trial {

namespace {

using Kind = Measure::Kind;
using survival::RiskTable;
using survival::Step;

// A replicate counted: by stratum for the test, all together for the curves, made where they are asked for.
class Counted {
 public:
  Counted(const model::Trial& trial, const Replicate& replicate)
      : trial_(trial), replicate_(replicate), whole_(replicate.rows, groups()) {
    for (int a = 0; a < groups(); ++a) curves_.push_back(survival::kaplan_meier(whole_, a));
  }

  [[nodiscard]] Value of(const Measure& measure) {
    const auto arm = static_cast<std::size_t>(std::max(measure.arm, 0));
    switch (measure.kind) {
      case Kind::survival:
        return survival_at(arm, measure.time);
      case Kind::restricted_mean:
        return mean(arm, measure.time);
      case Kind::survival_difference:
        return difference(survival_at(0, measure.time), survival_at(1, measure.time));
      case Kind::restricted_mean_difference:
        return difference(mean(0, measure.time), mean(1, measure.time));
      case Kind::log_hazard_ratio:
        return hazard_ratio();
      case Kind::test_statistic:
        return {z(), missing, missing, missing};
      case Kind::enrolled:
        return count(replicate_.enrolled, measure.arm);
      case Kind::events:
        return count(replicate_.events, measure.arm);
      case Kind::lost:
        return count(replicate_.lost, measure.arm);
      case Kind::analysis:
        return {replicate_.analysis, missing, missing, missing};
    }
    return {};
  }

  [[nodiscard]] double z() {
    if (trial_.test == model::Trial::Test::restricted_mean) {
      const Value d = of({Kind::restricted_mean_difference, -1, trial_.restricted_mean.value_or(0)});
      return d.estimate / d.error;
    }
    return survival::log_rank(strata(), trial_.test == model::Trial::Test::peto ? 1 : 0).z();
  }

 private:
  [[nodiscard]] int groups() const { return static_cast<int>(trial_.arms.size()); }

  [[nodiscard]] Value survival_at(std::size_t arm, double time) const {
    const std::vector<Step>& curve = curves_[arm];
    const Step step = survival::step_at(curve, time);
    const bool nobody_left = curve.empty() || (curve.back().time < time && step.survival > 0);
    if (nobody_left) return {};
    const survival::Interval limits = survival::interval(survival::Scale::log_log, step.survival, step.error);
    return {step.survival, step.error, limits.lower, limits.upper};
  }

  [[nodiscard]] Value mean(std::size_t arm, double time) const {
    const survival::RestrictedMean made = survival::restricted_mean(curves_[arm], time);
    if (curves_[arm].empty() || made.carried_on) return {};
    return normal(made.value, std::sqrt(made.variance));
  }

  static Value normal(double estimate, double error) {
    const double half = survival::normal_975 * error;
    if (!(error > 0)) return {estimate, error, missing, missing};
    return {estimate, error, estimate - half, estimate + half};
  }

  static Value difference(const Value& control, const Value& other) {
    return normal(other.estimate - control.estimate,
                  std::sqrt(control.error * control.error + other.error * other.error));
  }

  static Value count(const std::vector<std::int64_t>& counts, int arm) {
    if (arm >= 0) return {static_cast<double>(counts[static_cast<std::size_t>(arm)]), missing, missing, missing};
    std::int64_t sum = 0;
    for (const std::int64_t one : counts) sum += one;
    return {static_cast<double>(sum), missing, missing, missing};
  }

  [[nodiscard]] Value hazard_ratio() {
    const survival::HazardRatio ratio = survival::hazard_ratio(strata());
    return normal(ratio.logarithm, ratio.error);
  }

  [[nodiscard]] std::span<const RiskTable> strata() {
    if (!trial_.strata) return {&whole_, 1};
    if (by_stratum_.empty()) {
      std::vector<std::vector<survival::Row>> parts;
      for (const survival::Row& row : replicate_.rows) {
        parts.resize(std::max(parts.size(), static_cast<std::size_t>(row.stratum) + 1));
        parts[static_cast<std::size_t>(row.stratum)].push_back(row);
      }
      for (const auto& part : parts) by_stratum_.emplace_back(part, groups());
    }
    return by_stratum_;
  }

  const model::Trial& trial_;
  const Replicate& replicate_;
  RiskTable whole_;
  std::vector<RiskTable> by_stratum_;
  std::vector<std::vector<Step>> curves_;  // by arm
};

}  // namespace

std::string_view name_of(Kind kind) {
  constexpr std::string_view names[] = {"survival",
                                        "restricted_mean",
                                        "survival_difference",
                                        "restricted_mean_difference",
                                        "log_hazard_ratio",
                                        "test_statistic",
                                        "enrolled",
                                        "events",
                                        "lost",
                                        "analysis"};
  return names[static_cast<std::size_t>(kind)];
}

bool has_truth(Kind kind) {
  return kind <= Kind::restricted_mean_difference;
}

std::vector<Measure> measures_of(const model::Trial& trial) {
  std::vector<Measure> list;
  const int arms = static_cast<int>(trial.arms.size());
  const auto in_each = [&](Kind kind, double time) {
    for (int a = 0; a < arms; ++a) list.push_back({kind, a, time});
  };
  if (trial.events) in_each(Kind::enrolled, 0);
  in_each(Kind::events, 0);
  if (trial.dropout) in_each(Kind::lost, 0);
  if (trial.events) list.push_back({Kind::analysis, -1, 0});
  for (const double time : trial.at) {
    in_each(Kind::survival, time);
    if (arms == 2) list.push_back({Kind::survival_difference, -1, time});
  }
  if (trial.restricted_mean) {
    in_each(Kind::restricted_mean, *trial.restricted_mean);
    if (arms == 2) list.push_back({Kind::restricted_mean_difference, -1, *trial.restricted_mean});
  }
  if (arms == 2) {
    list.push_back({Kind::log_hazard_ratio, -1, 0});
    list.push_back({Kind::test_statistic, -1, 0});
  }
  return list;
}

std::vector<Value> analyse(const model::Trial& trial, const std::vector<Measure>& measures,
                           const Replicate& replicate) {
  Counted counted(trial, replicate);
  std::vector<Value> values;
  for (const Measure& one : measures) values.push_back(counted.of(one));
  return values;
}

double test_statistic(const model::Trial& trial, const Replicate& replicate) {
  return Counted(trial, replicate).z();
}

double critical_value(const model::Trial& trial) {
  return -normal_quantile(trial.alpha / trial.sides);
}

bool rejects(const model::Trial& trial, double z) {
  return (trial.sides == 2 ? std::fabs(z) : z) >= critical_value(trial);
}

}  // namespace sojourn::trial
