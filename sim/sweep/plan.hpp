// What is to be done: stages, each some scenarios and a range of patients that live in all of them, cut into shards. A
// sweep begins with one stage; each expansion adds those that are missing. Cutting is a function of the stage alone.
//   A shard holds about `lives_a_shard` lives (patients x strategies x scenarios), more where a stage would otherwise
//   have more than 4,096 shards: many small scenarios, or a range of the patients of one large one.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/samples.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

inline constexpr std::int64_t most_shards = 4096;  // of a stage, unless it has more large scenarios than that

// Of a stage that is one look of a few scenarios, those of one shard of the stage that they began with
// (sweep/resolver.hpp): it is in no file of plans, because who is in it follows from sums.
struct LookPlace {
  std::int64_t patients = 0;          // a scenario has then; 0: the stage is no look
  std::size_t stage = 0, number = 0;  // the scenarios began with
  std::uint32_t members = 0;          // a digest of who they are
};

struct Shard {
  std::size_t stage = 0, number = 0;     // in the plan, in the stage
  std::size_t first = 0, scenarios = 0;  // of the stage's
  engine::PatientRange patients;
  LookPlace look{};
};

struct Stage {
  engine::PatientRange patients;
  std::int64_t strategies = 1, lives_a_shard = 1000000;
  std::vector<ScenarioKey> scenarios;
  std::int64_t figure_lives = 0;  // about so many for the figures of each scenario, before its patients live
  LookPlace look{};

  [[nodiscard]] std::int64_t lives() const {
    return patients.count * strategies * static_cast<std::int64_t>(scenarios.size());
  }
  [[nodiscard]] std::size_t shards() const;
  [[nodiscard]] Shard shard(std::size_t number) const;

  struct Cut {
    std::size_t scenarios_a_shard = 1, shards_a_scenario = 1;
    std::int64_t patients_a_shard = 0;
  };
  [[nodiscard]] Cut cut() const;
};

struct Plan {
  std::vector<Stage> stages;

  [[nodiscard]] std::vector<Shard> shards(std::size_t from_stage = 0) const;
  [[nodiscard]] std::int64_t lives() const;
  // What is missing so that each of `scenarios` has this many patients. Throws InputError if the plan has scenarios
  // that are not among them, or more patients.
  void extend(const Scenarios& scenarios, std::int64_t patients, std::int64_t strategies);
};

}  // namespace sojourn::sweep
