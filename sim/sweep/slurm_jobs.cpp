#include "sweep/slurm_jobs.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <sstream>
#include <string_view>

#include "base/said.hpp"

namespace sojourn::sweep {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds again_after{20};
constexpr const char* ask = "timeout 10 scontrol ";  // a controller that is down takes minutes to be given up

// Also those in which a job waits to be run again.
constexpr std::string_view over[] = {"BOOT_FAIL", "CANCELLED", "COMPLETED",    "DEADLINE",     "FAILED",
                                     "NODE_FAIL", "PENDING",   "PREEMPTED",    "REQUEUED",     "REQUEUE_FED",
                                     "REVOKED",   "TIMEOUT",   "REQUEUE_HOLD", "SPECIAL_EXIT", "OUT_OF_MEMORY"};

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

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
  static const std::string name = [] {
    std::istringstream lines(said_by(std::string(ask) + "show config 2> /dev/null").text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("ClusterName")) continue;
      const std::size_t value = line.find_first_not_of(" =", 11);
      return value == std::string::npos ? std::string() : line.substr(value, line.find_last_not_of(' ') + 1 - value);
    }
    return std::string();
  }();
  return name;
}

}  // namespace

std::optional<JobRun> this_job() {
  JobRun run{variable("SLURM_CLUSTER_NAME"), number_in(variable("SLURM_JOB_ID")),
             number_in(variable("SLURM_RESTART_COUNT"))};
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
    if (number_in(value_of(line, "Restarts")) > run.restarts) return true;
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
    const Said said = said_by(std::string(ask) + "-o show job " + std::to_string(run.job) + " 2>&1");
    ended = tells_end(said.text, said.code, run).value_or(false);
  }
  known[run] = {ended, Clock::now()};
  return ended;
}

}  // namespace sojourn::sweep
