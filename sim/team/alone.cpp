#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "team/launch.hpp"
#include "team/team.hpp"

namespace sojourn::team {

namespace {

class Counted : public Items {
 public:
  Counted(std::int64_t count, const Team::Progress& progress) : count_(count), progress_(progress) {}
  std::optional<std::int64_t> next() override { return next_ < count_ ? std::optional(next_++) : std::nullopt; }
  void progress(std::int64_t done) override {
    if (progress_) progress_(done);
  }

 private:
  std::int64_t next_ = 0, count_;
  const Team::Progress& progress_;
};

class Alone : public Team {
 public:
  explicit Alone(int processors) : processors_(processors) {}
  int rank() const override { return 0; }
  int size() const override { return 1; }
  int processors() const override { return processors_; }

  void share(std::int64_t count, const Progress& progress, const Work& work) override {
    Counted items(count, progress);
    work(items);
  }
  void agree(const std::function<void()>& action) override { action(); }
  std::vector<std::string> gather(const std::string& bytes) override { return {bytes}; }
  std::string broadcast(const std::string& bytes) override { return bytes; }

  bool agreed() const override { return true; }
  void leave() override {}
  void abort(int code) override { std::_Exit(code); }

 private:
  int processors_;
};

}  // namespace

int usable_processors() {
  cpu_set_t usable;
  if (::sched_getaffinity(0, sizeof(usable), &usable) == 0) return std::max(1, CPU_COUNT(&usable));
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::unique_ptr<Team> alone(int processors) {
  return std::make_unique<Alone>(processors);
}

}  // namespace sojourn::team
