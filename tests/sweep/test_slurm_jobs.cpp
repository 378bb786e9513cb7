// What is made of Slurm's answers. The answers are those of Slurm 22.05, cut short.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "sweep/claim.hpp"
#include "sweep/scontrol.hpp"
#include "sweep/slurm_jobs.hpp"

namespace sojourn::sweep {
namespace {

namespace fs = std::filesystem;

std::string record(int job, const std::string& state, int restarts) {
  const std::string id = "JobId=" + std::to_string(job);
  return id + " ArrayJobId=7 ArrayTaskId=3 JobName=s JobState=" + state +
         " Reason=None Requeue=1 Restarts=" + std::to_string(restarts) + " BatchFlag=1\n";
}

// Nothing: the answer does not tell.
std::optional<bool> tells_end(const std::string& text, int code, const JobRun& run) {
  const auto list = JobList::read(text, code);
  return list ? std::optional(list->has_ended(run)) : std::nullopt;
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
  EXPECT_EQ(tells_end(record(8, "RUNNING", 1) + record(90, "RUNNING", 1), 0, run), true);  // long over
  EXPECT_EQ(tells_end("No jobs in the system", 0, run), true);
  EXPECT_EQ(tells_end("slurm_load_jobs error: Unable to contact slurm controller", 1, run), std::nullopt);
  EXPECT_EQ(tells_end("", 124, run), std::nullopt);                       // no answer in time
  EXPECT_EQ(tells_end(record(8, "RUNNING", 1), 124, run), std::nullopt);  // half of one
  EXPECT_EQ(tells_end("", 127, run), std::nullopt);                       // no such program
}

TEST(SlurmJobs, AnArrayIsToldByItsTasks) {
  const std::string tasks = record(9, "RUNNING", 0) + record(8, "COMPLETED", 0) + record(10, "RUNNING", 0);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 9, 0}), false);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 8, 0}), true);
  EXPECT_EQ(tells_end(tasks, 0, {"c", 7, 0}), true);  // forgotten before the others
}

// A stand-in for scontrol on the path knows two running jobs of the cluster `here`. It answers as soon as the file `go`
// is there.
class Slurm : public testing::Test {
 protected:
  Slurm() {
    char name[] = "/tmp/sojourn-claims-XXXXXX";
    folder_ = ::mkdtemp(name);
    answers(true);
    program(
        "case \"$*\" in\n"
        "  'show config') echo 'ClusterName             = here'; echo 'MaxArraySize            = 4001';;\n"
        "  '-a -o show job') while [ ! -e '" +
        folder_ + "/go' ]; do sleep 0.01; done\n    echo '" + record(5, "RUNNING", 0) + record(4, "RUNNING", 2) +
        "';;\n  *) exit 1;;\nesac\n");
    ::setenv("PATH", (folder_ + ":" + std::getenv("PATH")).c_str(), 1);
  }
  ~Slurm() override { fs::remove_all(folder_); }

  void program(const std::string& text) const {
    const std::string path = folder_ + "/scontrol";
    std::ofstream(path) << "#!/bin/sh\necho \"$*\" >> '" << folder_ << "/asked'\n" << text;
    ::chmod(path.c_str(), 0755);
  }
  void answers(bool now) const { now ? (void)std::ofstream(folder_ + "/go") : (void)fs::remove(folder_ + "/go"); }
  // One line a call.
  [[nodiscard]] std::string asked() const {
    std::ifstream file(folder_ + "/asked");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_;
};

const char* const asked_once = "show config\n-a -o show job\n";

class SlurmClaims : public Slurm {
 protected:
  [[nodiscard]] std::string path() const { return folder_ + "/a.claim"; }
  void claim(const std::string& words, std::chrono::seconds silent = std::chrono::seconds(100)) const {
    std::ofstream(path()) << words << "\n";
    fs::last_write_time(path(), fs::last_write_time(path()) - silent);
  }
  [[nodiscard]] bool is_held(const std::string& words) const {
    claim(words);
    return Claim::is_held(path());
  }
};

TEST_F(SlurmClaims, OfAnotherHostEndWithTheirJob) {
  claim("elsewhere 1 1 here 6 0");
  EXPECT_FALSE(Claim::take(path()));  // others may wait for who takes one: nothing is asked then
  EXPECT_EQ(asked(), "");
  EXPECT_FALSE(Claim::is_held(path()));
  EXPECT_TRUE(Claim::take(path()));
  EXPECT_TRUE(is_held("elsewhere 1 1 here 5 0"));
  EXPECT_FALSE(is_held("elsewhere 1 1 here 4 1"));
  EXPECT_TRUE(is_held("elsewhere 1 1 here 4 2"));
  EXPECT_TRUE(is_held("elsewhere 1 1 there 6 0"));  // not this controller's to say
  EXPECT_TRUE(is_held("elsewhere 1 1"));
  for (int job = 1000; job < 1100; ++job) EXPECT_FALSE(is_held("elsewhere 1 1 here " + std::to_string(job) + " 0"));
  EXPECT_EQ(asked(), asked_once);  // for all of them
}

TEST_F(SlurmClaims, ThatAreRenewedNeedNoQuestion) {
  claim("elsewhere 1 1 here 16 0", 2 * claim_renewal - std::chrono::seconds(5));
  for (int look = 0; look < 100; ++look) EXPECT_TRUE(Claim::is_held(path()));
  EXPECT_EQ(asked(), "");
}

class OwnJob {
 public:
  explicit OwnJob(const char* restarts) {
    ::setenv("SLURM_JOB_ID", "12", 1);
    ::setenv("SLURM_CLUSTER_NAME", "here", 1);
    ::setenv("SLURM_RESTART_COUNT", restarts, 1);
  }
  ~OwnJob() {
    for (const char* name : {"SLURM_JOB_ID", "SLURM_CLUSTER_NAME", "SLURM_RESTART_COUNT"}) ::unsetenv(name);
  }
};

// A task that is queued again finds its own claims.
TEST_F(SlurmClaims, OfAnEarlierRunOfTheSameJobAreOver) {
  const OwnJob job("2");
  claim("elsewhere 1 1 here 12 2", std::chrono::seconds(0));
  EXPECT_FALSE(Claim::take(path()));  // another process of this run
  claim("elsewhere 1 1 here 12 1", std::chrono::seconds(0));
  EXPECT_TRUE(Claim::take(path()));
  EXPECT_EQ(asked(), "");
}

TEST_F(SlurmClaims, NameTheJob) {
  std::optional<OwnJob> job("3");
  const auto mine = Claim::take(path());
  job.reset();
  std::string host, pid, started, cluster, number, restarts;
  std::ifstream(path()) >> host >> pid >> started >> cluster >> number >> restarts;
  EXPECT_EQ(cluster + " " + number + " " + restarts, "here 12 3");
  EXPECT_EQ(pid, std::to_string(::getpid()));
  EXPECT_FALSE(this_job());
}

using SlurmAnswers = Slurm;
constexpr std::chrono::seconds long_silence{100};

TEST_F(SlurmAnswers, TheConfigurationIsRead) {
  EXPECT_EQ(slurm_config().cluster, "here");
  EXPECT_EQ(slurm_config().most_tasks, 4000U);
  program("exit 1\n");
  EXPECT_EQ(slurm_config().cluster, "");
  EXPECT_EQ(slurm_config().most_tasks, 1000U);
}

TEST_F(SlurmAnswers, SayNothingAboutWhatBeganAfterThem) {
  SlurmJobs jobs(std::chrono::hours(1));
  EXPECT_FALSE(jobs.has_ended({"here", 6, 0}, std::chrono::seconds(0)));
  EXPECT_FALSE(jobs.is_known_to_have_ended({"here", 6, 0}));
  EXPECT_TRUE(jobs.has_ended({"here", 6, 0}, long_silence));
  EXPECT_TRUE(jobs.is_known_to_have_ended({"here", 6, 0}));
  EXPECT_FALSE(jobs.has_ended({"here", 5, 0}, long_silence));
  EXPECT_EQ(asked(), asked_once);
}

TEST_F(SlurmAnswers, AreOutOfDateAfterAWhile) {
  SlurmJobs jobs(std::chrono::milliseconds(0));
  EXPECT_FALSE(jobs.has_ended({"here", 5, 0}, long_silence));
  program("[ \"$1\" = show ] || echo 'No jobs in the system'\n");
  EXPECT_TRUE(jobs.has_ended({"here", 5, 0}, long_silence));
  EXPECT_EQ(asked(), asked_once + std::string("-a -o show job\n"));
}

TEST_F(SlurmAnswers, AreNotWaitedForWhereThereAreNone) {
  program("exit 1\n");
  SlurmJobs jobs(std::chrono::hours(1));
  for (int look = 0; look < 3; ++look) EXPECT_FALSE(jobs.has_ended({"here", 5, 0}, long_silence));
  EXPECT_EQ(asked(), "show config\n");
}

TEST_F(SlurmAnswers, TheLastOneServesWhileAnotherThreadAsks) {
  SlurmJobs jobs(std::chrono::milliseconds(0));
  EXPECT_FALSE(jobs.has_ended({"here", 5, 0}, long_silence));
  answers(false);
  std::atomic<bool> answered = false;
  std::thread other([&] {
    (void)jobs.has_ended({"here", 7, 0}, long_silence);
    answered = true;
  });
  while (asked() == asked_once) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(jobs.has_ended({"here", 6, 0}, long_silence));
  EXPECT_FALSE(jobs.has_ended({"here", 5, 0}, long_silence));
  EXPECT_TRUE(jobs.is_known_to_have_ended({"here", 6, 0}));
  EXPECT_FALSE(answered);
  answers(true);
  other.join();
  EXPECT_EQ(asked(), asked_once + std::string("-a -o show job\n"));
}

}  // namespace
}  // namespace sojourn::sweep
