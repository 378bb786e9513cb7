#include "store/header.hpp"

namespace sojourn::store {

namespace {

const char* name_of_keep(Keep keep) {
  switch (keep) {
    case Keep::all:
      return "all";
    case Keep::first:
      return "first";
    case Keep::none:
      break;
  }
  return "none";
}

void write_policy(Output& output, const TrajectoryPolicy& policy) {
  const std::string path = "/input/trajectories";
  output.group(path, "which trajectories were to be kept");
  output.text(path + "/keep", name_of_keep(policy.keep), {"", "all, first (patients 1 to `first`) or none"});
  output.integers(path + "/first", {policy.first}, Element::int64, {"patients", "patients to keep if `keep` is first"});
  std::vector<std::int64_t> states;
  for (const StateId state : policy.states) states.push_back(state.value + 1);
  output.integers(path + "/states", states, Element::int16, {"", "state_id of the sojourns kept; empty: all"});
}

void write_root(Output& output, const model::Model& model, const RunInput& input) {
  std::vector<std::string> states;
  for (const model::State& state : model.states) states.push_back(state.name);
  output.root_attribute("format", std::string("sojourn result"));
  output.root_attribute("schema_version", schema_version);
  output.root_attribute("title", model.title);
  output.root_attribute("patients", input.patients);
  output.root_attribute("seed", static_cast<std::int64_t>(input.seed));
  output.root_attribute("horizon", model.horizon);
  output.root_attribute("time_unit", std::string("years of 365.25 days"));
  output.root_attribute("trajectories", describe(input, states));
  output.root_attribute("patients_stored", kept_patients(input));
  if (input.samples > 0) output.root_attribute("samples", input.samples);
}

void write_input(Output& output, const RunInput& input) {
  output.group("/input", "all that reproduces this file: `sojourn run FILE.h5`");
  if (input.compression != Compression::none) {  // no matter of the digest
    output.group_attribute("/input", "compression", std::string(name_of(input.compression)));
  }
  output.text("/input/model_name", input.model_name, {"", "the model's file name"});
  output.text("/input/model_text", input.model_text, {"", "the model file, byte for byte"});
  output.group("/input/files", "the files that the model read beside itself, in order");
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const std::string path = "/input/files/" + std::to_string(i + 1);
    output.group(path, "");
    output.text(path + "/path", input.files[i].path, {"", "as the model names it"});
    output.text(path + "/content", input.files[i].content, {"", "byte for byte"});
  }
  std::vector<std::string> names, values;
  for (const auto& [name, value] : input.overrides) {
    names.push_back(name);
    values.push_back(value);
  }
  output.group("/input/overrides", "parameters set on the command line, in order");
  output.texts("/input/overrides/name", names, {"", "parameter"});
  output.texts("/input/overrides/value", values, {"", "as given"});
  output.texts("/input/strategies", input.strategies, {"", "strategies asked for, in order; empty: all"});
  write_policy(output, input.policy);
  if (input.replicate > 0) {
    output.integers("/input/replicate", {input.replicate}, Element::int64, {"", "which random numbers of the seed"});
  }
  if (input.narrow_times) {
    output.text("/input/times", name_of(Element::float32), {"", "to what the times were rounded"});
  }
  if (input.samples == 0) return;
  output.integers("/input/samples", {input.samples}, Element::int64, {"", "samples of the uncertain parameters"});
  output.integers("/input/share_patients", {input.share_patients ? 1 : 0}, Element::int8,
                  {"", "1: all samples have the same patients"});
}

}  // namespace

void write_head(Output& output, const model::Model& model, const RunInput& input, const Layout& layout) {
  write_root(output, model, input);
  write_input(output, input);
  write_dictionary(output, model, layout);
}

void write_outcomes_group(Output& output) {
  output.group("/outcomes", "tables computed from the trajectories of all patients");
}

}  // namespace sojourn::store
