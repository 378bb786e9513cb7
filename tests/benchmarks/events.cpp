// Time per event of one thread, an event being a move from state to state or an event of the run's record: the
// simulation alone, with the outcomes (and trials) of the model, and the outcomes' part by itself, measured on blocks
// that have just been simulated, as in a run. It is the processor's time of the thread that counts: what others do on
// the machine disturbs it least.
#include <benchmark/benchmark.h>

#include <ctime>
#include <utility>

#include "analysis/estimators.hpp"
#include "register.hpp"
#include "workload.hpp"

namespace sojourn::benchmarks {

namespace {

enum class Part { simulation, outcomes, both };

double now() {  // [s]
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void measure(benchmark::State& state, const Workload& workload, Part part) {
  const analysis::Experiment experiment = prepared(workload);
  analysis::Estimators estimators(experiment);
  Patients patients(experiment.programs);
  history::Block block;
  engine::Counts counts;
  std::int64_t lives = 0;
  for ([[maybe_unused]] const auto turn : state) {
    patients.choose_next(block);
    const double begun = now();
    patients.live(block);
    const double simulated = now();
    if (part != Part::simulation) estimators.update(block);
    const double done = now();
    state.SetIterationTime(done - (part == Part::outcomes ? simulated : begun));
    counts += patients.counts(block);
    lives += block.patients * static_cast<std::int64_t>(block.strategies.size());
  }
  const auto each = [&](auto number) {  // [s]
    return benchmark::Counter(static_cast<double>(number), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  };
  state.counters["event"] = each(counts.moves + counts.events);
  state.counters["draw"] = each(counts.draws);
  state.counters["life"] = each(lives);
}

}  // namespace

void register_events() {
  const std::pair<const char*, Part> parts[] = {
      {"simulation", Part::simulation}, {"with_outcomes", Part::both}, {"outcomes", Part::outcomes}};
  for (const Workload& workload : workloads()) {
    for (const auto& one : parts) {
      benchmark::RegisterBenchmark(("events/" + workload.name + "/" + one.first).c_str(), [&workload,
                                                                                           part = one.second](
                                                                                              benchmark::State& state) {
        measure(state, workload, part);
      })->UseManualTime();
    }
  }
}

}  // namespace sojourn::benchmarks
