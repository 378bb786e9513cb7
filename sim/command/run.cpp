#include "engine/run.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "analysis/experiment.hpp"
#include "analysis/simulate.hpp"
#include "analysis/together.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "base/words.hpp"
#include "command/command_line.hpp"
#include "command/crew.hpp"
#include "command/model_input.hpp"
#include "command/outputs.hpp"
#include "command/progress.hpp"
#include "command/results_out.hpp"
#include "command/run_record.hpp"
#include "command/signals.hpp"
#include "outcomes/results.hpp"
#include "team/launch.hpp"

namespace sojourn::command {

namespace {

constexpr std::int64_t most_patients_by_default = 100'000'000;  // of --until

StateId find_state(const model::Model& model, const std::string& name) {
  std::vector<std::string> known;
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    if (model.states[s].name == name) return make_id<StateId>(s);
    known.push_back(model.states[s].name);
  }
  const std::string hint = did_you_mean(name, known);
  throw InputError("--keep-states: there is no state '" + name + "'" + (hint.empty() ? "" : "; " + hint));
}

void choose_trajectories(const RunOptions& options, ModelInput& input) {
  store::TrajectoryPolicy& policy = input.input.policy;
  if (options.samples > 0) {
    input.input.samples = options.samples;
    input.input.share_patients = false;
    policy = {store::Keep::none, 0, {}};  // unless some of the base case are asked for
  }
  if (options.share_patients) input.input.share_patients = true;
  if (options.no_trajectories) policy = {store::Keep::none, 0, {}};
  if (options.keep > 0) {
    policy.keep = store::Keep::first;
    policy.first = options.keep;
  }
  if (!options.keep_states.empty()) {
    policy.states.clear();
    if (policy.keep == store::Keep::none) policy.keep = store::Keep::all;
    for (const std::string& name : options.keep_states) policy.states.push_back(find_state(input.model, name));
  }
}

void choose_form(const RunOptions& options, ModelInput& input) {
  if (!options.times.empty()) input.input.narrow_times = options.times == "float32";
  if (!options.compress.empty()) input.input.compression = store::compression_named(options.compress).value();
}

// Where the result goes: as asked; else MODEL.h5 in this folder, and nowhere when no trajectories are wanted. Samples
// are worth a file without them.
std::string result_path(const RunOptions& options, const ModelInput& input) {
  if (!options.out.empty()) return options.out;
  const bool nothing = input.input.policy.keep == store::Keep::none && input.input.samples == 0;
  if (options.no_trajectories || nothing) return "";
  const std::string path = input.name + ".h5";
  if (input.from_result && std::filesystem::exists(path) && std::filesystem::equivalent(path, options.model.model)) {
    throw InputError("sojourn run " + options.model.model + " would replace the file it reads; say --out OTHER.h5");
  }
  return path;
}

// With --until it is the option alone that limits the patients, not the cohort size of the model or the file.
void choose_precision(const RunOptions& options, ModelInput& input, analysis::SimulateOptions& how) {
  for (const std::string& one : options.until) how.until.emplace_back(one);
  if (!how.until.empty() && input.input.samples > 0) throw InputError("--until: not for a file made with --samples");
  if (!how.until.empty() && options.model.patients == 0) input.input.patients = most_patients_by_default;
}

// No more threads than there are blocks of patients, in all samples.
int threads_for(int asked, int processors, std::int64_t patients, std::int64_t samples) {
  const std::int64_t blocks = (patients + engine::block_patients - 1) / engine::block_patients * (samples + 1);
  return static_cast<int>(std::min<std::int64_t>(asked > 0 ? asked : processors, blocks));
}

// What a run needs, read by each process for itself.
struct Prepared {
  ModelInput input;
  analysis::SimulateOptions how;
  analysis::Experiment experiment;

  explicit Prepared(const RunOptions& options) : input(load_model(options.model)) {
    choose_trajectories(options, input);
    choose_form(options, input);
    choose_precision(options, input, how);
    experiment = analysis::prepare(input.model,
                                   {input.input.strategies, input.input.patients, input.input.seed, input.input.samples,
                                    input.input.share_patients, input.input.replicate, input.input.narrow_times});
    input.input.strategies = experiment.strategy_names();
    how.out = result_path(options, input);
    how.stop = &stop_requested();
  }
};

}  // namespace

void run(const RunOptions& options) {
  refuse_crew_without_mpi();
  team::Team& team = crew();
  std::optional<Prepared> prepared;
  team.agree([&] {
    prepared.emplace(options);
    if (!team.first()) return;
    const std::string& out = prepared->how.out;
    check_outputs({out, out.empty() ? "" : run_record_path(out), options.json, options.csv},
                  input_paths(options.model, prepared->input));
  });
  auto& [input, how, experiment] = *prepared;
  how.threads = threads_for(options.threads, team.processors(), experiment.patients, experiment.samples);
  const bool quiet = options.quiet || !speaks();
  Progress progress(experiment.patients * (experiment.samples + 1), "patients",
                    quiet ? Progress::Style::silent : Progress::style_for_stderr());
  how.progress = [&](std::int64_t done, std::int64_t total) { progress.advance(done, total); };
  // By mpirun also one process alone: the files do not depend on how many there are.
  const bool alone_with_samples = team.size() == 1 && experiment.samples > 0;
  const bool together = options.shards || (team::has_mpi() && team::launched().by_mpi && !alone_with_samples);
  const analysis::Simulated done = together ? analysis::simulate_together(experiment, input.input, how, team)
                                            : analysis::simulate(experiment, input.input, how);
  progress.clear();
  team.agree([&] {
    if (!team.first()) return;
    input.input.patients = done.patients;
    if (!done.missed.empty()) {
      std::fprintf(stderr, "sojourn: --until: not reached with %s patients (--patients allows more)\n%s",
                   with_commas(done.patients).c_str(), done.missed.c_str());
    }
    const RunRecord record{input.input, done, how.out, team.size(), how.threads, progress.seconds()};
    if (!how.out.empty()) write_run_record(record);
    write_results(done.results, options.json, options.csv);
    if (!options.quiet)
      show_results(done.results, done.trials, "\n" + closing_lines(record), {options.json, options.csv});
  });
}

}  // namespace sojourn::command
