#include "sweep/run.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/byte_stream.hpp"
#include "base/durable.hpp"
#include "base/error.hpp"
#include "engine/samples.hpp"
#include "sweep/claim_keeper.hpp"
#include "sweep/scenario_run.hpp"

namespace sojourn::sweep {

namespace {

// A shard that this process works on.
struct Working {
  Shard shard;
  std::shared_ptr<Claim> claim;
  ShardContent content;
};

class Runner {
 public:
  Runner(Opened& sweep, const RunOptions& options, team::Team& team)
      : sweep_(sweep), options_(options), team_(team), shards_(sweep.plan.shards(options.first_stage)) {
    for (std::size_t i = 0; i < sweep.scenarios.size(); ++i) scenario_of_.emplace(sweep.scenarios.id(i), i);
  }

  RunReport run() {
    team_.agree([this] {
      if (!team_.first()) return;
      if (options_.share.of == 1) clear_leftovers();
      look();
    });
    learn_missing();
    note_earlier();
    team_.agree([this] { clear_own_claims(); });
    const team::Team::Progress progress = [this](std::int64_t lives) {
      if (options_.progress) options_.progress(lives);
    };
    team_.share(static_cast<std::int64_t>(missing_.size()), progress, [this](team::Items& items) { work(items); });
    report_.elsewhere = elsewhere_.size();
    combine_reports();
    for (const auto& [place, failed] : failed_) {
      report_.failed.push_back(failed);
      figures_.fail(place);
    }
    report_.figures = std::move(figures_);
    return std::move(report_);
  }

 private:
  void work(team::Items& items) {
    items_ = &items;
    const engine::NextSample next = [this] { return this->next(); };
    do {
      engine::run_samples(options_.threads, options_.stop, next);
      await();
    } while (!again_.empty());
  }

  void clear_leftovers() const {
    for (const char* one : {"/shards", "/looks"}) remove_leftovers(sweep_.folder.path() + one);
    if (std::filesystem::exists(sweep_.folder.solutions_path())) remove_leftovers(sweep_.folder.solutions_path());
  }

  // What the first process has found missing.
  void learn_missing() {
    ByteWriter writer;
    for (const std::size_t place : missing_) writer.count(place);
    const std::string bytes = team_.broadcast(writer.take());
    missing_.clear();
    for (ByteReader reader(bytes); !reader.at_end();) missing_.push_back(reader.count());
  }

  // A claim of a process of this host that has ended is known for what it is on this host only: elsewhere it would be
  // waited for. Alone, a process takes over each claim when it comes to it.
  void clear_own_claims() {
    if (team_.size() == 1) return;
    for (const std::size_t place : missing_) clear_claims(sweep_.folder.claim_path(shards_[place]));
  }

  // Of all, in the first process.
  void combine_reports() {
    ByteWriter writer;
    for (const std::size_t number : {report_.made, report_.elsewhere}) writer.count(number);
    writer.pass(report_.lives);
    writer.count(failed_.size());
    for (const auto& [place, failed] : failed_) {
      writer.count(place);
      writer.text(failed.reason);
    }
    for (const auto& [place, solution] : solved_) {
      writer.count(place);
      writer.text(solution);
    }
    const std::vector<std::string> told = team_.gather(writer.take());
    for (std::size_t rank = 1; rank < told.size(); ++rank) {
      ByteReader reader(told[rank]);
      for (std::size_t* number : {&report_.made, &report_.elsewhere}) *number += reader.count();
      std::int64_t lives = 0;
      reader.pass(lives);
      report_.lives += lives;
      for (std::size_t failed = reader.count(); failed > 0; --failed) {
        const std::size_t place = reader.count();
        failed_.try_emplace(place, Failed{sweep_.scenarios.id(place), std::string(reader.text())});
      }
      while (!reader.at_end()) {
        const std::size_t place = reader.count();
        figures_.note(place, read_solution(reader.text()));
      }
    }
  }

  // What of the share is there, and what is missing.
  void look() {
    std::int64_t lives = 0;
    const Share& share = options_.share;
    for (std::size_t i = share.number - 1; i < shards_.size(); i += share.of) {
      ++report_.shards;
      if (is_done(shards_[i])) continue;
      missing_.push_back(i);
      lives += sweep_.lives(shards_[i]);
    }
    if (options_.total) options_.total(lives);
  }

  bool is_done(const Shard& shard) {
    try {
      const auto content = sweep_.read(shard);
      if (!content) return false;
      note(*content);
      clear_claims(sweep_.folder.claim_path(shard));
      return true;
    } catch (const RunError& error) {
      report_.damaged.push_back(error.what());
      return false;
    }
  }

  // Of a process that was killed just after it finished the shard.
  static void clear_claims(const std::string& path) {
    for (const std::string& one : {path, path + ".over"}) {
      if (std::filesystem::exists(one)) (void)Claim::take(one);
    }
  }

  // What was solved for before, in scenarios that get more patients here.
  void note_earlier() {
    if (!sweep_.scenarios.recalibration().any()) return;
    std::unordered_set<ScenarioKey> wanted;
    for (const std::size_t place : missing_) {
      for (std::size_t i = 0; i < shards_[place].scenarios; ++i) wanted.insert(sweep_.id(shards_[place], i));
    }
    const std::size_t last = options_.first_stage > 0 ? options_.first_stage : sweep_.plan.stages.size() - 1;
    for (const Shard& shard : sweep_.plan.shards()) {
      if (wanted.empty() || shard.stage >= last) return;
      note_solutions(shard, wanted);
    }
  }

  // Of the wanted scenarios that the shard has, which are then no longer wanted.
  void note_solutions(const Shard& shard, std::unordered_set<ScenarioKey>& wanted) {
    bool some = false;
    for (std::size_t i = 0; i < shard.scenarios; ++i) some = some || wanted.contains(sweep_.id(shard, i));
    if (!some) return;
    try {
      const auto content = sweep_.read(shard);
      if (!content) return;
      for (const ShardEntry& one : content->entries) {
        if (wanted.contains(one.id)) solutions_.note(one.id, one.solution);
        if (!one.solution.empty()) wanted.erase(one.id);
      }
    } catch (const RunError&) {
      return;  // it will be made again
    }
  }

  void note(const ShardContent& content) {
    const std::scoped_lock lock(mutex_);
    for (const ShardEntry& one : content.entries) {
      const std::size_t scenario = scenario_of_.at(one.id);
      if (one.failed) failed_.try_emplace(scenario, Failed{one.id, one.bytes});
      if (one.failed || one.solution.empty()) continue;
      figures_.note(scenario, read_solution(one.solution));
      if (!team_.first()) solved_.emplace_back(scenario, one.solution);
    }
  }

  // The next scenario of the shard at hand, or the first of the next one that nobody works on.
  std::unique_ptr<engine::Sample> next() {
    while (!working_ || begun_ == working_->shard.scenarios) {
      working_.reset();
      const std::optional<Shard> shard = next_shard();
      if (!shard) return nullptr;
      begin(*shard);
    }
    const std::size_t scenario = scenario_of_.at(sweep_.id(working_->shard, begun_++));
    const auto done = [this, working = working_](ShardEntry entry) { take(*working, std::move(entry)); };
    const bool whole = working_->shard.patients == sweep_.plan.stages[working_->shard.stage].patients;
    const Workplace place{sweep_.scenarios, sweep_.variants, sweep_.seed, &solutions_, options_.stop};
    return std::make_unique<ScenarioRun>(place, scenario, working_->shard.patients, whole, done);
  }

  // One that another process was working on and did not finish, else the next.
  std::optional<Shard> next_shard() {
    if (!again_.empty()) {
      const Shard shard = again_.front();
      again_.pop_front();
      return shard;
    }
    const auto item = items_->next();
    if (!item) return std::nullopt;
    return shards_[missing_[static_cast<std::size_t>(*item)]];
  }

  void begin(const Shard& shard) {
    const std::string path = sweep_.folder.shard_path(shard), folder = std::filesystem::path(path).parent_path();
    if (folders_.insert(folder).second) make_folder(folder);
    std::shared_ptr<Claim> claim = Claim::take(sweep_.folder.claim_path(shard));
    if (!claim) {
      elsewhere_.push_back(shard);
      return;
    }
    if (made_meanwhile(shard)) return;
    keeper_.keep(claim);
    working_ = std::make_shared<Working>(Working{shard, std::move(claim), {sweep_.basis, shard.patients, {}}});
    begun_ = 0;
  }

  // Another process may have finished it since this one looked; what was damaged then is made again.
  bool made_meanwhile(const Shard& shard) {
    try {
      const auto content = sweep_.read(shard);
      if (content) note(*content);
      return content.has_value();
    } catch (const RunError&) {
      return false;
    }
  }

  void take(Working& working, ShardEntry entry) {
    working.content.entries.push_back(std::move(entry));
    report_.lives += working.shard.patients.count * sweep_.plan.stages[working.shard.stage].strategies;
    if (working.content.entries.size() == working.shard.scenarios) {
      write_durably(sweep_.folder.shard_path(working.shard), shard_bytes(working.content));
      working.claim.reset();
      note(working.content);
      working.content.entries.clear();
      ++report_.made;
    }
    items_->progress(report_.lives);
  }

  // Until each shard of others is there, or nobody works on it any more; without `wait` one look. Here, where no thread
  // waits meanwhile, Slurm may be asked.
  void await() {
    if (!options_.wait && std::exchange(looked_, true)) return;
    while (!elsewhere_.empty() && again_.empty()) {
      if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) throw engine::Stopped{};
      std::deque<Shard> still;
      for (const Shard& one : elsewhere_) {
        if (made_meanwhile(one)) continue;
        (Claim::is_held(sweep_.folder.claim_path(one)) ? still : again_).push_back(one);
      }
      elsewhere_ = std::move(still);
      if (!options_.wait) return;
      if (!elsewhere_.empty() && again_.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }

  Opened& sweep_;
  const RunOptions& options_;
  team::Team& team_;
  const std::vector<Shard> shards_;   // of the plan
  std::vector<std::size_t> missing_;  // of them, in all processes the same
  team::Items* items_ = nullptr;      // of missing_
  std::unordered_map<ScenarioKey, std::size_t> scenario_of_;
  std::unordered_set<std::string> folders_;
  std::deque<Shard> again_, elsewhere_;
  bool looked_ = false;  // at those elsewhere
  ClaimKeeper keeper_;
  std::shared_ptr<Working> working_;
  std::size_t begun_ = 0;                 // scenarios of it
  std::mutex mutex_;                      // of failed_ and figures_
  std::map<std::size_t, Failed> failed_;  // by scenario
  FigureTally figures_;
  std::vector<std::pair<std::size_t, std::string>> solved_;  // scenarios and solutions, for the first process
  Solutions solutions_{sweep_.scenarios, sweep_.folder.solutions_path(), sweep_.basis};
  RunReport report_;
};

}  // namespace

RunReport run(Opened& sweep, const RunOptions& options, team::Team& team) {
  return Runner(sweep, options, team).run();
}

}  // namespace sojourn::sweep
