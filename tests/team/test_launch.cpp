// What the environment of each launcher says, as it was seen: Open MPI's mpirun, srun with pmix and pmi2, srun without.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "team/launch.hpp"

namespace sojourn::team {
namespace {

Launch launch(const std::map<std::string, std::string>& environment) {
  return launch_of([&](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

TEST(Launch, AloneWhereNobodySaysOtherwise) {
  for (const Launch& one : {launch({}), launch({{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "0"}}),
                            launch({{"OMPI_COMM_WORLD_RANK", "first"}})}) {
    EXPECT_FALSE(one.by_mpi);
    EXPECT_EQ(one.size, 1);
    EXPECT_EQ(one.told, "");
  }
}

TEST(Launch, OpenMpi) {
  const Launch one = launch({{"OMPI_COMM_WORLD_RANK", "2"},
                             {"OMPI_COMM_WORLD_SIZE", "4"},
                             {"OMPI_COMM_WORLD_LOCAL_SIZE", "2"},
                             {"PMIX_RANK", "2"},
                             {"SLURM_NTASKS", "7"}});
  EXPECT_TRUE(one.by_mpi);
  EXPECT_EQ(one.rank, 2);
  EXPECT_EQ(one.size, 4);
  EXPECT_EQ(one.on_host, 2);
  EXPECT_EQ(one.told, "OMPI_COMM_WORLD_SIZE=4");
}

TEST(Launch, SlurmWithPmix) {
  const Launch one = launch({{"PMIX_RANK", "3"},
                             {"SLURM_STEP_NUM_TASKS", "6"},
                             {"SLURM_NTASKS", "9"},
                             {"SLURM_STEP_TASKS_PER_NODE", "3(x2)"}});
  EXPECT_TRUE(one.by_mpi);
  EXPECT_EQ(one.rank, 3);
  EXPECT_EQ(one.size, 6);
  EXPECT_EQ(one.on_host, 3);
}

TEST(Launch, Mpich) {
  const Launch one = launch({{"PMI_RANK", "0"}, {"PMI_SIZE", "2"}, {"MPI_LOCALNRANKS", "5"}});
  EXPECT_TRUE(one.by_mpi);
  EXPECT_EQ(one.size, 2);
  EXPECT_EQ(one.on_host, 2);  // never more than there are
  EXPECT_EQ(one.told, "PMI_SIZE=2");
}

}  // namespace
}  // namespace sojourn::team
