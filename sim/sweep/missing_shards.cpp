#include "sweep/missing_shards.hpp"

#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include "base/byte_stream.hpp"
#include "base/durable.hpp"
#include "base/error.hpp"
#include "engine/run.hpp"

namespace sojourn::sweep {

namespace {

void clear_leftovers(const Folder& folder) {
  for (const char* one : {"/shards", "/looks"}) remove_leftovers(folder.path() + one);
  if (std::filesystem::exists(folder.solutions_path())) remove_leftovers(folder.solutions_path());
}

void clear_claims(const std::string& path) {
  for (const std::string& one : {path, path + ".over"}) {
    if (std::filesystem::exists(one)) (void)Claim::take(one);
  }
}

}  // namespace

MissingShards::MissingShards(const Opened& sweep, const RunOptions& options, team::Team& team, RunTally& tally)
    : sweep_(sweep), options_(options), team_(team), tally_(tally), shards_(sweep.plan.shards(options.first_stage)) {
  team_.agree([this] {
    if (!team_.first()) return;
    if (options_.share.of == 1) clear_leftovers(sweep_.folder);
    look();
  });
  learn();
  team_.agree([this] { clear_own_claims(); });
}

// What of the share is there, and what is missing.
void MissingShards::look() {
  std::int64_t lives = 0;
  const Share& share = options_.share;
  for (std::size_t i = share.number - 1; i < shards_.size(); i += share.of) {
    ++tally_.own.shards;
    if (is_done(shards_[i])) continue;
    missing_.push_back(i);
    lives += sweep_.lives(shards_[i]);
  }
  if (options_.total) options_.total(lives);
}

bool MissingShards::is_done(const Shard& shard) {
  try {
    const auto content = sweep_.read(shard);
    if (!content) return false;
    tally_.note(*content);
    clear_claims(sweep_.folder.claim_path(shard));  // of a process that was killed just after it finished the shard
    return true;
  } catch (const RunError& error) {
    tally_.own.damaged.push_back(error.what());
    return false;
  }
}

// What the first process has found.
void MissingShards::learn() {
  ByteWriter writer;
  for (const std::size_t place : missing_) writer.count(place);
  const std::string bytes = team_.broadcast(writer.take());
  missing_.clear();
  for (ByteReader reader(bytes); !reader.at_end();) missing_.push_back(reader.count());
}

// A claim of a process of this host that has ended is known for what it is on this host only: elsewhere it would be
// waited for. Alone, a process takes over each claim when it comes to it.
void MissingShards::clear_own_claims() const {
  if (team_.size() == 1) return;
  for (const std::size_t place : missing_) clear_claims(sweep_.folder.claim_path(shards_[place]));
}

std::optional<MissingShards::Taken> MissingShards::next(team::Items& items) {
  while (const auto shard = candidate(items)) {
    const std::string folder = std::filesystem::path(sweep_.folder.shard_path(*shard)).parent_path();
    if (folders_.insert(folder).second) make_folder(folder);
    std::shared_ptr<Claim> claim = Claim::take(sweep_.folder.claim_path(*shard));
    if (!claim) {
      elsewhere_.push_back(*shard);
      continue;
    }
    if (made_meanwhile(*shard)) continue;
    keeper_.keep(claim);
    return Taken{*shard, std::move(claim)};
  }
  return std::nullopt;
}

// One that another process was working on and did not finish, else the next.
std::optional<Shard> MissingShards::candidate(team::Items& items) {
  if (!again_.empty()) {
    const Shard shard = again_.front();
    again_.pop_front();
    return shard;
  }
  const auto item = items.next();
  if (!item) return std::nullopt;
  return (*this)[static_cast<std::size_t>(*item)];
}

// Another process may have finished it since this one looked; what was damaged then is made again.
bool MissingShards::made_meanwhile(const Shard& shard) {
  try {
    const auto content = sweep_.read(shard);
    if (content) tally_.note(*content);
    return content.has_value();
  } catch (const RunError&) {
    return false;
  }
}

bool MissingShards::await() {
  if (!options_.wait && std::exchange(looked_, true)) return false;
  while (!elsewhere_.empty()) {
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) throw engine::Stopped{};
    std::deque<Shard> still;
    for (const Shard& one : elsewhere_) {
      if (made_meanwhile(one)) continue;
      (Claim::is_held(sweep_.folder.claim_path(one)) ? still : again_).push_back(one);
    }
    elsewhere_ = std::move(still);
    if (!options_.wait || !again_.empty()) break;
    if (!elsewhere_.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return !again_.empty();
}

}  // namespace sojourn::sweep
