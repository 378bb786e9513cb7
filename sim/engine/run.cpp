#include "engine/run.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>

#include "engine/bench.hpp"

namespace sojourn::engine {

namespace {

// A block on its way through the pipeline, with the bench it is worked on.
struct Item {
  explicit Item(const std::vector<program::Program>& strategies) : bench(strategies) {}
  Bench bench;
  history::Block block;
  std::function<void()> commit;
  std::exception_ptr fault;
};

class Pipeline {
 public:
  Pipeline(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process)
      : options_(options), process_(process) {
    for (int i = 0; i < tokens(); ++i) {
      items_.push_back(std::make_unique<Item>(strategies));
      free_.push_back(items_.back().get());
    }
  }

  Counts run() {
    const auto token_count = static_cast<std::size_t>(tokens());
    tbb::parallel_pipeline(
        token_count,
        tbb::make_filter<void, Item*>(tbb::filter_mode::serial_in_order,
                                      [this](tbb::flow_control& control) { return next(control); }) &
            tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel, [this](Item* item) { return work(item); }) &
            tbb::make_filter<Item*, void>(tbb::filter_mode::serial_in_order, [this](Item* item) { finish(*item); }));
    if (fault_) std::rethrow_exception(fault_);
    if (begun_ < options_.patients) throw Stopped{};
    return counts_;
  }

 private:
  [[nodiscard]] int tokens() const { return 3 * options_.threads + 1; }

  Item* next(tbb::flow_control& control) {
    const bool stop = options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
    if (begun_ >= options_.patients || stop || failed_.load(std::memory_order_relaxed)) {
      control.stop();
      return nullptr;
    }
    Item* item = take();
    item->block.first_patient = options_.first_patient + begun_;
    item->block.patients =
        static_cast<std::int32_t>(std::min<std::int64_t>(block_patients, options_.patients - begun_));
    begun_ += item->block.patients;
    return item;
  }

  Item* work(Item* item) {
    try {
      item->bench.simulate(item->block, options_.stop);
      item->commit = process_(item->block);
    } catch (...) {
      item->fault = std::current_exception();
      failed_ = true;
    }
    return item;
  }

  // There are as many items as tokens, so one is free. The one used last is still in the cache.
  Item* take() {
    const std::scoped_lock lock(mutex_);
    Item* item = free_.back();
    free_.pop_back();
    return item;
  }

  void finish(Item& item) {
    commit(item);
    const std::scoped_lock lock(mutex_);
    free_.push_back(&item);
  }

  void commit(Item& item) {
    if (fault_) return;
    if (item.fault) {
      fault_ = item.fault;
      return;
    }
    counts_ += item.bench.counts(item.block);
    try {
      if (item.commit) item.commit();
    } catch (...) {
      fault_ = std::current_exception();
      failed_ = true;
    }
  }

  RunOptions options_;
  const Process& process_;
  std::vector<std::unique_ptr<Item>> items_;
  std::mutex mutex_;
  std::vector<Item*> free_;
  std::int64_t begun_ = 0;
  std::atomic<bool> failed_ = false;
  std::exception_ptr fault_;
  Counts counts_;
};

}  // namespace

Counts run(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process) {
  const auto threads = static_cast<std::size_t>(options.threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(options.threads);
  Counts counts;
  arena.execute([&] { counts = Pipeline(strategies, options, process).run(); });
  return counts;
}

}  // namespace sojourn::engine
