#include "analysis/sampled.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/accumulators.hpp"
#include "base/error.hpp"
#include "engine/samples.hpp"
#include "outcomes/plan.hpp"
#include "program/lower.hpp"

namespace sojourn::analysis {

namespace {

// The values drawn, by sample, of the parameters that are uncertain.
class DrawnParameters {
 public:
  explicit DrawnParameters(const Experiment& experiment)
      : model_(experiment.model), ids_(experiment.model.uncertainty.parameters()) {
    add(0, experiment.parameters);
  }

  void add(std::int64_t sample, const std::vector<double>& values) {
    for (const ParameterId id : ids_) {
      samples_.push_back(sample);
      values_.push_back(values[id.index()]);
    }
  }

  [[nodiscard]] Table table() {
    std::vector<std::string> names, units;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      const model::Parameter& parameter = model_.parameters[ids_[i % ids_.size()].index()];
      names.push_back(parameter.name);
      units.push_back(unit(parameter.value.type().time_power));
    }
    return {"parameters",
            "values of the uncertain parameters, before strategies change them",
            {{"sample", "", "0: the base case", std::move(samples_)},
             {"parameter", "", "its name", std::move(names)},
             {"value", "", "in the unit of its row", std::move(values_)},
             {"unit", "", "1, years, per year, ...", std::move(units)}}};
  }

 private:
  static std::string unit(int power) {
    if (power == 0) return "1";
    if (power == -1) return "per year";
    return power == 1 ? "years" : "years^" + std::to_string(power);
  }

  const model::Model& model_;
  std::vector<ParameterId> ids_;
  std::vector<std::int64_t> samples_;
  std::vector<double> values_;
};

struct Collected {
  const Experiment& experiment;
  const outcomes::Results& base;
  const SampledOptions& options;
  outcomes::SampleEstimates& estimates;
  DrawnParameters& drawn;
};

class OneSample : public engine::Sample {
 public:
  OneSample(const Collected& all, std::int64_t number) : all_(all), number_(number) {}

  struct Unusable {  // values that say themselves in which sample
    std::string text;
  };

  [[nodiscard]] engine::PatientRange patients() const override { return {1, all_.experiment.patients}; }
  [[nodiscard]] std::string name() const override { return "sample " + std::to_string(number_); }
  void prepare() override {
    const Experiment& experiment = all_.experiment;
    const auto sample = static_cast<std::uint32_t>(number_);
    const std::vector<double> drawn = model::drawn_parameters(experiment.model, sample);
    Diagnostics problems;
    parameters_ = model::parameter_values(experiment.model, nullptr, sample, drawn, problems);
    std::vector<std::vector<double>> by_strategy;
    for (const StrategyId s : experiment.strategies) {
      const model::Strategy& strategy = experiment.model.strategies[s.index()];
      const bool own = !strategy.parameters.empty();
      by_strategy.push_back(own ? model::parameter_values(experiment.model, &strategy, sample, drawn, problems)
                                : parameters_);
      if (!problems.ok()) throw Unusable{problems.text()};
      programs_.push_back(program::lower(experiment.model, strategy, by_strategy.back()));
      if (!experiment.share_patients) programs_.back().replicate = sample;
      programs_.back().narrow_times = experiment.programs.front().narrow_times;
    }
    plan_.emplace(experiment.model, experiment.strategies, experiment.reference, by_strategy);
    accumulators_.emplace(*plan_);
  }
  [[nodiscard]] const std::vector<program::Program>& programs() const override { return programs_; }
  void update(const history::Block& block) override { accumulators_->update(block); }
  void finish() override {
    found_ = outcomes::SampleEstimates::of(outcomes::finish_rows(*plan_, accumulators_->combined()), all_.base);
    accumulators_.reset();
    plan_.reset();
    programs_.clear();
  }
  void commit() override {
    all_.estimates.add(std::move(found_));
    all_.drawn.add(number_, parameters_);
    if (all_.options.progress) all_.options.progress(number_);
  }

 private:
  const Collected& all_;
  std::int64_t number_;
  std::vector<double> parameters_;
  std::vector<program::Program> programs_;
  std::optional<outcomes::Plan> plan_;
  std::optional<Accumulators> accumulators_;
  std::vector<outcomes::SampleEstimates::One> found_;
};

}  // namespace

SampledRun run_samples(const Experiment& experiment, const outcomes::Results& base, const SampledOptions& options) {
  SampledRun done;
  DrawnParameters drawn(experiment);
  const Collected all{experiment, base, options, done.estimates, drawn};
  try {
    std::int64_t begun = 0;
    const engine::NextSample next = [&]() -> std::unique_ptr<engine::Sample> {
      if (begun == experiment.samples) return nullptr;
      return std::make_unique<OneSample>(all, ++begun);
    };
    done.counts = engine::run_samples(options.threads, options.stop, next);
  } catch (const OneSample::Unusable& problem) {
    throw InputError(problem.text);
  }
  done.parameters = drawn.table();
  return done;
}

}  // namespace sojourn::analysis
