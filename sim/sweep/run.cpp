#include "sweep/run.hpp"

#include <memory>
#include <optional>
#include <unordered_set>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "engine/samples.hpp"
#include "sweep/missing_shards.hpp"
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
      : sweep_(sweep), options_(options), tally_(sweep, team), missing_(sweep, options, team, tally_) {}

  RunReport run(team::Team& team) {
    note_earlier();
    const team::Team::Progress progress = [this](std::int64_t lives) {
      if (options_.progress) options_.progress(lives);
    };
    team.share(static_cast<std::int64_t>(missing_.size()), progress, [this](team::Items& items) { work(items); });
    tally_.own.elsewhere = missing_.elsewhere();
    return tally_.report();
  }

 private:
  void work(team::Items& items) {
    do {
      engine::run_samples(options_.threads, options_.stop, [&] { return next(items); });
    } while (missing_.await());
  }

  // What was solved for before, in scenarios that get more patients here.
  void note_earlier() {
    if (!sweep_.scenarios.recalibration().any()) return;
    std::unordered_set<ScenarioKey> wanted;
    for (std::size_t item = 0; item < missing_.size(); ++item) {
      for (std::size_t i = 0; i < missing_[item].scenarios; ++i) wanted.insert(sweep_.id(missing_[item], i));
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

  // The next scenario of the shard at hand, or the first of the next one that nobody works on.
  std::unique_ptr<engine::Sample> next(team::Items& items) {
    if (!working_ || begun_ == working_->shard.scenarios) {
      working_.reset();
      auto taken = missing_.next(items);
      if (!taken) return nullptr;
      const Shard& shard = taken->shard;
      working_ = std::make_shared<Working>(Working{shard, std::move(taken->claim), {sweep_.basis, shard.patients, {}}});
      begun_ = 0;
    }
    const Shard& shard = working_->shard;
    const std::size_t scenario = tally_.scenario_of(sweep_.id(shard, begun_++));
    const auto done = [this, &items, working = working_](ShardEntry entry) { take(*working, std::move(entry), items); };
    const bool whole = shard.patients == sweep_.plan.stages[shard.stage].patients;
    const Workplace place{sweep_.scenarios, sweep_.variants, sweep_.seed, &solutions_, options_.stop};
    return std::make_unique<ScenarioRun>(place, scenario, shard.patients, whole, done);
  }

  void take(Working& working, ShardEntry entry, team::Items& items) {
    working.content.entries.push_back(std::move(entry));
    tally_.own.lives += working.shard.patients.count * sweep_.plan.stages[working.shard.stage].strategies;
    if (working.content.entries.size() == working.shard.scenarios) {
      write_durably(sweep_.folder.shard_path(working.shard), shard_bytes(working.content));
      working.claim.reset();
      tally_.note(working.content);
      working.content.entries.clear();
      ++tally_.own.made;
    }
    items.progress(tally_.own.lives);
  }

  Opened& sweep_;
  const RunOptions& options_;
  RunTally tally_;
  MissingShards missing_;
  std::shared_ptr<Working> working_;
  std::size_t begun_ = 0;  // scenarios of it
  Solutions solutions_{sweep_.scenarios, sweep_.folder.solutions_path(), sweep_.basis};
};

}  // namespace

RunReport run(Opened& sweep, const RunOptions& options, team::Team& team) {
  return Runner(sweep, options, team).run(team);
}

}  // namespace sojourn::sweep
