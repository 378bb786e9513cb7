#include "sweep/parts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.hpp"

namespace sojourn::sweep {

namespace {
constexpr std::size_t most_open = 64;
}

Parts::Parts(const Opened& sweep)
    : sweep_(sweep),
      of_scenario_(sweep.scenarios.size()),
      patients_(sweep.scenarios.size(), 0),
      wanted_(sweep.scenarios.size(), 0),
      solutions_(sweep.scenarios.size()) {
  for (std::size_t i = 0; i < sweep.scenarios.size(); ++i) scenario_of_.emplace(sweep.scenarios.id(i), i);
  refresh();
}

void Parts::refresh() {
  for (const Shard& shard : sweep_.plan.shards(stages_)) {
    absent_.push_back(shards_.size());
    shards_.push_back(shard);
    for (std::size_t i = 0; i < shard.scenarios; ++i) {
      wanted_[scenario_of_.at(sweep_.id(shard, i))] += shard.patients.count;
    }
  }
  stages_ = sweep_.plan.stages.size();
  damaged_.clear();
  std::erase_if(absent_, [this](std::size_t shard) { return take(shard); });
}

bool Parts::take(std::size_t shard) {
  try {
    const auto content = sweep_.read(shards_[shard]);
    if (!content) return false;
    for (const ShardEntry& one : content->entries) {
      std::string& known = solutions_[scenario_of_.at(one.id)];
      if (one.failed) continue;
      if (!known.empty() && known != one.solution) {
        throw RunError("shards have found different values for scenario " + id_text(one.id));
      }
      known = one.solution;
    }
    for (const ShardEntry& one : content->entries) {
      const std::size_t scenario = scenario_of_.at(one.id);
      of_scenario_[scenario].push_back({static_cast<std::uint32_t>(shard), one.failed, one.offset, one.bytes.size()});
      patients_[scenario] += shards_[shard].patients.count;
    }
    return true;
  } catch (const RunError& error) {
    damaged_.emplace_back(error.what());
    return false;
  }
}

Parts::~Parts() {
  for (const auto& [shard, file] : open_) ::close(file);
}

std::string Parts::read(const ScenarioPart& part) {
  const std::string path = sweep_.folder.shard_path(shards_[part.shard]);
  auto place = open_.find(part.shard);
  if (place == open_.end()) {
    if (open_.size() == most_open) {
      ::close(open_.at(recent_.back()));
      open_.erase(recent_.back());
      recent_.pop_back();
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw RunError("cannot read '" + path + "': " + std::generic_category().message(errno));
    place = open_.emplace(part.shard, file).first;
    recent_.push_front(part.shard);
  }
  std::string bytes(part.size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n =
        ::pread(place->second, bytes.data() + done, bytes.size() - done, static_cast<off_t>(part.offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      throw RunError("cannot read '" + path + "'" + (n < 0 ? ": " + std::generic_category().message(errno) : ""));
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

}  // namespace sojourn::sweep
