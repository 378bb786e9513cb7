// The replicates of each trial, made and analysed.
#include <algorithm>
#include <iterator>

#include "trial/distribution.hpp"
#include "trial/results.hpp"
#include "trial/sample.hpp"
#include "trial/size.hpp"

namespace sojourn::trial {

namespace {

using Kind = Measure::Kind;

std::string unit_of(Kind kind) {
  if (kind == Kind::survival || kind == Kind::survival_difference) return "1";
  if (kind == Kind::log_hazard_ratio || kind == Kind::test_statistic) return "1";
  if (kind == Kind::enrolled || kind == Kind::events || kind == Kind::lost) return "patients";
  return "years";
}

// One trial.
class Maker {
 public:
  Maker(const Item& item, std::size_t index, Sample sample, const Each& each, Results& results)
      : item_(item), trial_(item.trial), index_(index), sample_(std::move(sample)), each_(each), results_(results) {
    for (const Arm& arm : item.arms) sizes_.push_back(arm.patients);
    replicates_ = std::min(trial_.replicates, sample_.replicates(sizes_));
  }

  void run() {
    summary();
    if (replicates_ == 0) return;
    const std::vector<Measure> measures = measures_of(trial_);
    std::vector<std::vector<Value>> values(measures.size(), std::vector<Value>(static_cast<std::size_t>(replicates_)));
    each_(replicates_, [&](std::int64_t r) {
      const Replicate made = trial_of(trial_, sample_.replicate(sizes_, r), trial_.events.value_or(0));
      const std::vector<Value> found = analyse(trial_, measures, made);
      for (std::size_t m = 0; m < measures.size(); ++m) values[m][static_cast<std::size_t>(r)] = found[m];
    });
    const std::vector<double> known = truths(measures);
    for (std::size_t m = 0; m < measures.size(); ++m) add(measures[m], values[m], known[m]);
    if (item_.arms.size() == 2) test(estimates(values.back()));
  }

 private:
  void summary() {
    TrialSummary made{trial_, item_.endpoint.name, {}, replicates_, 0};
    for (const Arm& arm : item_.arms) {
      made.arms.push_back({arm.name, arm.patients});
      const std::int64_t circles = (trial_.replicates * arm.patients + arm.share - 1) / arm.share;
      made.patients_asked = std::max(made.patients_asked, circles * item_.circle);
    }
    results_.trials.push_back(std::move(made));
    Row row;
    row.trial = index_;
    row.measure = "replicates";
    row.unit = "1";
    row.patients = trial_.patients();
    row.replicates = replicates_;
    row.estimate = static_cast<double>(replicates_);
    if (replicates_ < trial_.replicates) {
      row.note = "of " + std::to_string(trial_.replicates) + " asked for: the run has no patients for more";
    }
    results_.rows.push_back(std::move(row));
  }

  // By measure; NaN where there is no such thing.
  [[nodiscard]] std::vector<double> truths(const std::vector<Measure>& measures) const {
    std::vector<Measure> with_truth;
    std::copy_if(measures.begin(), measures.end(), std::back_inserter(with_truth),
                 [](const Measure& one) { return has_truth(one.kind); });
    const std::vector<Value> values =
        analyse(trial_, with_truth, followed_to_the_end(sample_.first(sizes_, replicates_)));
    std::vector<double> list;
    std::size_t next = 0;
    for (const Measure& one : measures) list.push_back(has_truth(one.kind) ? values[next++].estimate : missing);
    return list;
  }

  [[nodiscard]] Row row_of(const Measure& measure) const {
    Row row;
    row.trial = index_;
    row.measure = name_of(measure.kind);
    row.unit = unit_of(measure.kind);
    row.arm = measure.arm + 1;
    if (has_truth(measure.kind)) row.time = measure.time;
    row.patients = measure.arm < 0 ? trial_.patients() : sizes_[static_cast<std::size_t>(measure.arm)];
    return row;
  }

  static std::vector<double> estimates(const std::vector<Value>& values) {
    std::vector<double> list;
    for (const Value& one : values) list.push_back(one.estimate);
    return list;
  }

  void add(const Measure& measure, const std::vector<Value>& values, double truth) {
    Row row = row_of(measure);
    const Spread spread = spread_of(estimates(values));
    row.replicates = spread.n;
    row.estimate = spread.mean;
    row.sd = spread.sd;
    if (spread.n > 1) {
      row.se = spread.error();
      row.lower = row.estimate - 1.959963984540054 * row.se;
      row.upper = row.estimate + 1.959963984540054 * row.se;
    }
    row.low = spread.low;
    row.median = spread.median;
    row.high = spread.high;
    std::vector<double> errors;
    for (const Value& one : values) errors.push_back(one.error);
    row.mean_se = spread_of(errors).mean;
    if (has_truth(measure.kind)) cover(values, truth, row);
    if (spread.n < replicates_) {
      row.note = std::to_string(replicates_ - spread.n) + " of " + std::to_string(replicates_) +
                 " replicates have no estimate";
    }
    results_.rows.push_back(std::move(row));
  }

  static void cover(const std::vector<Value>& values, double truth, Row& row) {
    row.truth = truth;
    std::int64_t with_interval = 0, covered = 0;
    for (const Value& one : values) {
      if (!(one.lower == one.lower) || !(one.upper == one.upper) || !(truth == truth)) continue;
      ++with_interval;
      covered += one.lower <= truth && truth <= one.upper ? 1 : 0;
    }
    const Share share = share_of(covered, with_interval);
    row.coverage = share.value;
    row.coverage_lower = share.lower;
    row.coverage_upper = share.upper;
  }

  void test(const std::vector<double>& z) {
    const auto rejected = std::count_if(z.begin(), z.end(), [&](double one) { return rejects(trial_, one); });
    add(item_.same_strategy() ? "type_1_error" : "power", trial_.patients(),
        share_of(rejected, static_cast<std::int64_t>(z.size())), "");
    if (!trial_.power) return;
    const Size size = size_for_power(trial_, sample_, z, each_);
    Row row;
    row.trial = index_;
    row.measure = "sample_size";
    row.unit = "patients";
    row.replicates = size.replicates;
    for (const std::int64_t one : size.patients) row.patients += one;
    if (row.patients > 0) row.estimate = static_cast<double>(row.patients);
    row.lower = size.lower;
    row.upper = size.upper;
    row.note = size.note;
    if (size.events > 0) row.note += (row.note.empty() ? "" : "; ") + std::to_string(size.events) + " events";
    const std::int64_t patients = row.patients;
    results_.rows.push_back(std::move(row));
    if (size.power.n > 0) add("power_at_size", patients, size.power, "");
  }

  void add(std::string measure, std::int64_t patients, const Share& share, std::string note) {
    Row row;
    row.trial = index_;
    row.measure = std::move(measure);
    row.unit = "1";
    row.patients = patients;
    row.replicates = share.n;
    row.estimate = share.value;
    row.se = share.error;
    row.lower = share.lower;
    row.upper = share.upper;
    row.note = std::move(note);
    results_.rows.push_back(std::move(row));
  }

  const Item& item_;
  const model::Trial& trial_;
  std::size_t index_;
  Sample sample_;
  const Each& each_;
  Results& results_;
  std::vector<std::int64_t> sizes_;
  std::int64_t replicates_ = 0;
};

}  // namespace

Results finish(const Plan& plan, const Collector& collector, const Each& each) {
  Results results;
  results.left_out = plan.left_out();
  for (std::size_t i = 0; i < plan.items().size(); ++i) {
    const Item& item = plan.items()[i];
    std::vector<std::vector<Candidate>> arms;
    for (std::size_t a = 0; a < item.arms.size(); ++a) {
      arms.push_back(candidates(item, plan.seed(), collector.patients(i, a)));
    }
    Maker(item, i, Sample(std::move(arms)), each, results).run();
  }
  return results;
}

}  // namespace sojourn::trial
