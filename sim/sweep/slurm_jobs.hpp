// Whether a job of Slurm that another process ran in is over: what its controller says of all jobs, asked now and then.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace sojourn::sweep {

// One run of a job: it may be queued again and run once more under the same number.
struct JobRun {
  std::string cluster;
  std::int64_t job = 0, restarts = 0;
  friend auto operator<=>(const JobRun&, const JobRun&) = default;
};

[[nodiscard]] std::optional<JobRun> this_job();  // that this process runs in

// All jobs that the controller knows: those that wait or run, and for some minutes those that are over.
class JobList {
 public:
  // From what `scontrol -o show job` says and its exit code; nothing: it could not tell.
  [[nodiscard]] static std::optional<JobList> read(const std::string& text, int code);
  // A run of the controller's own cluster that began before it was asked.
  [[nodiscard]] bool has_ended(const JobRun& run) const;

 private:
  struct State {
    std::int64_t restarts = 0;
    bool over = false;
  };
  std::unordered_map<std::int64_t, State> jobs_;
};

// The controller is asked for all jobs at once, once a minute at most. Of several threads one asks; the others use
// the last answer meanwhile.
class SlurmJobs {
 public:
  explicit SlurmJobs(std::chrono::milliseconds every = std::chrono::minutes(1)) : every_(every) {}

  // Does not ask.
  [[nodiscard]] bool is_known_to_have_ended(const JobRun& run);
  // Asks if it is time to. `silent`: for how long nothing has been heard of the run, which an older answer says nothing
  // about. False also where Slurm cannot tell: it is not there, does not answer in time, or is another cluster's.
  [[nodiscard]] bool has_ended(const JobRun& run, std::chrono::seconds silent);

 private:
  using Clock = std::chrono::steady_clock;
  void ask(const std::string& cluster);

  std::chrono::milliseconds every_;
  std::mutex mutex_;  // of all below; not held while asking
  bool asking_ = false;
  std::optional<Clock::time_point> tried_;
  std::string cluster_;  // the controller's; empty: not known yet
  std::optional<JobList> list_;
  Clock::time_point asked_;  // for the list
  std::set<JobRun> ended_;
};

[[nodiscard]] SlurmJobs& slurm_jobs();  // of this process

}  // namespace sojourn::sweep
