// Trajectories of the flagship to a result file, for each way to compress: bytes a second, counted as in the file
// without compression, and bytes of the file an event. One thread; a file is opened, filled, synced to the disk and
// closed each time, in the folder for temporary files (TMPDIR).
#include <benchmark/benchmark.h>
#include <tbb/task_arena.h>

#include <filesystem>
#include <random>

#include "analysis/experiment.hpp"
#include "register.hpp"
#include "store/writer.hpp"
#include "workload.hpp"

namespace sojourn::benchmarks {

namespace {

constexpr std::int64_t blocks = 40;

// Blocks that have been simulated, and how many events they hold.
struct Stored {
  analysis::Experiment experiment = prepared(flagship());
  store::RunInput input = run_input(flagship(), blocks* engine::block_patients);
  std::vector<history::Block> lives{static_cast<std::size_t>(blocks)};
  double events = 0;
  double plain_bytes = 0;  // of the file without compression

  Stored() {
    Patients patients(experiment.programs);
    for (history::Block& block : lives) {
      patients.choose_next(block);
      patients.live(block);
      const engine::Counts counts = patients.counts(block);
      events += static_cast<double>(counts.moves + counts.events);
    }
    plain_bytes = write(store::Compression::none);
  }

  // Returns the size of the file [bytes].
  double write(store::Compression compression) {
    input.compression = compression;
    const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                       ("sojourn_benchmarks_" + std::to_string(std::random_device{}()) + ".h5");
    store::Writer writer(path.string(), experiment.model, input);
    for (const history::Block& block : lives) writer.append(block);
    benchmark::DoNotOptimize(writer.finish());
    const auto size = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::remove(path);
    return size;
  }
};

Stored& stored() {
  static Stored all;
  return all;
}

void measure(benchmark::State& state, store::Compression compression) {
  Stored& all = stored();
  double size = 0;
  tbb::task_arena one_thread(1);  // otherwise chunks are coded by whichever thread has time
  for ([[maybe_unused]] const auto turn : state) one_thread.execute([&] { size = all.write(compression); });
  state.counters["bytes_a_second"] = benchmark::Counter(all.plain_bytes, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bytes_an_event"] = size / all.events;
  state.counters["event"] =  // [s]
      benchmark::Counter(all.events, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

}  // namespace

void register_storing() {
  for (const auto how : {store::Compression::none, store::Compression::fast, store::Compression::small}) {
    benchmark::RegisterBenchmark(("storing/" + std::string(store::name_of(how))).c_str(), [how](
                                                                                              benchmark::State& state) {
      measure(state, how);
    })->UseRealTime();
  }
}

}  // namespace sojourn::benchmarks
