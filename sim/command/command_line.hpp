// The options of every subcommand but sweep, as the user gave them. How they are written: model_commands.cpp and
// result_commands.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::command {

// Exit codes, also listed by --help and in docs/command.md.
enum class Exit : int {
  ok = 0,
  run_failed = 1,        // disk full, folder not writable, another run alive, ...
  usage = 2,             // options
  bad_input = 3,         // the model or a file it names
  sweep_incomplete = 4,  // scenarios of a sweep failed or are missing
};                       // 130, 143: stopped by Ctrl-C, SIGTERM

struct ModelOptions {
  std::string model;                                     // MODEL.yaml, a result FILE.h5, the folder of a sweep
  std::string scenario;                                  // of the sweep
  std::vector<std::pair<std::string, std::string>> set;  // --set name=value, --parameters files first
  std::vector<std::string> parameter_files;
  std::vector<std::string> strategies;
  std::int64_t patients = 0;  // 0: not given
  std::int64_t seed = -1;     // -1: not given
  std::int64_t replicate = -1;
  std::string outcomes_file;  // --outcomes
};

struct RunOptions {
  ModelOptions model;
  int threads = 0;  // 0: all
  std::string out, json, csv;
  bool no_trajectories = false;
  bool shards = false;             // as several processes would write it
  std::vector<std::string> until;  // precisions (outcomes/precision.hpp)
  std::int64_t samples = 0;        // of the uncertain parameters; 0: not given
  bool share_patients = false;
  std::int64_t keep = -1;  // -1: not given
  std::vector<std::string> keep_states;
  std::string times;     // float32 or float64; empty: as the file that is run again, or float64
  std::string compress;  // store/chunk_code.hpp; empty: as the file that is run again, or none
  bool quiet = false;
};

struct CheckOptions {
  ModelOptions model;
  bool explain = false;
};

struct TraceOptions {
  ModelOptions model;
  std::int64_t patient = 1;
  std::string strategy;
};

struct OutcomesOptions {
  std::string file;      // result
  std::string outcomes;  // YAML file in place of the model's outcomes
  std::string curves;    // CSV
  bool exact = false;
  std::string json, csv;
  bool quiet = false;
};

struct InspectOptions {
  std::string file;
  bool verify = false;
  bool input = false;  // print the model embedded in the file
};

struct ReportOptions {
  std::string file;               // of the result
  std::vector<std::string> with;  // results of the same model under other parameters
  std::string out;                // empty: the result's name with .html
};

struct ExportOptions {
  std::string file, format;
  std::string table, out;
  std::vector<std::string> strategies;
  std::string patients;  // "1-1000"
  bool ids = false;
  std::vector<std::string> covariates;
  bool no_covariates = false;
  std::string group, step;
  std::string effects, costs, thresholds;  // "0:50000:100"
};

struct SchemaOptions {
  bool reference = false;       // Markdown instead of a JSON Schema
  bool parameter_file = false;  // of a file for --parameters instead of a model
  bool sweep = false;           // of a sweep
};

// What each subcommand does; each throws InputError, RunError or engine::Stopped.
void run(const RunOptions& options);
void check(const CheckOptions& options);
void trace(const TraceOptions& options);
void outcomes_of_file(const OutcomesOptions& options);
void inspect(const InspectOptions& options);
void report(const ReportOptions& options);
void export_result(const ExportOptions& options);
void schema(const SchemaOptions& options);

// Parses, dispatches, reports what is thrown; returns the exit code of the process.
[[nodiscard]] int execute(int argc, char** argv);

}  // namespace sojourn::command
