#include "command/model_input.hpp"

#include <filesystem>

#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "command/signals.hpp"
#include "model/load.hpp"
#include "model/parameter_file.hpp"
#include "store/reader.hpp"
#include "sweep/scenario_input.hpp"
#include "team/team.hpp"

namespace sojourn::command {

namespace {

std::string stem(const std::filesystem::path& path) {
  return path.stem().string();
}

model::Overrides changes(const ModelOptions& options) {
  model::Overrides all;
  for (const std::string& file : options.parameter_files) {
    Diagnostics problems;
    const model::Overrides read = model::read_parameter_file(file, problems);
    if (!problems.ok()) throw InputError(problems.text());
    all.insert(all.end(), read.begin(), read.end());
  }
  all.insert(all.end(), options.set.begin(), options.set.end());
  return all;
}

model::Model load(const model::Sources& sources, const model::Overrides& overrides, const std::string& outcomes_file) {
  Diagnostics problems;
  std::optional<model::AnalysisFile> analysis;
  if (!outcomes_file.empty()) analysis = {outcomes_file, model::DiskSources(outcomes_file).read_model()};
  std::optional<model::Model> model = model::load(sources, overrides, problems, analysis ? &*analysis : nullptr);
  if (!model) throw InputError(problems.text());
  return std::move(*model);
}

// By its first bytes, or by its name, so that a damaged result is not taken for a model.
bool is_result(const std::string& path) {
  return store::is_hdf5_file(path) || std::filesystem::path(path).extension() == ".h5";
}

// What was kept of a model elsewhere, with the changes on top of those that were made there.
ModelInput changed(store::RunInput input, const ModelOptions& options) {
  ModelInput made;
  made.input = std::move(input);
  for (const auto& change : changes(options)) made.input.overrides.push_back(change);
  const model::MemorySources sources(options.model + ":" + made.input.model_name, made.input.model_text,
                                     made.input.files);
  made.model = load(sources, made.input.overrides, options.outcomes_file);
  return made;
}

ModelInput from_result(const ModelOptions& options) {
  ModelInput made = changed(store::Reader(options.model).input(), options);
  made.name = stem(made.input.model_name);
  made.from_result = true;
  return made;
}

ModelInput from_scenario(const ModelOptions& options) {
  const auto sweep = sweep::Opened::open(options.model, SOJOURN_VERSION);
  ModelInput made =
      changed(sweep::scenario_input(*sweep, options.scenario, team::usable_processors(), &stop_requested()), options);
  made.name = stem(std::filesystem::path(options.model).lexically_normal()) + "." + options.scenario;
  return made;
}

ModelInput from_yaml(const ModelOptions& options) {
  ModelInput made;
  made.input.overrides = changes(options);
  made.model = load(model::DiskSources(options.model), made.input.overrides, options.outcomes_file);
  made.input.model_name = std::filesystem::path(options.model).filename().string();
  made.name = stem(made.input.model_name);
  made.input.model_text = made.model.text;
  made.input.files = made.model.files;
  made.input.seed = made.model.seed;
  made.input.patients = made.model.cohort_size;
  return made;
}

}  // namespace

ModelInput load_model(const ModelOptions& options) {
  if (options.scenario.empty() && std::filesystem::is_directory(options.model)) {
    throw InputError("cannot read '" + options.model +
                     "': it is a folder; of a sweep's say which scenario, --scenario ID");
  }
  ModelInput made = !options.scenario.empty()  ? from_scenario(options)
                    : is_result(options.model) ? from_result(options)
                                               : from_yaml(options);
  if (options.patients > 0) made.input.patients = options.patients;
  if (options.seed >= 0) made.input.seed = static_cast<std::uint32_t>(options.seed);
  if (options.replicate >= 0) made.input.replicate = static_cast<std::uint32_t>(options.replicate);
  if (!options.strategies.empty()) made.input.strategies = options.strategies;
  return made;
}

}  // namespace sojourn::command
