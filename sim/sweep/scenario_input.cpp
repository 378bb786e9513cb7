#include "sweep/scenario_input.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/words.hpp"
#include "config/flow_text.hpp"
#include "model/replacement.hpp"
#include "sweep/parts.hpp"
#include "sweep/resolver.hpp"
#include "sweep/scenario_run.hpp"

namespace sojourn::sweep {

namespace {

std::size_t find(const Opened& sweep, const std::string& text) {
  const std::vector<ScenarioKey>& ids = sweep.scenarios.ids();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (const auto id = id_of(text)) {
    const auto found = std::find(ids.begin(), ids.end(), *id);
    if (found != ids.end()) return static_cast<std::size_t>(found - ids.begin());
  } else if (whole && number >= 1 && number <= ids.size()) {
    return number - 1;
  }
  throw InputError("--scenario: there is no scenario '" + text + "' in '" + sweep.folder.path() + "'; say its id, " +
                   id_text(ids.front()) + " for the first, or its number from 1 to " + with_commas(ids.size()));
}

// As the language writes it, to the last bit.
std::string value_text(double value, const expression::Type& type) {
  if (type.kind == expression::Type::Kind::boolean) return value != 0 ? "true" : "false";
  std::string text = number_text(value);
  if (type.time_power == 1) return text + " years";
  if (type.time_power == -1) return text + " per year";
  for (int i = 0; i < std::abs(type.time_power); ++i) text += type.time_power > 0 ? " * 1 year" : " * 1 per year";
  return text;
}

const expression::Type& type_of(const model::Model& model, const std::string& parameter) {
  const auto named = [&](const model::Parameter& one) { return one.name == parameter; };
  return std::ranges::find_if(model.parameters, named)->value.type();
}

model::Overrides overrides_of(const Scenarios& scenarios, std::size_t scenario, const model::Model& model,
                              std::span<const double> solved) {
  model::Overrides made;
  const std::vector<std::int32_t> places = scenarios.places(scenario);
  for (const model::Replacement& one : scenarios.replacements(places)) {
    made.emplace_back((model::is_place(one.path) ? "" : ".") + one.path, config::flow_text(*one.value));
  }
  const std::vector<double> values = scenarios.values(scenario, solved);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& name = scenarios.given()[i].parameter;
    made.emplace_back(name, value_text(values[i], type_of(model, name)));
  }
  return made;
}

// Adds to the plan the patients that resolving has given the scenario: only its group is looked at.
void look_for(std::size_t scenario, Opened& sweep, Parts& parts, int threads) {
  if (!sweep.scenarios.file().resolve || parts.of(scenario).empty()) return;
  Resolver resolver(sweep, parts, threads, {parts.of(scenario).front().shard + 1, parts.shards().size()});
  while (resolver.look()) {
  }
}

}  // namespace

store::RunInput scenario_input(Opened& sweep, const std::string& scenario, int threads, const std::atomic<bool>* stop) {
  const std::size_t number = find(sweep, scenario);
  Parts parts(sweep);
  look_for(number, sweep, parts, threads);
  const Workplace place{sweep.scenarios, sweep.variants, sweep.seed, nullptr, stop};
  const std::shared_ptr<Variant> variant = sweep.variants.of(number);
  const StreamKey key = stream_of(place, sweep.scenarios.id(number));
  Solution solution;
  if (!parts.solution(number).empty()) {
    solution = read_solution(parts.solution(number));
  } else if (sweep.scenarios.recalibration().solves()) {
    engine::Lives lives;
    solution = Solutions(sweep.scenarios, "", sweep.basis).of(number, *variant, {key, lives, stop}, false);
  }
  store::RunInput made;
  made.model_name = sweep.definition.model_name;
  made.model_text = sweep.definition.model_text;
  made.files = sweep.definition.files;
  made.overrides = overrides_of(sweep.scenarios, number, variant->model(), solution.unknowns);
  made.patients = parts.patients_wanted(number);
  made.seed = key.seed;
  made.replicate = key.replicate;
  made.strategies = sweep.scenarios.file().strategies;
  return made;
}

}  // namespace sojourn::sweep
