#include "engine/samples.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <string>

#include "base/error.hpp"
#include "engine/bench.hpp"

namespace sojourn::engine {

namespace {

// The first fault in the order of blocks, so that what is told does not depend on threads.
class FirstFault {
 public:
  void note(std::int64_t block, std::exception_ptr fault) {
    const std::scoped_lock lock(mutex_);
    if (fault_ && block_ < block) return;
    block_ = block;
    fault_ = std::move(fault);
  }
  void rethrow() const {
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  std::mutex mutex_;
  std::int64_t block_ = 0;
  std::exception_ptr fault_;
};

class SamplePipeline {
 public:
  SamplePipeline(std::int64_t samples, const RunOptions& options, const BeginSample& begin)
      : samples_(samples), options_(options), begin_(begin) {}

  Counts run() {
    const auto tokens = static_cast<std::size_t>(2 * options_.threads + 1);
    tbb::parallel_pipeline(
        tokens, tbb::make_filter<void, Shared>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) {
                  return next(control);
                }) & tbb::make_filter<Shared, Shared>(tbb::filter_mode::parallel, [this](const Shared& work) {
                  return live(work);
                }) & tbb::make_filter<Shared, void>(tbb::filter_mode::serial_in_order, [this](const Shared& work) {
                  finish(*work);
                }));
    if (fault_) std::rethrow_exception(fault_);
    if (begun_ < samples_) throw Stopped{};
    return counts_;
  }

 private:
  struct Work {
    std::int64_t sample = 0;
    std::unique_ptr<Sample> one;
    Counts counts;
    std::exception_ptr fault;
  };
  using Shared = std::shared_ptr<Work>;

  [[nodiscard]] bool stopped() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
  }

  Shared next(tbb::flow_control& control) {
    if (begun_ >= samples_ || stopped() || failed_.load(std::memory_order_relaxed)) {
      control.stop();
      return nullptr;
    }
    auto work = std::make_shared<Work>();
    work->sample = ++begun_;
    return work;
  }

  Shared live(const Shared& work) {
    try {
      work->one = begin_(work->sample);
      // What waits for the blocks of its sample takes up no other sample meanwhile.
      tbb::this_task_arena::isolate([&] { blocks(*work); });
      work->one->finish();
    } catch (const InputError& error) {  // of a patient
      const std::string where = " (in sample " + std::to_string(work->sample) + ")";
      work->fault = std::make_exception_ptr(InputError(error.what() + where));
      failed_ = true;
    } catch (...) {
      work->fault = std::current_exception();
      failed_ = true;
    }
    return work;
  }

  void blocks(Work& work) {
    const std::int64_t count = (options_.patients + block_patients - 1) / block_patients;
    FirstFault fault;
    std::mutex mutex;
    tbb::parallel_for(tbb::blocked_range<std::int64_t>(0, count), [&](const tbb::blocked_range<std::int64_t>& range) {
      Bench bench(work.one->programs());
      history::Block& block = rooms_.local();
      Counts counts;
      for (std::int64_t b = range.begin(); b != range.end(); ++b) {
        block.first_patient = options_.first_patient + b * block_patients;
        const std::int64_t left = options_.patients - b * block_patients;
        block.patients = static_cast<std::int32_t>(std::min<std::int64_t>(block_patients, left));
        try {
          bench.simulate(block, options_.stop);
          work.one->update(block);
        } catch (...) {
          fault.note(b, std::current_exception());
          break;
        }
        counts += bench.counts(block);
      }
      const std::scoped_lock lock(mutex);
      work.counts += counts;
    });
    fault.rethrow();
  }

  void finish(Work& work) {
    if (fault_) return;
    fault_ = work.fault;
    if (fault_) return;
    counts_ += work.counts;
    try {
      work.one->commit();
    } catch (...) {
      fault_ = std::current_exception();
      failed_ = true;
    }
  }

  std::int64_t samples_;
  RunOptions options_;
  const BeginSample& begin_;
  tbb::enumerable_thread_specific<history::Block> rooms_;
  std::int64_t begun_ = 0;
  std::atomic<bool> failed_ = false;
  std::exception_ptr fault_;
  Counts counts_;
};

}  // namespace

Counts run_samples(std::int64_t samples, const RunOptions& options, const BeginSample& begin) {
  const auto threads = static_cast<std::size_t>(options.threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(options.threads);
  Counts counts;
  arena.execute([&] { counts = SamplePipeline(samples, options, begin).run(); });
  return counts;
}

}  // namespace sojourn::engine
