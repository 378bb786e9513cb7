// The processes that do one piece of work together: those that mpirun or srun started, or this one alone. What they
// share is told here without MPI, which only the folder mpi/ knows.
//
// Work is given out item by item to whoever asks next, so that a slow process holds nobody up. Whatever is thrown in
// share() or agree() by one of them is thrown by all: each then ends with the same exit code, and one tells it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::team {

// Items 0 .. count - 1, as one process sees them.
class Items {
 public:
  virtual ~Items() = default;
  // The next that is for this process, none: no more. By one thread at a time.
  [[nodiscard]] virtual std::optional<std::int64_t> next() = 0;
  // How much this process has done so far, in any unit. Cheap, from any thread.
  virtual void progress(std::int64_t done) = 0;
};

class Team {
 public:
  using Work = std::function<void(Items& items)>;
  using Progress = std::function<void(std::int64_t done)>;  // by all together

  virtual ~Team() = default;
  [[nodiscard]] virtual int rank() const = 0;  // 0 is the one that speaks and writes
  [[nodiscard]] virtual int size() const = 0;
  [[nodiscard]] bool first() const { return rank() == 0; }
  // For each process a fair part of the processors of its host that it may use.
  [[nodiscard]] virtual int processors() const = 0;

  // The following are done by all, in the same order.
  // Each does its work with the items that it gets. `progress` is called in the first one, by one thread at a time.
  // After something was thrown no more items are given out, those begun are finished; then all throw what was thrown
  // at the earliest item: the same whoever had it, and however many there are.
  virtual void share(std::int64_t count, const Progress& progress, const Work& work) = 0;
  // If it throws in some, all throw what the first of these threw.
  virtual void agree(const std::function<void()>& action) = 0;
  // Of each, by rank, in the first; in the others nothing.
  [[nodiscard]] virtual std::vector<std::string> gather(const std::string& bytes) = 0;
  // Those of the first, in all.
  [[nodiscard]] virtual std::string broadcast(const std::string& bytes) = 0;

  // What was thrown last was thrown by all.
  [[nodiscard]] virtual bool agreed() const = 0;
  // The last call before the process ends. Without it, or with abort(), all are ended.
  virtual void leave() = 0;
  [[noreturn]] virtual void abort(int code) = 0;
};

[[nodiscard]] bool has_mpi();                               // in this build
[[nodiscard]] std::string mpi_name();                       // "Open MPI 4.1.4", "" without
[[nodiscard]] std::unique_ptr<Team> join();                 // those that started with this process
[[nodiscard]] std::unique_ptr<Team> alone(int processors);  // this process only
[[nodiscard]] int usable_processors();                      // that this process may run on

}  // namespace sojourn::team
