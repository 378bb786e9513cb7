// sojourn_benchmarks: time per draw, per event, per byte written, and to prepare a scenario, one thread. Google
// Benchmark's options (--benchmark_filter=REGEX, --benchmark_format=json, ...); scripts/benchmark runs it and reads
// what it says.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>

#include "register.hpp"

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  try {
    sojourn::benchmarks::register_draws();
    sojourn::benchmarks::register_events();
    sojourn::benchmarks::register_engines();
    sojourn::benchmarks::register_preparing();
    sojourn::benchmarks::register_storing();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "sojourn_benchmarks: %s\n", problem.what());
    return 1;
  }
  benchmark::Shutdown();
}
