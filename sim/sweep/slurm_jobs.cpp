#include "sweep/slurm_jobs.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "sweep/scontrol.hpp"

namespace sojourn::sweep {

namespace {

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

}  // namespace

std::optional<JobRun> this_job() {
  JobRun run{variable("SLURM_CLUSTER_NAME"), number_at(variable("SLURM_JOB_ID")),
             number_at(variable("SLURM_RESTART_COUNT"))};
  const bool one_word = run.cluster.find_first_of(" \t\n") == std::string::npos;
  return run.job > 0 && !run.cluster.empty() && one_word ? std::optional(run) : std::nullopt;
}

std::optional<JobList> JobList::read(const std::string& text, int code) {
  constexpr std::string_view head = "JobId=";
  if (code != 0) return std::nullopt;
  JobList list;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.starts_with(head)) continue;
    const bool ended = std::ranges::find(over, value_of(line, "JobState")) != std::end(over);
    list.jobs_[number_at(line.substr(head.size()))] = {number_at(value_of(line, "Restarts")), ended};
  }
  return list;
}

bool JobList::has_ended(const JobRun& run) const {
  const auto found = jobs_.find(run.job);
  return found == jobs_.end() || found->second.over || found->second.restarts > run.restarts;
}

bool SlurmJobs::is_known_to_have_ended(const JobRun& run) {
  const auto own = this_job();
  if (own && own->cluster == run.cluster && own->job == run.job && own->restarts > run.restarts) return true;
  const std::scoped_lock lock(mutex_);
  return ended_.contains(run);
}

bool SlurmJobs::has_ended(const JobRun& run, std::chrono::seconds silent) {
  if (is_known_to_have_ended(run)) return true;
  ask(run.cluster);
  const std::scoped_lock lock(mutex_);
  const bool ended = list_ && run.cluster == cluster_ && Clock::now() - asked_ < silent && list_->has_ended(run);
  if (ended) ended_.insert(run);
  return ended;
}

void SlurmJobs::ask(const std::string& cluster) {
  const auto begun = Clock::now();
  std::unique_lock lock(mutex_);
  const bool others = !cluster_.empty() && cluster_ != cluster;
  if (asking_ || others || (tried_ && begun - *tried_ < every_)) return;
  asking_ = true;
  tried_ = begun;
  std::string own = cluster_;
  lock.unlock();
  if (own.empty()) own = slurm_config().cluster;
  std::optional<JobList> list;
  if (!own.empty()) {
    const Said said = said_by_scontrol("-a -o show job");  // -a: also those in hidden partitions
    list = JobList::read(said.text, said.code);
  }
  lock.lock();
  asking_ = false;
  cluster_ = own;
  if (!list) return;
  list_ = std::move(list);
  asked_ = begun;
}

SlurmJobs& slurm_jobs() {
  static SlurmJobs jobs;
  return jobs;
}

}  // namespace sojourn::sweep
