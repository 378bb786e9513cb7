#include "sweep/plan.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "engine/run.hpp"

namespace sojourn::sweep {

namespace {

// A scenario costs as much as so many lives before anybody lives in it, so that it counts for no fewer.
constexpr std::int64_t least_lives = 1000;

constexpr std::int64_t up(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

}  // namespace

Stage::Cut Stage::cut() const {
  const std::int64_t alone = std::max(patients.count * strategies, least_lives), of_one = alone + figure_lives;
  const std::int64_t target =
      std::max(lives_a_shard, up(of_one * static_cast<std::int64_t>(scenarios.size()), most_shards));
  if (alone <= target) {
    const std::int64_t a_shard =
        std::max({target / of_one, std::int64_t{1}, up(static_cast<std::int64_t>(scenarios.size()), most_shards)});
    return {static_cast<std::size_t>(a_shard), 1, patients.count};
  }
  const std::int64_t wanted = up(patients.count, alone / target);
  const std::int64_t a_shard = up(wanted, engine::block_patients) * engine::block_patients;
  return {1, static_cast<std::size_t>(up(patients.count, a_shard)), a_shard};
}

std::size_t Stage::shards() const {
  const Cut how = cut();
  return (scenarios.size() + how.scenarios_a_shard - 1) / how.scenarios_a_shard * how.shards_a_scenario;
}

Shard Stage::shard(std::size_t number) const {
  const Cut how = cut();
  Shard made;
  made.number = number;
  made.first = number / how.shards_a_scenario * how.scenarios_a_shard;
  made.scenarios = std::min(how.scenarios_a_shard, scenarios.size() - made.first);
  const std::int64_t before = static_cast<std::int64_t>(number % how.shards_a_scenario) * how.patients_a_shard;
  made.patients = {patients.first + before, std::min(how.patients_a_shard, patients.count - before)};
  made.look = look;
  return made;
}

std::vector<Shard> Plan::shards(std::size_t from_stage) const {
  std::vector<Shard> all;
  for (std::size_t s = from_stage; s < stages.size(); ++s) {
    const std::size_t count = stages[s].shards();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(stages[s].shard(i));
      all.back().stage = s;
    }
  }
  return all;
}

std::int64_t Plan::lives() const {
  std::int64_t sum = 0;
  for (const Stage& one : stages) sum += one.lives();
  return sum;
}

void Plan::extend(const Scenarios& scenarios, std::int64_t patients, std::int64_t strategies) {
  std::unordered_map<ScenarioKey, std::int64_t> lived;  // patients so far
  for (const Stage& stage : stages) {
    for (const ScenarioKey id : stage.scenarios) lived[id] += stage.patients.count;
  }
  std::map<std::int64_t, std::vector<ScenarioKey>, std::greater<>> missing;  // by patients so far
  std::size_t known = 0;
  for (const ScenarioKey id : scenarios.ids()) {
    const auto found = lived.find(id);
    const std::int64_t so_far = found == lived.end() ? 0 : found->second;
    known += found == lived.end() ? 0 : 1;
    if (so_far > patients) {
      throw InputError("the sweep has " + std::to_string(so_far) + " patients a scenario already (it can only grow)");
    }
    if (so_far < patients) missing[so_far].push_back(id);
  }
  if (known < lived.size()) {
    throw InputError(std::to_string(lived.size() - known) + " of the " + std::to_string(lived.size()) +
                     " scenarios so far are not in the sweep as it is now (it can only grow); keep the values of its "
                     "axes, and let a new axis include the model's own value");
  }
  for (auto& [so_far, ids] : missing) {
    const std::int64_t figures = so_far == 0 ? scenarios.recalibration().lives() : 0;
    stages.push_back(
        {{so_far + 1, patients - so_far}, strategies, scenarios.file().lives_a_shard, std::move(ids), figures});
  }
}

}  // namespace sojourn::sweep
