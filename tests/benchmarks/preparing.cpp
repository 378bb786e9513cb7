// What a scenario or a sample of a sweep costs before its first life: the flagship, loaded and checked once, lowered
// for one strategy with other parameter values each time; and the engine made ready for the programs of all strategies.
#include <benchmark/benchmark.h>

#include <array>
#include <stdexcept>

#include "engine/bench.hpp"
#include "program/lower.hpp"
#include "register.hpp"
#include "workload.hpp"

namespace sojourn::benchmarks {

namespace {

constexpr std::size_t scenarios = 1024;

// Values of all parameters in each of the scenarios: only the causal hazard ratio and the wait differ.
std::vector<std::vector<double>> parameter_values(const analysis::Experiment& experiment) {
  const auto& names = experiment.model.parameters;
  const auto place = [&](const std::string& name) {
    for (std::size_t p = 0; p < names.size(); ++p) {
      if (names[p].name == name) return p;
    }
    throw std::runtime_error("the flagship has no parameter " + name);
  };
  const std::array varied{place("hr_relapse_hsct"), place("hsct_wait_median")};
  std::vector<std::vector<double>> made(scenarios, experiment.parameters);
  for (std::size_t s = 0; s < scenarios; ++s) {
    for (const std::size_t p : varied) made[s][p] *= 0.5 + static_cast<double>(s) / scenarios;
  }
  return made;
}

benchmark::Counter once() {  // [s]
  return {1, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert};
}

void lower(benchmark::State& state) {
  const analysis::Experiment experiment = prepared(flagship());
  const auto values = parameter_values(experiment);
  const model::Strategy& strategy = experiment.model.strategies[experiment.reference.index()];
  std::size_t turn = 0;
  for ([[maybe_unused]] const auto one : state) {
    benchmark::DoNotOptimize(program::lower(experiment.model, strategy, values[turn++ % scenarios]));
  }
  state.counters["once"] = once();
}

void make_ready(benchmark::State& state) {
  const analysis::Experiment experiment = prepared(flagship());
  for ([[maybe_unused]] const auto one : state) {
    engine::Bench bench(experiment.programs);
    benchmark::DoNotOptimize(bench);
  }
  state.counters["once"] = once();
}

}  // namespace

void register_preparing() {
  benchmark::RegisterBenchmark("preparing/lower", lower);
  benchmark::RegisterBenchmark("preparing/engine", make_ready);
}

}  // namespace sojourn::benchmarks
