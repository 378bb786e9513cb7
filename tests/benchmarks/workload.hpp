// What the benchmarks measure on: a model of this repository, made ready to run, and its patients block by block.
#pragma once

#include <string>
#include <vector>

#include "analysis/experiment.hpp"
#include "engine/bench.hpp"
#include "history/block.hpp"
#include "store/run_input.hpp"

namespace sojourn::benchmarks {

struct Workload {
  std::string name;      // as the row of the table
  std::string model;     // path in the repository
  std::string outcomes;  // path of a file with `outcomes:` that take the place of the model's; empty: the model's own
};

[[nodiscard]] const std::vector<Workload>& workloads();
[[nodiscard]] const Workload& flagship();

// Throws std::runtime_error with what `sojourn check` would say.
[[nodiscard]] analysis::Experiment prepared(const Workload& workload);
[[nodiscard]] store::RunInput run_input(const Workload& workload, std::int64_t patients);

// Whole blocks of patients 1, 2, ...; after `period` of them from the beginning again, so that however often a
// benchmark asks, it measures on the same lives.
class Patients {
 public:
  static constexpr std::int64_t period = 64;

  explicit Patients(const std::vector<program::Program>& programs,
                    const engine::EngineChoice& choice = engine::engine_choice())
      : bench_(programs, choice) {}

  void choose_next(history::Block& block);
  void live(history::Block& block) { bench_.simulate(block, nullptr); }
  [[nodiscard]] engine::Counts counts(const history::Block& block) const { return bench_.counts(block); }

 private:
  engine::Bench bench_;
  std::int64_t next_ = 0;  // block
};

}  // namespace sojourn::benchmarks
