// Patients through all programs, on the threads that are at work: for what runs inside the work on a sample. Waiting
// for the blocks takes up no other work meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/run.hpp"

namespace sojourn::engine {

struct PatientRange {
  std::int64_t first = 1, count = 0;
  friend bool operator==(const PatientRange&, const PatientRange&) = default;
};

class Lives {
 public:
  Lives();
  ~Lives();
  Lives(const Lives&) = delete;
  Lives& operator=(const Lives&) = delete;

  // One program a strategy. `update`: called by several threads at once, in any order of blocks. Throws what the first
  // faulty block threw, whatever the number of threads; Stopped.
  Counts live(const std::vector<program::Program>& programs, const PatientRange& patients,
              const std::atomic<bool>* stop, const std::function<void(const history::Block&)>& update);

 private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_;  // of the threads, kept from call to call
};

// What several threads need is made by the first; the others help it, if it lives patients, and wait.
class Once {
 public:
  Once();
  ~Once();
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;
  void call(const std::function<void()>& make);  // what throws is tried again by the next

 private:
  struct Flag;
  std::unique_ptr<Flag> flag_;
};

}  // namespace sojourn::engine
