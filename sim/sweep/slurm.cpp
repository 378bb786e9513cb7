#include "sweep/slurm.hpp"

#include <algorithm>
#include <cmath>

namespace sojourn::sweep {

namespace {

constexpr double seconds_a_task = 600;

std::string head(const SlurmJob& job, const std::string& name, const std::string& log) {
  return "#!/bin/bash\n#SBATCH --job-name=\"" + name + "\"\n#SBATCH --open-mode=append\n#SBATCH --output=\"" +
         job.folder + "/slurm/" + log + "\"\n";
}

std::string passed_on(const SlurmJob& job) {
  std::string text;
  for (const std::string& one : job.options) text += "#SBATCH " + one + "\n";
  return text;
}

}  // namespace

std::string shell_quoted(const std::string& text) {
  std::string made = "'";
  for (const char c : text) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return made + "'";
}

std::string array_script(const SlurmJob& job) {
  const std::string tasks = std::to_string(job.tasks);
  return head(job, job.name, "task_%a.log") + "#SBATCH --array=1-" + tasks +
         "\n#SBATCH --cpus-per-task=" + std::to_string(job.threads) +
         "\n#SBATCH --requeue\n#SBATCH --signal=B:USR1@60\n" + passed_on(job) +
         "\n# Each task works on its share of the shards; what is finished is passed over, also after a requeue.\n" +
         shell_quoted(job.program) + " sweep resume " + shell_quoted(job.folder) + " --shard \"$SLURM_ARRAY_TASK_ID/" +
         tasks + "\" " + (job.resolve ? "--resolve " : "") + "--no-wait --threads \"${SLURM_CPUS_PER_TASK:-" +
         std::to_string(job.threads) +
         "}\" &\n"
         "worker=$!\n"
         "again=no\n"
         "trap 'again=yes; kill -TERM $worker' USR1  # the time limit comes\n"
         "trap 'kill -TERM $worker' TERM              # preempted or cancelled\n"
         "wait $worker; code=$?\n"
         "while kill -0 $worker 2> /dev/null; do wait $worker; code=$?; done  # a trap ends a wait\n"
         "if [[ $again = yes && $code -gt 128 ]]; then\n"
         "  scontrol requeue \"$SLURM_JOB_ID\"\n"
         "  exit 0\n"
         "fi\n"
         "[[ $code -eq 4 ]] && exit 0  # scenarios that failed are the collecting job's to tell\n"
         "exit $code\n";
}

std::string collect_script(const SlurmJob& job) {
  return head(job, job.name + "_collect", "collect.log") + passed_on(job) + "\n" + shell_quoted(job.program) +
         " sweep collect " + shell_quoted(job.folder) + " --out " + shell_quoted(job.out) +
         " --threads \"${SLURM_CPUS_PER_TASK:-1}\"\n";
}

std::size_t tasks_for(double seconds, std::size_t shards, std::size_t most) {
  const double wanted = std::ceil(std::max(seconds, 1.0) / seconds_a_task);
  const std::size_t limit = std::max<std::size_t>(1, std::min(shards, most));
  return wanted < static_cast<double>(limit) ? static_cast<std::size_t>(wanted) : limit;
}

}  // namespace sojourn::sweep
