#include "export/export.hpp"

#include <cstdio>
#include <filesystem>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/units.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"
#include "command/outputs.hpp"
#include "command/signals.hpp"
#include "command/text_file.hpp"
#include "engine/run.hpp"

namespace sojourn::command {

namespace {

std::int64_t patient_number(const std::string& text) {
  const ParsedNumber number = parse_number(text);
  if (number && *number.value >= 1 && *number.value < 0x1p53) {
    const auto whole = static_cast<std::int64_t>(*number.value);
    if (static_cast<double>(whole) == *number.value) return whole;
  }
  throw InputError("--patients: '" + text + "' is no patient (they are counted 1, 2, ...)");
}

std::pair<std::int64_t, std::int64_t> patient_range(const std::string& text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) {
    throw InputError("--patients: say A-B (1-" + text + " for the first " + text + ", " + text + "-" + text +
                     " for one alone)");
  }
  const std::pair range{patient_number(text.substr(0, dash)), patient_number(text.substr(dash + 1))};
  if (range.first > range.second) throw InputError("--patients: '" + text + "' is in the wrong order");
  return range;
}

exports::Step step(const std::string& text) {
  const std::size_t space = text.find(' ');
  const ParsedNumber number = parse_number(text.substr(0, space));
  const auto unit = space == std::string::npos ? std::nullopt : time_unit(std::string_view(text).substr(space + 1));
  if (number && *number.value > 0 && unit) return {*number.value, *unit};
  throw InputError("--step: '" + text + "' is no time above 0, such as '1 month' or '0.25 years'");
}

exports::Thresholds thresholds(const std::string& text) {
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first != std::string::npos && second != std::string::npos) {
    const ParsedNumber from = parse_number(text.substr(0, first)),
                       to = parse_number(text.substr(first + 1, second - first - 1)),
                       by = parse_number(text.substr(second + 1));
    if (from && to && by) return {*from.value, *to.value, *by.value};
  }
  throw InputError("--thresholds: '" + text + "' is not FROM:TO:STEP, such as 0:50000:100");
}

exports::Request request(const ExportOptions& options) {
  exports::Request made;
  made.strategies = options.strategies;
  if (!options.patients.empty()) made.patients = patient_range(options.patients);
  made.ids = options.ids;
  if (options.no_covariates) made.covariates.emplace();
  if (!options.covariates.empty()) made.covariates = options.covariates;
  made.group = options.group;
  if (!options.step.empty()) made.step = step(options.step);
  made.effects = options.effects;
  made.costs = options.costs;
  if (!options.thresholds.empty()) made.thresholds = thresholds(options.thresholds);
  made.between_blocks = [] {
    if (stop_requested()) throw engine::Stopped();
  };
  return made;
}

exports::Destination destination(const ExportOptions& options) {
  if (!options.table.empty()) return {options.out.empty() ? "-" : options.out, options.table};
  if (options.out == "-")
    throw InputError("--out: several tables do not go to standard output; choose one with --table");
  const std::string stem = std::filesystem::path(options.file).stem().string();
  return {options.out.empty() ? stem + "_" + options.format : options.out, ""};
}

}  // namespace

void export_result(const ExportOptions& options) {
  const exports::Request asked = request(options);
  const store::Reader reader(options.file);
  ModelOptions itself;
  itself.model = options.file;
  const ModelInput input = load_model(itself);
  const exports::Destination to = destination(options);
  if (!to.table.empty()) check_outputs({to.path}, {options.file});
  const exports::Source source(options.file, reader, input.model, asked);
  const exports::Exported done = exports::write(source, options.format, to);
  std::fputs(done.text.c_str(), to.path == "-" ? stderr : stdout);
}

}  // namespace sojourn::command
