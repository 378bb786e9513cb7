// Everything that is computed from lives, whether they are being made or are stored: outcomes and trials.
#pragma once

#include <string>
#include <string_view>

#include "analysis/accumulators.hpp"
#include "analysis/experiment.hpp"
#include "outcomes/results.hpp"
#include "trial/collector.hpp"
#include "trial/plan.hpp"
#include "trial/results.hpp"

namespace sojourn::analysis {

struct Estimates {
  outcomes::Results results;  // with the table of the trials
  trial::Results trials;
};

class Estimators {
 public:
  // Throws InputError where something cannot be computed.
  explicit Estimators(const Experiment& experiment, const outcomes::ExactTimes* exact = nullptr);
  Estimators(const Estimators&) = delete;
  Estimators& operator=(const Estimators&) = delete;

  void update(const history::Block& block);  // from any thread
  // When no thread is at work any more: all they have seen, as bytes, to be added to those of another process.
  [[nodiscard]] std::string stored() const;
  void add_stored(std::string_view bytes);

  [[nodiscard]] const outcomes::Plan& plan() const { return plan_; }
  // When no thread is at work any more. The outcomes' sums and rows so far; patients may still be added.
  [[nodiscard]] outcomes::Sums sums() const { return sums_.combined(); }
  [[nodiscard]] outcomes::Results rows() const { return outcomes::finish_rows(plan_, sums_.combined()); }
  // The same, with all tables. Curves are for result files only.
  [[nodiscard]] Estimates finish(int threads, outcomes::WithCurves curves) const;

 private:
  outcomes::Plan plan_;
  trial::Plan trial_plan_;
  Accumulators sums_;
  trial::Collector collector_;
};

}  // namespace sojourn::analysis
