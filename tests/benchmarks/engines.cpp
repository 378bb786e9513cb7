// Time per life of the simulation alone, one thread: the reference engine, and the batched one in each instruction set
// that this processor has.
#include <benchmark/benchmark.h>

#include "engine/choice.hpp"
#include "register.hpp"
#include "workload.hpp"

namespace sojourn::benchmarks {

namespace {

void measure(benchmark::State& state, const Workload& workload, const engine::EngineChoice& choice) {
  const analysis::Experiment experiment = prepared(workload);
  Patients patients(experiment.programs, choice);
  history::Block block;
  std::int64_t lives = 0;
  for ([[maybe_unused]] const auto turn : state) {
    patients.choose_next(block);
    patients.live(block);
    lives += block.patients * static_cast<std::int64_t>(block.strategies.size());
  }
  state.counters["life"] = benchmark::Counter(static_cast<double>(lives),
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);  // [s]
}

void add(const Workload& workload, const std::string& name, const engine::EngineChoice& choice) {
  benchmark::RegisterBenchmark(("engines/" + workload.name + "/" + name).c_str(),
                               [&workload, choice](benchmark::State& state) { measure(state, workload, choice); });
}

}  // namespace

void register_engines() {
  for (const Workload& workload : workloads()) {
    add(workload, "reference", {engine::EngineKind::reference, engine::best_isa()});
    for (const engine::Isa isa : engine::every_isa) {
      if (engine::available(isa)) {
        add(workload, std::string(engine::name_of(isa)), {engine::EngineKind::batched, isa});
      }
    }
  }
}

}  // namespace sojourn::benchmarks
