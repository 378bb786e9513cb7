// Claims between processes.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/durable.hpp"
#include "sweep/claim_keeper.hpp"

namespace sojourn::sweep {
namespace {

namespace fs = std::filesystem;

class Claims : public testing::Test {
 protected:
  Claims() {
    char name[] = "/tmp/sojourn-claims-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~Claims() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return folder_ + "/a.claim"; }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  // In a process of its own; what it returns is its exit code.
  template <class Action>
  static int elsewhere(Action action) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(action());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string folder_;
};

TEST_F(Claims, OneHasItUntilItIsGivenBack) {
  auto mine = Claim::take(path());
  ASSERT_TRUE(mine);
  EXPECT_TRUE(Claim::is_held(path()));
  EXPECT_FALSE(Claim::take(path()));
  EXPECT_EQ(files(), 1U);  // no tickets are left
  mine.reset();
  EXPECT_FALSE(Claim::is_held(path()));
  EXPECT_EQ(files(), 0U);
  EXPECT_TRUE(Claim::take(path()));
}

TEST_F(Claims, OfAProcessThatEndedIsTakenOver) {
  std::ofstream(path()) << this_process().host << " " << 1'999'999'999 << " 5\n";
  EXPECT_FALSE(Claim::is_held(path()));
  EXPECT_TRUE(Claim::take(path()));
}

TEST_F(Claims, ANumberUsedAgainIsNotTheSameProcess) {
  const Process& own = this_process();
  std::ofstream(path()) << own.host << " " << own.pid << " " << own.started + 1 << "\n";
  EXPECT_TRUE(Claim::take(path()));
}

TEST_F(Claims, OfAnotherHostLastsAsLongAsItIsRenewed) {
  std::ofstream(path()) << "elsewhere 1 1\n";
  EXPECT_TRUE(Claim::is_held(path()));
  EXPECT_FALSE(Claim::take(path()));
  fs::last_write_time(path(), fs::last_write_time(path()) - std::chrono::seconds(601));
  EXPECT_FALSE(Claim::is_held(path()));
  EXPECT_TRUE(Claim::take(path()));
}

// Whatever its owner does meanwhile.
TEST_F(Claims, AreRenewedUntilTheyAreGivenBack) {
  ClaimKeeper keeper(std::chrono::milliseconds(5));
  std::shared_ptr<Claim> mine = Claim::take(path());
  keeper.keep(mine);
  for (int round = 0; round < 3; ++round) {
    fs::last_write_time(path(), fs::last_write_time(path()) - std::chrono::seconds(601));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!Claim::is_held(path()) && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_TRUE(Claim::is_held(path()));
  }
  mine.reset();
  while (fs::exists(path())) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // it is just being renewed
  const std::unique_ptr<Claim> again = Claim::take(path());
  ASSERT_TRUE(again);
  fs::last_write_time(path(), fs::last_write_time(path()) - std::chrono::seconds(601));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_FALSE(Claim::is_held(path()));  // nobody keeps this one
}

// Eight processes at once for each of 200 claims, stale before: one gets it each time.
TEST_F(Claims, OneOfManyGetsIt) {
  for (int round = 0; round < 200; ++round) {
    const std::string claim = folder_ + "/" + std::to_string(round);
    std::ofstream(claim) << this_process().host << " 1999999999 5\n";
    pid_t children[8];
    int gate[2], result[2];
    ASSERT_EQ(::pipe(gate), 0);
    ASSERT_EQ(::pipe(result), 0);
    for (pid_t& child : children) {
      child = ::fork();
      if (child != 0) continue;
      ::close(gate[1]);
      char wait = 0;
      (void)!::read(gate[0], &wait, 1);
      const auto mine = Claim::take(claim);
      const char got = mine ? 1 : 0;
      (void)!::write(result[1], &got, 1);
      ::usleep(20000);  // holds it until all have tried
      ::_exit(0);
    }
    ::close(gate[0]);
    ::close(gate[1]);
    int winners = 0;
    for (int i = 0; i < 8; ++i) {
      char got = 0;
      ASSERT_EQ(::read(result[0], &got, 1), 1);
      winners += got;
    }
    for (const pid_t child : children) ::waitpid(child, nullptr, 0);
    ::close(result[0]);
    ::close(result[1]);
    EXPECT_EQ(winners, 1) << round;
  }
}

TEST_F(Claims, LeftoversOfEndedProcessesAreRemoved) {
  std::ofstream(folder_ + "/.x.sums." + this_process().host + ".1999999999.3.part") << "half";
  std::ofstream(folder_ + "/.x.sums." + this_process().host + "." + std::to_string(::getpid()) + ".3.part") << "mine";
  std::ofstream(folder_ + "/.x.sums.elsewhere.1999999999.3.part") << "another's";
  remove_leftovers(folder_);
  EXPECT_EQ(files(), 2U);
}

}  // namespace
}  // namespace sojourn::sweep
