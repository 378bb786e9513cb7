#include "model/load.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "config/reader.hpp"
#include "model/analysis_file.hpp"
#include "model/checked_model.hpp"
#include "model/include.hpp"
#include "model/limits.hpp"
#include "model/reading.hpp"
#include "model/replacement.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::int64_t usual_patients = 10000;

// A first key that is not `sojourn` may be another kind of file altogether: one message instead of hundreds.
bool version_fits(const config::Source& source) {
  const Item root = source.root();
  if (!root.is(config::Node::Kind::mapping)) {
    source.add(root, "a model is a mapping, found " + config::describe(*root.node), "", "it begins with `sojourn: 1`");
    return false;
  }
  for (const Item& one : source.children(root)) {
    if (one.key() != "sojourn") continue;
    const auto version = source.whole_number(one, 0, 1000000);
    if (version && *version == 1) return true;
    if (version)
      source.add(one, "version " + std::to_string(*version) + " of the language is not known",
                 "this program reads version 1");
    return false;
  }
  source.add(root, "`sojourn` is missing", "version of the language", "a model begins with `sojourn: 1`");
  return false;
}

void read_head(Reading& reading, const Fields& fields) {
  Model& model = reading.model;
  const config::Source& source = reading.source;
  model.title = source.text(fields["title"]).value_or("");
  model.description = source.text(fields["description"]).value_or("");
  if (const auto horizon = reading.constant_time(fields["horizon"])) {
    model.horizon = *horizon;
    if (!(*horizon > 0)) source.add(fields["horizon"], "the horizon must be later than the start");
    if (*horizon > 1000) source.add(fields["horizon"], "a horizon of more than 1000 years");
  }
  model.observed_until = reading.constant_time(fields["observed_until"]);
  if (model.observed_until && !(*model.observed_until > 0))
    source.add(fields["observed_until"], "it must be later than the start");
  model.currency = source.text(fields["currency"]).value_or("");
  if (model.currency.size() > 40) source.add(fields["currency"], "a currency is a word, such as GBP");
  model.seed = static_cast<std::uint32_t>(fields.whole_number("seed").value_or(1));
}

void read_size(Reading& reading, const Item& cohort) {
  reading.model.cohort_size = usual_patients;
  for (const Item& one : reading.source.children(cohort)) {
    if (one.key() != "size" || !one.is(config::Node::Kind::scalar)) continue;
    reading.model.cohort_size = reading.source.whole_number(one, 1, shapes::most_patients).value_or(usual_patients);
  }
}

void read_all(Reading& reading, const Overrides& overrides) {
  const Fields fields(reading.source, reading.source.root(), shapes::model);
  read_parameters(reading, fields["parameters"], overrides);
  read_uncertainty(reading, fields["parameters"], fields["uncertainty"]);
  read_head(reading, fields);
  const Diagnostics& problems = reading.source.problems();
  std::size_t before = problems.size();
  declare_states(reading, fields["states"]);
  declare_events(reading, fields["events"]);
  const bool whole_states = problems.size() == before;
  read_size(reading, fields["cohort"]);
  read_cohort(reading, fields["cohort"], fields["attributes"]);
  before = problems.size();
  read_transitions(reading, fields["transitions"], fields["events"]);
  read_branches(reading, fields["branches"]);
  if (fields["start"]) reading.model.start = read_start(reading, fields["start"]);
  const bool whole_pathway = whole_states && problems.size() == before;
  read_costs(reading, fields["costs"]);
  read_utilities(reading, fields["utilities"]);
  read_discounting(reading, fields["discounting"]);
  read_strategies(reading, fields["strategies"]);
  if (const Item& start = reading.start_drawn) {
    const Location at = reading.source.at_key(start);
    reading.names.draws("the draw of `start`", "start", at, start.path, reading.source.problems());
  }
  read_outcomes(reading, fields["outcomes"]);
  read_trials(reading, fields["trials"], fields["outcomes"]);
  if (whole_pathway) check_pathway(reading, reading.source.root());
  check_values(reading);
}

}  // namespace

bool Occurrence::empty() const {
  return events.empty() && std::find(states.begin(), states.end(), true) == states.end();
}

StateId Model::initial_state() const {
  for (std::size_t s = 0; s < states.size(); ++s) {
    if (states[s].initial) return make_id<StateId>(s);
  }
  return {};
}

std::vector<StateId> Model::start_states() const {
  std::vector<bool> possible(states.size(), false);
  if (const StateId initial = initial_state(); initial.valid()) possible[initial.index()] = true;
  const auto add = [&](const std::optional<Choice>& choice) {
    if (!choice) return;
    if (const auto* rule = std::get_if<Rule>(&*choice)) {
      for (const std::int32_t s : rule->option.levels_named()) possible[static_cast<std::size_t>(s)] = true;
    } else if (const auto* chances = std::get_if<Probabilities>(&*choice)) {
      for (std::size_t s = 0; s < chances->of_option.size(); ++s) possible[s] = possible[s] || chances->possible(s);
    }
  };
  add(start);
  for (const Strategy& one : strategies) add(one.start);
  std::vector<StateId> found;
  for (std::size_t s = 0; s < possible.size(); ++s) {
    if (possible[s]) found.push_back(make_id<StateId>(s));
  }
  return found;
}

StrategyId Model::reference_strategy() const {
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    if (strategies[s].reference) return make_id<StrategyId>(s);
  }
  return StrategyId{strategies.empty() ? -1 : 0};
}

// In the order in which they depend on each other.
struct CheckedModel::State {
  Diagnostics problems;
  std::optional<config::Document> document;
  Model model;
  std::optional<config::Source> source;
  std::optional<Reading> reading;

  bool open(const Sources& sources, const Overrides& overrides, const AnalysisFile* analysis,
            std::span<const Replacement> replacements) {
    try {
      model.text = sources.read_model();
    } catch (const InputError& error) {
      problems.add({{}, "", error.what(), "", ""});
      return false;
    }
    std::size_t values = 0;
    document = config::read_document(sources.model_name(), model.text, problems, {.values = &values});
    if (!document) return false;
    source.emplace(*document, problems);
    if (!version_fits(*source) || !include_files(*document, sources, model, problems, values)) return false;
    if (analysis != nullptr && !(replace_analysis(*document, *analysis, problems) && Holdings().add(*source))) {
      return false;
    }
    bool found = replace_values(*document, overrides, problems);
    for (const Replacement& one : replacements) found = replace_value(*document, one, problems) && found;
    return found;
  }
};

CheckedModel::CheckedModel(std::unique_ptr<State> state) : state_(std::move(state)) {}
CheckedModel::~CheckedModel() = default;

std::unique_ptr<CheckedModel> CheckedModel::load(const Sources& sources, const Overrides& overrides,
                                                 const AnalysisFile* analysis,
                                                 std::span<const Replacement> replacements, Diagnostics& problems) {
  auto state = std::make_unique<State>();
  if (state->open(sources, overrides, analysis, replacements)) {
    state->reading.emplace(*state->source, sources, state->model);
    read_all(*state->reading, overrides);
  }
  if (state->problems.ok()) return std::unique_ptr<CheckedModel>(new CheckedModel(std::move(state)));
  for (const Problem& one : state->problems.problems()) problems.add(one);
  return nullptr;
}

const Model& CheckedModel::model() const {
  return state_->model;
}

const config::Node* CheckedModel::value_at(const std::string& path) const {
  return model::value_at(*state_->document, path);
}

void CheckedModel::keep_outcomes(const std::vector<bool>& kept) {
  std::vector<Outcome>& outcomes = state_->model.outcomes;
  std::size_t next = 0;
  std::erase_if(outcomes, [&](const Outcome&) { return !kept[next++]; });
  state_->model.trials.clear();
}

Model CheckedModel::take() {
  return std::move(state_->model);
}

void CheckedModel::check(std::span<const double> values, const std::vector<bool>& changed, const std::string& under,
                         Diagnostics& problems) {
  for (const ValueRule& rule : state_->reading->rules) {
    const bool affected =
        std::any_of(rule.uses.begin(), rule.uses.end(), [&](ParameterId p) { return changed[p.index()]; });
    if (affected) rule.check({values, under});
  }
  if (state_->problems.ok()) return;
  for (const Problem& one : state_->problems.problems()) problems.add(one);
  state_->problems = Diagnostics();
}

std::optional<Model> load(const Sources& sources, const Overrides& overrides, Diagnostics& problems,
                          const AnalysisFile* analysis) {
  const auto read = CheckedModel::load(sources, overrides, analysis, {}, problems);
  return read ? std::optional(read->take()) : std::nullopt;
}

}  // namespace sojourn::model
