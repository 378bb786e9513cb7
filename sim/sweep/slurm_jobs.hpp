// Whether a job of Slurm that another process ran in is over: what its controller says, asked now and then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sojourn::sweep {

// One run of a job: it may be queued again and run once more under the same number.
struct JobRun {
  std::string cluster;
  std::int64_t job = 0, restarts = 0;
  friend auto operator<=>(const JobRun&, const JobRun&) = default;
};

[[nodiscard]] std::optional<JobRun> this_job();  // that this process runs in

// False also where Slurm cannot tell: it is not there, does not answer within seconds, or is another cluster's.
[[nodiscard]] bool has_ended(const JobRun& run);

// What `scontrol -o show job` and its exit code tell of a run; nothing: they do not tell.
[[nodiscard]] std::optional<bool> tells_end(const std::string& text, int code, const JobRun& run);

}  // namespace sojourn::sweep
