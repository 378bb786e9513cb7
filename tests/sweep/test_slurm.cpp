// How a sweep is shared out over the tasks of a job array.
#include <gmock/gmock.h>

#include "sweep/slurm.hpp"

namespace sojourn::sweep {
namespace {

TEST(SlurmTasks, HaveMinutesOfWorkAndAreNotTooMany) {
  EXPECT_EQ(tasks_for(0, 10, 1000), 1U);
  EXPECT_EQ(tasks_for(599, 10, 1000), 1U);
  EXPECT_EQ(tasks_for(3601, 100, 1000), 7U);
  EXPECT_EQ(tasks_for(1e9, 100, 1000), 100U);
  EXPECT_EQ(tasks_for(1e9, 100000, 1000), 1000U);
  EXPECT_EQ(tasks_for(1e9, 0, 1000), 1U);
}

TEST(SlurmScripts, QuoteWhatTheShellWouldTake) {
  const SlurmJob job{"/opt/so journ", "/data/o'brien/$x.sweep", "x", 4, 2, {"--time=5"}, "/data/x.h5"};
  const std::string script = array_script(job);
  EXPECT_THAT(script, testing::HasSubstr("'/opt/so journ' sweep resume '/data/o'\\''brien/$x.sweep' --shard "
                                         "\"$SLURM_ARRAY_TASK_ID/4\""));
  EXPECT_THAT(script, testing::HasSubstr("#SBATCH --array=1-4\n"));
  EXPECT_THAT(script, testing::HasSubstr("#SBATCH --time=5\n"));
  EXPECT_THAT(script, testing::Not(testing::HasSubstr("--resolve")));
  SlurmJob resolving = job;
  resolving.resolve = true;
  EXPECT_THAT(array_script(resolving), testing::HasSubstr("/4\" --resolve --no-wait"));
  EXPECT_THAT(collect_script(job), testing::HasSubstr("sweep collect '/data/o'\\''brien/$x.sweep' --out '/data/x.h5'"));
}

}  // namespace
}  // namespace sojourn::sweep
