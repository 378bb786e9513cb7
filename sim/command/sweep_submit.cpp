#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "base/said.hpp"
#include "command/sweep.hpp"
#include "command/sweep_folder.hpp"
#include "sweep/pilot.hpp"
#include "sweep/scontrol.hpp"
#include "sweep/slurm.hpp"
#include "sweep/status.hpp"

namespace sojourn::command {

namespace {

namespace fs = std::filesystem;

std::string job_id(const std::string& line) {
  const Said said = said_by(line);
  if (said.code != 0) {
    throw RunError("sbatch did not take the job (" + line + "); `--print` writes the scripts and submits nothing");
  }
  return said.text.substr(0, said.text.find(';'));
}

}  // namespace

int sweep_submit(const SweepOptions& options) {
  const std::string folder = make_sweep_folder(options);
  const sweep::Draft draft = sweep::read_draft(options.sweep, SOJOURN_VERSION);
  const auto opened = sweep::Opened::open(folder, SOJOURN_VERSION);
  const sweep::Status status = sweep::status_of(*opened);
  const std::size_t missing = status.shards - status.done;
  const sweep::Pilot pilot = sweep::try_some(draft, model::DiskSources(draft.model_path), opened->seed);
  sweep::SlurmJob job;
  job.program = fs::read_symlink("/proc/self/exe").string();
  job.folder = fs::absolute(folder).lexically_normal().string();
  job.name = fs::path(job.folder).stem().string();
  job.threads = options.threads > 0 ? options.threads : 1;
  const auto left = static_cast<double>(status.lives - status.lives_done);
  const double seconds =
      (left * pilot.seconds_a_life + left / static_cast<double>(status.lives) * sweep::figure_seconds(draft, pilot)) /
      job.threads;
  job.tasks = options.tasks > 0 ? static_cast<std::size_t>(options.tasks)
                                : sweep::tasks_for(seconds, missing, sweep::slurm_config().most_tasks);
  job.options = options.sbatch;
  job.resolve = opened->scenarios.file().resolve.has_value();
  job.out = fs::absolute(options.out.empty() ? job.name + ".h5" : options.out).string();
  make_folder(job.folder + "/slurm");
  const std::string array = job.folder + "/slurm/array.sh", collect = job.folder + "/slurm/collect.sh";
  write_durably(array, sweep::array_script(job));
  write_durably(collect, sweep::collect_script(job));
  if (options.print) {
    std::printf("%s\n%s\njob=$(sbatch --parsable %s)\nsbatch --dependency=afterany:$job %s\n",
                sweep::array_script(job).c_str(), sweep::collect_script(job).c_str(),
                sweep::shell_quoted(array).c_str(), sweep::shell_quoted(collect).c_str());
    return 0;
  }
  const std::string first = job_id("sbatch --parsable " + sweep::shell_quoted(array));
  const std::string second =
      job_id("sbatch --parsable --dependency=afterany:" + first + " " + sweep::shell_quoted(collect));
  std::printf("%s: %zu shards in an array of %zu tasks, job %s; collected by job %s into %s\n", folder.c_str(), missing,
              job.tasks, first.c_str(), second.c_str(), job.out.c_str());
  return 0;
}

}  // namespace sojourn::command
