// A sweep as a Slurm job: an array of which each task works on a share of the shards, and a job after it that collects.
// The scripts are for people to read and change. A task that is told of its time limit (USR1) stops, keeps what it has
// finished and puts itself into the queue again; one that is preempted (TERM) stops, and Slurm queues it again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::sweep {

struct SlurmJob {
  std::string program, folder;       // absolute paths
  std::string name;                  // of the job
  std::size_t tasks = 1;             // of the array
  int threads = 1;                   // of a task
  std::vector<std::string> options;  // for sbatch, as they are
  std::string out;                   // what is collected, an absolute path
  bool resolve = false;              // tasks also resolve what is in their share
};

// A word for the shell, in single quotes.
[[nodiscard]] std::string shell_quoted(const std::string& text);

[[nodiscard]] std::string array_script(const SlurmJob& job);
[[nodiscard]] std::string collect_script(const SlurmJob& job);

// How many tasks: each with some minutes of work, no more than there are shards or Slurm allows.
[[nodiscard]] std::size_t tasks_for(double seconds, std::size_t shards, std::size_t most);

}  // namespace sojourn::sweep
