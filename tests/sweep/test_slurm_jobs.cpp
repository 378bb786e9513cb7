// What is made of Slurm's answers. The answers are those of Slurm 22.05, cut short.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sweep/claim.hpp"
#include "sweep/scontrol.hpp"
#include "sweep/slurm_jobs.hpp"

namespace sojourn::sweep {
namespace {

namespace fs = std::filesystem;

const char* const invalid = "slurm_load_jobs error: Invalid job id specified";

std::string record(int job, const std::string& state, int restarts) {
  const std::string id = "JobId=" + std::to_string(job);
  return id + " ArrayJobId=7 ArrayTaskId=3 JobName=s JobState=" + state +
         " Reason=None Requeue=1 Restarts=" + std::to_string(restarts) + " BatchFlag=1\n";
}

TEST(SlurmJobs, EndAsTheControllerSays) {
  const JobRun run{"c", 9, 1};
  for (const char* state : {"RUNNING", "SUSPENDED", "COMPLETING", "CONFIGURING", "RESIZING"}) {
    EXPECT_EQ(tells_end(record(9, state, 1), 0, run), false) << state;
  }
  for (const char* state : {"COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "OUT_OF_MEMORY"}) {
    EXPECT_EQ(tells_end(record(9, state, 1), 0, run), true) << state;
  }
  EXPECT_EQ(tells_end(record(9, "PENDING", 1), 0, run), true);  // it waits to be run once more
  EXPECT_EQ(tells_end(record(9, "RUNNING", 2), 0, run), true);  // it is another run of the job
  EXPECT_EQ(tells_end(invalid, 1, run), true);                  // long over
  EXPECT_EQ(tells_end("slurm_load_jobs error: Unable to contact slurm controller", 1, run), std::nullopt);
  EXPECT_EQ(tells_end("", 124, run), std::nullopt);  // no answer in time
  EXPECT_EQ(tells_end("", 127, run), std::nullopt);  // no such program
}

TEST(SlurmJobs, AnArrayIsToldByItsTasks) {
  const std::string tasks = record(9, "RUNNING", 0) + record(8, "COMPLETED", 0) + record(10, "RUNNING", 0);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 9, 0}), false);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 8, 0}), true);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 7, 0}), true);  // forgotten before the others
}

// A stand-in for scontrol on the path knows one running job of the cluster `here`.
class SlurmClaims : public testing::Test {
 protected:
  SlurmClaims() {
    char name[] = "/tmp/sojourn-claims-XXXXXX";
    folder_ = ::mkdtemp(name);
    const std::string program = folder_ + "/scontrol";
    std::ofstream(program) << "#!/bin/sh\necho \"$*\" >> " << folder_ << "/asked\n"
                           << "case \"$*\" in\n  'show config') echo 'ClusterName             = here'; echo "
                              "'MaxArraySize            = 4001';;\n"
                           << "  '-o show job 5') echo 'JobId=5 JobName=s JobState=RUNNING Restarts=0 x';;\n"
                           << "  *) echo '" << invalid << "' >&2; exit 1;;\nesac\n";
    ::chmod(program.c_str(), 0755);
    ::setenv("PATH", (folder_ + ":" + std::getenv("PATH")).c_str(), 1);
  }
  ~SlurmClaims() override { fs::remove_all(folder_); }

  [[nodiscard]] bool is_held(const std::string& words) const {
    const std::string path = folder_ + "/a.claim";
    std::ofstream(path) << words << "\n";
    return Claim::is_held(path);
  }

  std::string folder_;
};

TEST_F(SlurmClaims, OfAnotherHostEndWithTheirJob) {
  EXPECT_TRUE(is_held("elsewhere 1 1 here 5 0"));
  EXPECT_FALSE(is_held("elsewhere 1 1 here 6 0"));
  EXPECT_TRUE(is_held("elsewhere 1 1 there 6 0"));  // not this controller's to say
  EXPECT_TRUE(is_held("elsewhere 1 1"));
  std::ifstream asked(folder_ + "/asked");
  const std::string all{std::istreambuf_iterator<char>(asked), {}};
  EXPECT_EQ(all, "show config\n-o show job 5\n-o show job 6\n");
  EXPECT_TRUE(is_held("elsewhere 1 1 here 5 0"));  // it is not asked again at once
  EXPECT_FALSE(is_held("elsewhere 1 1 here 6 0"));
  EXPECT_EQ(fs::file_size(folder_ + "/asked"), all.size());
}

TEST_F(SlurmClaims, TheConfigurationIsRead) {
  EXPECT_EQ(slurm_config().cluster, "here");
  EXPECT_EQ(slurm_config().most_tasks, 4000U);
  std::ofstream(folder_ + "/scontrol") << "#!/bin/sh\nexit 1\n";
  EXPECT_EQ(slurm_config().cluster, "");
  EXPECT_EQ(slurm_config().most_tasks, 1000U);
}

TEST_F(SlurmClaims, NameTheJob) {
  const std::string path = folder_ + "/mine.claim";
  ::setenv("SLURM_JOB_ID", "12", 1);
  ::setenv("SLURM_CLUSTER_NAME", "here", 1);
  ::setenv("SLURM_RESTART_COUNT", "3", 1);
  const auto mine = Claim::take(path);
  for (const char* name : {"SLURM_JOB_ID", "SLURM_CLUSTER_NAME", "SLURM_RESTART_COUNT"}) ::unsetenv(name);
  std::string host, pid, started, cluster, job, restarts;
  std::ifstream(path) >> host >> pid >> started >> cluster >> job >> restarts;
  EXPECT_EQ(cluster + " " + job + " " + restarts, "here 12 3");
  EXPECT_EQ(pid, std::to_string(::getpid()));
  EXPECT_FALSE(this_job());
}

}  // namespace
}  // namespace sojourn::sweep
