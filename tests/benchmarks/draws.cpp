// Time per draw of a time to event, for every family of the list, as lowering makes it: a random number at its address,
// the budget -log u, and the inverse of the cumulative hazard. From when the clock is at 0; and from a clock that
// already runs, as after left truncation or when a hazard has changed. `random_number` is what all of them have in
// common.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <set>

#include "base/uniform.hpp"
#include "cases.hpp"
#include "distributions/compile.hpp"
#include "register.hpp"

namespace sojourn::benchmarks {

namespace {

constexpr int draws_a_turn = 256;

template <class Draw>
void measure(benchmark::State& state, const Draw& draw) {
  std::uint64_t patient = 1;
  for ([[maybe_unused]] const auto turn : state) {
    double sum = 0;
    for (int i = 0; i < draws_a_turn; ++i) {
      const TwoUniforms u = uniforms({1, 0}, {patient++ & 0xffffU, 0, 0x9e3779b9U, 0});
      sum += draw(unit_exponential(u.first));
    }
    benchmark::DoNotOptimize(sum);
  }
  state.counters["draw"] =  // [s]
      benchmark::Counter(static_cast<double>(state.iterations()) * draws_a_turn,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// A time within reach of the law, at which little has happened.
double early_time(const distributions::Law& law) {
  const double t = time_of(law, 0.1);
  return t < 1e6 ? t / 2 : 1.0;
}

}  // namespace

void register_draws() {
  benchmark::RegisterBenchmark("draws/random_number",
                               [](benchmark::State& state) { measure(state, [](double budget) { return budget; }); });
  std::set<std::string> seen;
  for (const test::Case& one : test::all_cases()) {  // they hold every family; the first of each is an everyday one
    const distributions::Law& law = one.law;
    if (one.compiled != wants_tables(one.compiled ? law.parts.front() : law)) continue;  // as a program has it
    if (!seen.insert(one.family).second) continue;
    benchmark::RegisterBenchmark(("draws/" + one.family).c_str(), [&law](benchmark::State& state) {
      measure(state, [&law](double budget) { return time_of(law, budget); });
    });
    const double from = early_time(law);
    benchmark::RegisterBenchmark(("draws_from_a_running_clock/" + one.family).c_str(),
                                 [&law, from](benchmark::State& state) {
                                   measure(state, [&law, from](double budget) { return time_of(law, from, budget); });
                                 });
  }
}

}  // namespace sojourn::benchmarks
