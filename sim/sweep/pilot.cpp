#include "sweep/pilot.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/error.hpp"
#include "sweep/scenario_run.hpp"
#include "sweep/solutions.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::size_t tried = 3;
constexpr std::int64_t most_patients = 1024;

struct Timed {
  double seconds = 0, bytes = 0;
  std::string failure;
};

Timed run_one(const Workplace& place, std::size_t scenario, std::int64_t patients) {
  Timed made;
  const auto begin = std::chrono::steady_clock::now();
  bool given = false;
  const auto take = [&](const ShardEntry& entry) {
    made.bytes = static_cast<double>(entry.bytes.size());
    if (entry.failed) made.failure = entry.bytes;
  };
  (void)engine::run_samples(1, nullptr, [&]() -> std::unique_ptr<engine::Sample> {
    if (std::exchange(given, true)) return nullptr;
    return std::make_unique<ScenarioRun>(place, scenario, engine::PatientRange{1, patients}, true, take);
  });
  made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return made;
}

// As if other values at paths made no figure depend on other parameters: reading each model only to know would take
// long.
std::size_t count_solutions(const Workplace& place) {
  try {
    const auto first = place.variants.of(0);
    std::set<SolutionContent> seen;
    for (std::size_t i = 0; i < place.scenarios.size(); ++i) {
      seen.insert(solution_content(place.scenarios, i, first->figures()->uses()));
    }
    return seen.size();
  } catch (const InputError&) {  // told as the failure of the scenario
    return place.scenarios.size();
  }
}

// The figures of a scenario as it stands.
void look_at_figures(const Workplace& place, std::size_t scenario, Pilot& found) {
  const auto begin = std::chrono::steady_clock::now();
  engine::Lives lives;
  const FigureLives how{stream_of(place, place.scenarios.id(scenario)), lives};
  try {
    const auto& figures = *place.variants.of(scenario)->figures();
    found.figures.note(scenario, {{}, figures.reached(place.scenarios.values(scenario), how), 1});
  } catch (const InputError&) {
    return;  // told as the failure of the scenario
  } catch (const RunError&) {
    return;
  }
  found.seconds_an_evaluation = std::max(
      found.seconds_an_evaluation, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

}  // namespace

double figure_seconds(const Draft& draft, const Pilot& pilot) {
  const auto evaluations = static_cast<double>(draft.scenarios.recalibration().evaluations());
  return static_cast<double>(pilot.solutions) * evaluations * pilot.seconds_an_evaluation;
}

Pilot try_some(const Draft& draft, const model::Sources& sources, std::uint32_t seed) {
  Variants variants(draft.scenarios, sources);
  const Workplace place{draft.scenarios, variants, seed};
  const std::int64_t patients = std::min(draft.patients, most_patients);
  Pilot found;
  double lives = 0, seconds = 0, fixed = 0, bytes = 0;
  const std::size_t size = draft.scenarios.size(), count = std::min(tried, size);
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t scenario = count < 2 ? 0 : k * (size - 1) / (count - 1);
    (void)run_one(place, scenario, 1);  // reads the model
    const Timed least = run_one(place, scenario, 1), most = run_one(place, scenario, patients);
    if (found.failure.empty()) found.failure = most.failure;
    fixed += least.seconds;
    seconds += most.seconds - least.seconds;
    lives += static_cast<double>((patients - 1) * draft.strategies);
    bytes = std::max(bytes, most.bytes);
    if (draft.scenarios.recalibration().any()) look_at_figures(place, scenario, found);
  }
  if (draft.scenarios.recalibration().any()) found.solutions = count_solutions(place);
  found.seconds_a_life = lives > 0 ? std::max(seconds / lives, 1e-9) : 1e-6;
  found.seconds_a_scenario = fixed / static_cast<double>(count);
  found.bytes_a_scenario = bytes;
  return found;
}

}  // namespace sojourn::sweep
