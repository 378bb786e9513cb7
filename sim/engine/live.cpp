#include "engine/live.hpp"

#include <tbb/blocked_range.h>
#include <tbb/collaborative_call_once.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <mutex>

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

}  // namespace

struct Lives::Rooms {
  tbb::enumerable_thread_specific<history::Block> blocks;
};

Lives::Lives() : rooms_(std::make_unique<Rooms>()) {}
Lives::~Lives() = default;

Counts Lives::live(const std::vector<program::Program>& programs, const PatientRange& patients,
                   const std::atomic<bool>* stop, const std::function<void(const history::Block&)>& update) {
  const std::int64_t count = (patients.count + block_patients - 1) / block_patients;
  FirstFault fault;
  std::mutex mutex;
  Counts all;
  const auto some = [&](const tbb::blocked_range<std::int64_t>& range) {
    Bench bench(programs);
    history::Block& block = rooms_->blocks.local();
    Counts counts;
    for (std::int64_t b = range.begin(); b != range.end(); ++b) {
      block.first_patient = patients.first + b * block_patients;
      const std::int64_t left = patients.count - b * block_patients;
      block.patients = static_cast<std::int32_t>(std::min<std::int64_t>(block_patients, left));
      try {
        bench.simulate(block, stop);
        update(block);
      } catch (...) {
        fault.note(b, std::current_exception());
        break;
      }
      counts += bench.counts(block);
    }
    const std::scoped_lock lock(mutex);
    all += counts;
  };
  tbb::this_task_arena::isolate([&] { tbb::parallel_for(tbb::blocked_range<std::int64_t>(0, count), some); });
  fault.rethrow();
  return all;
}

struct Once::Flag {
  tbb::collaborative_once_flag flag;
};

Once::Once() : flag_(std::make_unique<Flag>()) {}
Once::~Once() = default;

void Once::call(const std::function<void()>& make) {
  tbb::collaborative_call_once(flag_->flag, make);
}

}  // namespace sojourn::engine
