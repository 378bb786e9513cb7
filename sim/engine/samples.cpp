#include "engine/samples.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <exception>
#include <string>

#include "base/error.hpp"

namespace sojourn::engine {

namespace {

class SamplePipeline {
 public:
  SamplePipeline(int threads, const std::atomic<bool>* stop, const NextSample& next)
      : threads_(threads), stop_(stop), next_(next) {}

  Counts run() {
    const auto tokens = std::size_t{2} * static_cast<std::size_t>(threads_) + 1;
    tbb::parallel_pipeline(
        tokens, tbb::make_filter<void, Shared>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) {
                  return next(control);
                }) & tbb::make_filter<Shared, Shared>(tbb::filter_mode::parallel, [this](const Shared& work) {
                  return live(work);
                }) & tbb::make_filter<Shared, void>(tbb::filter_mode::serial_in_order, [this](const Shared& work) {
                  finish(*work);
                }));
    if (fault_) std::rethrow_exception(fault_);
    if (stopped_) throw Stopped{};
    return counts_;
  }

 private:
  struct Work {
    std::unique_ptr<Sample> one;
    Counts counts;
    std::exception_ptr fault;
  };
  using Shared = std::shared_ptr<Work>;

  Shared next(tbb::flow_control& control) {
    stopped_ = stop_ != nullptr && stop_->load(std::memory_order_relaxed);
    auto work = std::make_shared<Work>();
    try {
      if (!stopped_ && !failed_.load(std::memory_order_relaxed)) work->one = next_();
    } catch (...) {
      work->fault = std::current_exception();
      failed_ = true;
      return work;
    }
    if (!work->one) control.stop();
    return work->one ? work : nullptr;
  }

  Shared live(const Shared& work) {
    if (!work->one) return work;
    try {
      work->one->prepare();
      work->counts = lives_.live(work->one->programs(), work->one->patients(), stop_,
                                 [&](const history::Block& block) { work->one->update(block); });
      work->one->finish();
    } catch (...) {
      work->fault = named(std::current_exception(), *work->one);
      if (work->one->absorbs(work->fault)) {
        work->fault = nullptr;
      } else {
        failed_ = true;
      }
    }
    return work;
  }

  // An error of a patient says in which sample.
  static std::exception_ptr named(const std::exception_ptr& fault, const Sample& one) {
    try {
      std::rethrow_exception(fault);
    } catch (const InputError& error) {
      return std::make_exception_ptr(InputError(std::string(error.what()) + " (in " + one.name() + ")"));
    } catch (...) {
      return fault;
    }
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

  int threads_;
  const std::atomic<bool>* stop_;
  const NextSample& next_;
  Lives lives_;
  std::atomic<bool> failed_ = false;
  bool stopped_ = false;
  std::exception_ptr fault_;
  Counts counts_;
};

}  // namespace

Counts run_samples(int threads, const std::atomic<bool>* stop, const NextSample& next) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  Counts counts;
  arena.execute([&] { counts = SamplePipeline(threads, stop, next).run(); });
  return counts;
}

}  // namespace sojourn::engine
