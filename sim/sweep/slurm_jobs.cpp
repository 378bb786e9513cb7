#include "sweep/slurm_jobs.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <sstream>
#include <string_view>

#include "sweep/scontrol.hpp"

namespace sojourn::sweep {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds again_after{20};

// Also those in which a job waits to be run again.
constexpr std::string_view over[] = {"BOOT_FAIL", "CANCELLED", "COMPLETED",    "DEADLINE",     "FAILED",
                                     "NODE_FAIL", "PENDING",   "PREEMPTED",    "REQUEUED",     "REQUEUE_FED",
                                     "REVOKED",   "TIMEOUT",   "REQUEUE_HOLD", "SPECIAL_EXIT", "OUT_OF_MEMORY"};

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// KEY=VALUE among the words of a line.
std::string_view value_of(std::string_view line, std::string_view key) {
  const std::string wanted = " " + std::string(key) + "=";
  const std::size_t place = line.find(wanted);
  if (place == std::string_view::npos) return "";
  const std::string_view rest = line.substr(place + wanted.size());
  return rest.substr(0, rest.find(' '));
}

// Of the controller that answers here; empty: there is none.
const std::string& own_cluster() {
  static const std::string name = slurm_config().cluster;
  return name;
}

}  // namespace

std::optional<JobRun> this_job() {
  JobRun run{variable("SLURM_CLUSTER_NAME"), number_at(variable("SLURM_JOB_ID")),
             number_at(variable("SLURM_RESTART_COUNT"))};
  const bool one_word = run.cluster.find_first_of(" \t\n") == std::string::npos;
  return run.job > 0 && !run.cluster.empty() && one_word ? std::optional(run) : std::nullopt;
}

// The number of an array's last task is also that of the array, of which each task is told then.
std::optional<bool> tells_end(const std::string& text, int code, const JobRun& run) {
  const std::string own = "JobId=" + std::to_string(run.job) + " ";
  std::istringstream lines(text);
  bool others = false;
  for (std::string line; std::getline(lines, line);) {
    others = others || line.starts_with("JobId=");
    if (!line.starts_with(own)) continue;
    if (number_at(value_of(line, "Restarts")) > run.restarts) return true;
    return std::ranges::find(over, value_of(line, "JobState")) != std::end(over);
  }
  if (others || text.find("Invalid job id") != std::string::npos) return true;  // forgotten some minutes after its end
  return code == 0 ? std::optional(true) : std::nullopt;
}

bool has_ended(const JobRun& run) {
  static std::mutex mutex;
  static std::map<JobRun, std::pair<bool, Clock::time_point>> known;
  const std::scoped_lock lock(mutex);
  if (const auto found = known.find(run); found != known.end()) {
    const auto& [ended, asked] = found->second;
    if (ended || Clock::now() - asked < again_after) return ended;
  }
  bool ended = false;
  if (run.cluster == own_cluster()) {
    const Said said = said_by_scontrol("-o show job " + std::to_string(run.job) + " 2>&1");
    ended = tells_end(said.text, said.code, run).value_or(false);
  }
  known[run] = {ended, Clock::now()};
  return ended;
}

}  // namespace sojourn::sweep
