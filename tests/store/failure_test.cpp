// Full disks, limits, folders that cannot be written, second runs and kills: one clear message, nothing left behind,
// an earlier result untouched.
#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/error.hpp"
#include "child.hpp"
#include "fixture.hpp"
#include "store/part_file.hpp"
#include "store/reader.hpp"

namespace sojourn::store_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const RunError& error) {
    return error.what();
  }
  return "";
}

std::string writing_fails_with(const std::string& path, const store::RunInput& input = small_input(100)) {
  return failure_of([&] { write_result(path, input, 50); });
}

TEST(Target, MissingFolder) {
  const Folder folder;
  EXPECT_THAT(writing_fails_with(folder.file("no/a.h5")), AllOf(HasSubstr("no/a.h5"), HasSubstr("does not exist")));
}

TEST(Target, IsAFolder) {
  const Folder folder;
  std::filesystem::create_directory(folder.file("a.h5"));
  EXPECT_THAT(writing_fails_with(folder.file("a.h5")), HasSubstr("it is a folder"));
  EXPECT_THAT(writing_fails_with(folder.file("a.h5/")), HasSubstr("folder"));
  EXPECT_THAT(writing_fails_with(folder.path().string() + "/."), HasSubstr("folder"));
  EXPECT_THAT(writing_fails_with(""), HasSubstr("empty"));
}

TEST(Target, ParentIsAFile) {
  const Folder folder;
  std::ofstream(folder.file("x")) << "x";
  EXPECT_THAT(writing_fails_with(folder.file("x/a.h5")), HasSubstr("Not a directory"));
}

TEST(Target, IsADevice) {
  EXPECT_THAT(writing_fails_with("/dev/null"), HasSubstr("not a regular file"));
}

TEST(Target, NameTooLong) {
  const Folder folder;
  EXPECT_THAT(writing_fails_with(folder.file(std::string(300, 'a'))), HasSubstr("File name too long"));
}

TEST(Target, SymbolicLinkStaysALink) {
  const Folder folder;
  write_result(folder.file("real.h5"), small_input(10), 10);
  std::filesystem::create_symlink("real.h5", folder.file("link.h5"));
  const std::string digest = write_result(folder.file("link.h5"), small_input(20), 10);
  EXPECT_TRUE(std::filesystem::is_symlink(folder.file("link.h5")));
  EXPECT_EQ(store::Reader(folder.file("real.h5")).digest(), digest);
  std::filesystem::create_symlink("nowhere.h5", folder.file("dangling.h5"));
  EXPECT_THAT(writing_fails_with(folder.file("dangling.h5")), HasSubstr("leads nowhere"));
}

TEST(Target, RelativeName) {
  const Folder folder;
  const int code = run_child([&] {
    if (::chdir(folder.path().c_str()) != 0) return 1;
    write_result("a.h5", small_input(10), 10);
    return 0;
  });
  EXPECT_EQ(code, 0);
  EXPECT_EQ(store::Reader(folder.file("a.h5")).patients_stored(), 10);
}

TEST(Target, FolderNotWritable) {
  const Folder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  const int code = run_child([&] {
    if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setegid(65534) != 0 || ::seteuid(65534) != 0)) {
      return not_permitted;
    }
    const std::string message = writing_fails_with(folder.file("a.h5"));
    if (::geteuid() != ::getuid() && ::seteuid(::getuid()) != 0) return not_permitted;
    ::prctl(PR_SET_DUMPABLE, 1);  // lost with the change of user; a leak checker needs it at exit
    return message.find("Permission denied") != std::string::npos ? 0 : 1;
  });
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  ASSERT_NE(code, not_permitted) << "this test needs more rights than it has";
  EXPECT_EQ(code, 0);
}

TEST(Abandoned, LeavesNothing) {
  const Folder folder;
  const model::Model model = small_model();
  {
    store::Writer writer(folder.file("a.h5"), model, small_input(100'000));
    EXPECT_TRUE(std::filesystem::exists(part_of(folder.file("a.h5"))));
    writer.append(block_of(model, 1, 90'000));
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(SecondRun, IsRefusedWhileTheFirstLives) {
  const Folder folder;
  const model::Model model = small_model();
  store::Writer first(folder.file("a.h5"), model, small_input(100));
  EXPECT_THAT(writing_fails_with(folder.file("a.h5")), HasSubstr("another run is writing"));
  EXPECT_EQ(run_child([&] { return writing_fails_with(folder.file("a.h5")).empty() ? 1 : 0; }), 0);
  write_result(folder.file("b.h5"), small_input(100), 100);  // another name is free
  first.append(block_of(model, 1, 100));
  (void)first.finish();
  EXPECT_EQ(store::Reader(folder.file("a.h5")).patients_stored(), 100);
  EXPECT_EQ(writing_fails_with(folder.file("a.h5")), "");
}

// Several runs start at once, again and again: each finishes or is refused, and what stands is whole.
TEST(SecondRun, RacesLeaveAWholeResult) {
  const Folder folder;
  const std::string digest = write_result(folder.file("reference.h5"), small_input(2000), 500);
  for (int round = 0; round < 20; ++round) {
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      children.push_back(start_child([&] {
        const std::string message = writing_fails_with(folder.file("a.h5"), small_input(2000));
        if (message.empty()) return 0;
        return message.find("another run is writing") != std::string::npos ? 3 : 4;
      }));
    }
    int finished = 0;
    for (const pid_t child : children) {
      const int code = wait_for(child);
      EXPECT_TRUE(code == 0 || code == 3) << code;
      finished += code == 0 ? 1 : 0;
    }
    EXPECT_GE(finished, 1);
    EXPECT_TRUE(read_bytes(folder.file("a.h5")) == read_bytes(folder.file("reference.h5")));
    EXPECT_FALSE(std::filesystem::exists(part_of(folder.file("a.h5"))));
  }
}

// With a limit on the size of files at every stage: the head, the trajectories, the end.
TEST(FileSizeLimit, FailsCleanlyAtEveryStage) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  write_result(path, small_input(10), 10);
  const std::string earlier = read_bytes(path);
  write_result(folder.file("whole.h5"), small_input(20'000), 500);
  const std::string whole = read_bytes(folder.file("whole.h5"));
  const int code = run_child([&] {
    store::survive_file_size_limit();
    const std::vector<std::size_t> limits = {0,
                                             100,
                                             2048,
                                             10'000,
                                             30'000,
                                             100'000,
                                             500'000,
                                             900'000,
                                             2'000'000,
                                             whole.size() / 2,
                                             whole.size() - 8192,
                                             whole.size() - 1};
    for (const std::size_t limit : limits) {
      const rlimit bounds{limit, RLIM_INFINITY};
      if (::setrlimit(RLIMIT_FSIZE, &bounds) != 0) return not_permitted;
      const std::string message = writing_fails_with(path, small_input(20'000));
      if (message.find("File too large") == std::string::npos || message.find("ulimit") == std::string::npos) {
        std::fprintf(stderr, "limit %zu: '%s'\n", limit, message.c_str());
        return 1;
      }
      if (read_bytes(path) != earlier || std::filesystem::exists(part_of(path))) return 2;
    }
    const rlimit enough{whole.size(), RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &enough) != 0) return not_permitted;
    write_result(path, small_input(20'000), 500);
    return read_bytes(path) == whole ? 0 : 3;
  });
  ASSERT_NE(code, not_permitted) << "this test needs more rights than it has";
  EXPECT_EQ(code, 0);
}

bool mount_small_disk(const std::string& folder, const char* size) {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, size) == 0;
}

TEST(FullDisk, FailsCleanlyAndFreesTheSpace) {
  const Folder folder;
  const int code = run_child([&] {
    if (!mount_small_disk(folder.path().string(), "size=2m")) return not_permitted;
    const std::string path = folder.file("a.h5");
    write_result(path, small_input(10), 10);
    const std::string earlier = read_bytes(path);
    for (int round = 0; round < 3; ++round) {
      const std::string message = writing_fails_with(path, small_input(100'000));
      if (message.find("No space left on device") == std::string::npos) {
        std::fprintf(stderr, "full disk: '%s'\n", message.c_str());
        return 1;
      }
      if (read_bytes(path) != earlier || std::filesystem::exists(part_of(path))) return 2;
      if (std::filesystem::space(folder.path()).available < 1'000'000) return 3;
    }
    write_result(path, small_input(1000), 10);
    return store::Reader(path).patients_stored() == 1000 ? 0 : 4;
  });
  ASSERT_NE(code, not_permitted) << "no right to mount a tmpfs";
  EXPECT_EQ(code, 0);
}

// Until the part file has grown so far, or the child has ended.
void wait_for_part(const std::string& part, std::uintmax_t bytes, pid_t child) {
  std::error_code none;
  siginfo_t ended{};
  for (;;) {
    if (std::filesystem::exists(part) && std::filesystem::file_size(part, none) >= bytes && !none) return;
    if (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid != 0)
      return;
  }
}

// Killed at sizes of the part file spread over the run's length: what stands is the earlier result or the whole new
// one, and a rerun gives the bytes of a run that was never killed.
TEST(Killed, LeavesTheEarlierResultAndARerunGivesTheSameBytes) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  const store::RunInput input = small_input(30'000);
  write_result(folder.file("whole.h5"), input, 500);
  const std::string whole = read_bytes(folder.file("whole.h5"));
  write_result(path, small_input(10), 10);
  const std::string earlier = read_bytes(path);
  int killed_midway = 0, parts_left = 0;
  for (int i = 0; i < 40; ++i) {
    write_result(path, small_input(10), 10);
    const pid_t child = start_child([&] {
      write_result(path, input, 500);
      return 0;
    });
    wait_for_part(part_of(path), whole.size() * static_cast<std::size_t>(i) / 40, child);
    ::kill(child, SIGKILL);
    const bool killed = wait_for(child) == -SIGKILL;
    killed_midway += killed ? 1 : 0;
    parts_left += std::filesystem::exists(part_of(path)) ? 1 : 0;
    const std::string now = read_bytes(path);
    EXPECT_TRUE(now == earlier || now == whole);
    if (i % 8 == 0) {
      write_result(path, input, 500);
      EXPECT_TRUE(read_bytes(path) == whole);
      EXPECT_FALSE(std::filesystem::exists(part_of(path)));
    }
  }
  EXPECT_GT(killed_midway, 5);
  EXPECT_GT(parts_left, 3);
}

TEST(Damaged, ReaderSaysSo) {
  const Folder folder;
  const auto message = [&](const std::string& bytes) -> std::string {
    std::ofstream(folder.file("b.h5"), std::ios::binary) << bytes;
    try {
      const store::Reader reader(folder.file("b.h5"));
      (void)reader.block(1, 10);
      (void)reader.recomputed_digest();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  write_result(folder.file("a.h5"), small_input(100), 10);
  const std::string good = read_bytes(folder.file("a.h5"));
  EXPECT_EQ(message(good), "");
  EXPECT_THAT(message(good.substr(0, good.size() / 2)), HasSubstr("damaged"));
  EXPECT_THAT(message(""), HasSubstr("not an HDF5 file"));
  EXPECT_THAT(message("sojourn: 1\n"), HasSubstr("not an HDF5 file"));
  EXPECT_THROW(store::Reader(folder.file("none.h5")), InputError);
  EXPECT_THROW(store::Reader(folder.path().string()), InputError);
}

}  // namespace
}  // namespace sojourn::store_test
