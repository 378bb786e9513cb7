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

// A block on its way through the pipeline.
struct Item {
  history::Block block;
  Counts counts;
  std::function<void()> commit;
  std::exception_ptr fault;
};

// Objects that are used again and again, made when none is free. The one used last, still in the cache, is taken first.
template <class T>
class Pool {
 public:
  template <class... Arguments>
  [[nodiscard]] T* take(const Arguments&... arguments) {
    {
      const std::scoped_lock lock(mutex_);
      if (!free_.empty()) {
        T* const one = free_.back();
        free_.pop_back();
        return one;
      }
    }
    auto made = std::make_unique<T>(arguments...);
    const std::scoped_lock lock(mutex_);
    return all_.emplace_back(std::move(made)).get();
  }
  void give_back(T* one) {
    const std::scoped_lock lock(mutex_);
    free_.push_back(one);
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> all_;
  std::vector<T*> free_;
};

class Pipeline {
 public:
  Pipeline(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process)
      : strategies_(strategies), options_(options), process_(process) {}

  Counts run() {
    tbb::parallel_pipeline(
        3 * static_cast<std::size_t>(options_.threads) + 1,
        tbb::make_filter<void, Item*>(tbb::filter_mode::serial_in_order,
                                      [this](tbb::flow_control& control) { return next(control); }) &
            tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel, [this](Item* item) { return work(item); }) &
            tbb::make_filter<Item*, void>(tbb::filter_mode::serial_in_order, [this](Item* item) { finish(*item); }));
    if (fault_) std::rethrow_exception(fault_);
    if (begun_ < options_.patients) throw Stopped{};
    return counts_;
  }

 private:
  Item* next(tbb::flow_control& control) {
    const bool stop = options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
    if (begun_ >= options_.patients || stop || failed_.load(std::memory_order_relaxed)) {
      control.stop();
      return nullptr;
    }
    Item* item = items_.take();
    item->block.first_patient = options_.first_patient + begun_;
    item->block.patients =
        static_cast<std::int32_t>(std::min<std::int64_t>(block_patients, options_.patients - begun_));
    begun_ += item->block.patients;
    return item;
  }

  Item* work(Item* item) {
    try {
      simulate(*item);
      item->commit = process_(item->block);
    } catch (...) {
      item->fault = std::current_exception();
      failed_ = true;
    }
    return item;
  }

  // One that throws is not given back: the run ends.
  void simulate(Item& item) {
    Bench* const bench = benches_.take(strategies_);
    bench->simulate(item.block, options_.stop);
    item.counts = bench->counts(item.block);
    benches_.give_back(bench);
  }

  void finish(Item& item) {
    commit(item);
    items_.give_back(&item);
  }

  void commit(Item& item) {
    if (fault_) return;
    if (item.fault) {
      fault_ = item.fault;
      return;
    }
    counts_ += item.counts;
    try {
      if (item.commit) item.commit();
    } catch (...) {
      fault_ = std::current_exception();
      failed_ = true;
    }
  }

  const std::vector<program::Program>& strategies_;
  RunOptions options_;
  const Process& process_;
  Pool<Item> items_;
  Pool<Bench> benches_;
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
