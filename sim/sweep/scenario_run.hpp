// One scenario, or a range of its patients, as the engine works on it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "analysis/accumulators.hpp"
#include "base/uniform.hpp"
#include "engine/samples.hpp"
#include "sweep/shard_file.hpp"
#include "sweep/solutions.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {

// What runs of scenarios share.
struct Workplace {
  const Scenarios& scenarios;
  Variants& variants;
  std::uint32_t seed;
  Solutions* solutions = nullptr;  // null: at the model's own values, figures left aside
  const std::atomic<bool>* stop = nullptr;
};

// The key of the scenario's random numbers: all scenarios live the same lives; or each its own, as its id says.
[[nodiscard]] StreamKey stream_of(const Workplace& place, ScenarioKey id);

class ScenarioRun : public engine::Sample {
 public:
  // `whole`: these are all of the scenario's patients so far. `done`: called with what came of it, in the order in
  // which the engine was given scenarios.
  ScenarioRun(const Workplace& place, std::size_t scenario, const engine::PatientRange& patients, bool whole,
              std::function<void(ShardEntry)> done)
      : place_(place), scenario_(scenario), patients_(patients), whole_(whole), done_(std::move(done)) {}

  [[nodiscard]] engine::PatientRange patients() const override { return patients_; }
  [[nodiscard]] std::string name() const override { return "scenario " + id_text(place_.scenarios.id(scenario_)); }
  void prepare() override;
  [[nodiscard]] const std::vector<program::Program>& programs() const override { return programs_; }
  void update(const history::Block& block) override { sums_->update(block); }
  void finish() override;
  void commit() override { done_(std::move(entry_)); }
  [[nodiscard]] bool absorbs(const std::exception_ptr& fault) override;

 private:
  [[nodiscard]] std::vector<double> values();

  Workplace place_;
  std::size_t scenario_;
  engine::PatientRange patients_;
  bool whole_;
  std::function<void(ShardEntry)> done_;
  std::shared_ptr<Variant> variant_;
  std::vector<program::Program> programs_;
  std::optional<outcomes::Plan> plan_;
  std::optional<analysis::Accumulators> sums_;
  ShardEntry entry_;
};

}  // namespace sojourn::sweep
