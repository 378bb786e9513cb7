#include "sweep/resolver.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.hpp"
#include "engine/each.hpp"
#include "store/digest.hpp"
#include "sweep/estimate.hpp"
#include "sweep/solution.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::size_t at_once = 512;  // scenarios whose sums are in memory

std::uint32_t digest_of(const std::vector<ScenarioKey>& members) {
  store::ColumnHash hash;
  for (const ScenarioKey one : members) hash.add(id_text(one).data(), 16);
  return static_cast<std::uint32_t>(std::stoul(hash.hex().substr(0, 8), nullptr, 16));
}

Verdict verdict_of(const std::vector<outcomes::Rival>& rivals, double within) {
  bool apart = true, close = true;
  for (const outcomes::Rival& one : rivals) {
    if (one.interval.lower > 0) continue;
    apart = false;
    close = close && one.interval.lower > -within && one.interval.upper < within;
  }
  return apart ? Verdict::resolved : close ? Verdict::equal : Verdict::not_resolved;
}

}  // namespace

const Resolve& resolve_of(const Opened& sweep) {
  if (sweep.scenarios.file().resolve) return *sweep.scenarios.file().resolve;
  throw InputError("the sweep does not say what to resolve; add to " + sweep.definition.sweep_name +
                   ", and `sweep expand` it:\n  resolve: {outcome: NAME, within: 0.05 years, most_patients: 100000}");
}

const char* verdict_name(Verdict verdict) {
  constexpr const char* names[] = {"unfinished", "resolved", "equal", "not_resolved"};
  return names[static_cast<std::size_t>(verdict)];
}

Resolver::Resolver(Opened& sweep, Parts& parts, int threads, const Share& share)
    : sweep_(sweep),
      parts_(parts),
      threads_(threads),
      wanted_(resolve_of(sweep)),
      looks_(looks_of(wanted_, sweep.patients, static_cast<std::size_t>(sweep.plan.stages.front().strategies))),
      found_(sweep.scenarios.size()) {
  make_groups(share);
}

void Resolver::make_groups(const Share& share) {
  std::vector<std::size_t> group_of(sweep_.scenarios.size());
  for (std::size_t s = 0; s < sweep_.plan.stages.size(); ++s) {
    const Stage& stage = sweep_.plan.stages[s];
    if (stage.patients.first != 1) continue;  // they began before
    const std::size_t size = stage.cut().scenarios_a_shard;
    for (std::size_t i = 0; i < stage.scenarios.size(); ++i) {
      if (i % size == 0) groups_.push_back({s, i / size, {}, false});
      const std::size_t scenario = parts_.scenario_of(stage.scenarios[i]);
      groups_.back().going.push_back(scenario);
      group_of[scenario] = groups_.size() - 1;
    }
  }
  const std::vector<Shard>& shards = parts_.shards();
  for (std::size_t s = share.number - 1; s < shards.size(); s += share.of) {
    for (std::size_t i = 0; i < shards[s].scenarios; ++i) {
      groups_[group_of[parts_.scenario_of(sweep_.id(shards[s], i))]].mine = true;
    }
  }
  for (const Group& one : groups_) {
    if (one.mine) mine_.insert(mine_.end(), one.going.begin(), one.going.end());
  }
}

bool Resolver::is_ready(const Group& group) const {
  return group.mine && !group.going.empty() && std::all_of(group.going.begin(), group.going.end(), [&](std::size_t i) {
           return parts_.patients(i) == parts_.patients_wanted(i);
         });
}

bool Resolver::look() {
  parts_.refresh();
  std::vector<std::size_t> scenarios;
  std::vector<Group*> ready;
  for (Group& group : groups_) {
    if (!is_ready(group)) continue;
    ready.push_back(&group);
    for (const std::size_t i : group.going) {
      const auto& all = parts_.of(i);
      if (std::none_of(all.begin(), all.end(), [](const ScenarioPart& one) { return one.failed; })) {
        scenarios.push_back(i);
      }
    }
  }
  judge(scenarios);
  bool more = false;
  for (Group* const group : ready) more = go_on(*group) || more;
  return more;
}

void Resolver::judge(const std::vector<std::size_t>& scenarios) {
  for (std::size_t first = 0; first < scenarios.size(); first += at_once) {
    const std::size_t count = std::min(at_once, scenarios.size() - first);
    std::vector<std::vector<std::string>> sums(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (const ScenarioPart& part : parts_.of(scenarios[first + i])) sums[i].push_back(parts_.read(part));
    }
    engine::for_each(static_cast<std::int64_t>(count), threads_, [&](std::int64_t number) {
      const auto i = static_cast<std::size_t>(number);
      found_[scenarios[first + i]] = judged(scenarios[first + i], sums[i]);
    });
  }
}

Resolution Resolver::judged(std::size_t scenario, const std::vector<std::string>& sums) const {
  Resolution made;
  made.looks = found_[scenario].looks + 1;
  std::vector<double> solved;
  if (const std::string& stored = parts_.solution(scenario); !stored.empty()) solved = read_solution(stored).unknowns;
  const ScenarioSums all = sums_of(sweep_.scenarios, sweep_.variants, scenario, sums, solved);
  const outcomes::Compiled& plan = *all.plan.compiled();
  const outcomes::NumberPlace place = outcomes::place_of(plan, wanted_.number);
  const auto best = outcomes::best_of(plan, all.sums, place, wanted_.highest.value_or(place.higher_is_better),
                                      looks_[made.looks - 1].confidence);
  made.verdict = Verdict::not_resolved;
  if (!best) return made;
  made.verdict = verdict_of(best->rivals, wanted_.within.value);
  made.best = best->strategy;
  const outcomes::Rival* nearest = nullptr;
  for (const outcomes::Rival& one : best->rivals) {
    if (!(one.interval.lower > 0)) made.not_told.push_back(one.strategy);
    if (nearest == nullptr || std::isnan(one.interval.lower) || one.interval.lower < nearest->interval.lower) {
      nearest = &one;
    }
  }
  if (nearest == nullptr) return made;
  made.nearest = nearest->strategy;
  made.difference = nearest->difference;
  made.interval = nearest->interval;
  return made;
}

// True if some of its scenarios do.
bool Resolver::go_on(Group& group) {
  std::size_t looked = 0;
  std::erase_if(group.going, [&](std::size_t i) {
    looked = std::max(looked, found_[i].looks);
    return found_[i].verdict != Verdict::not_resolved || found_[i].looks == looks_.size();
  });
  if (group.going.empty()) return false;
  Stage next;
  next.patients = {looks_[looked - 1].patients + 1, looks_[looked].patients - looks_[looked - 1].patients};
  next.strategies = sweep_.plan.stages[group.stage].strategies;
  next.lives_a_shard = sweep_.plan.stages[group.stage].lives_a_shard;
  for (const std::size_t i : group.going) {
    found_[i].verdict = Verdict::unfinished;
    next.scenarios.push_back(sweep_.scenarios.id(i));
  }
  next.look = {looks_[looked].patients, group.stage, group.number, digest_of(next.scenarios)};
  sweep_.plan.stages.push_back(std::move(next));
  return true;
}

}  // namespace sojourn::sweep
