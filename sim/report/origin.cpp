// Where the numbers come from: the model's text, what reproduces the run, how to do it.
#include <cctype>
#include <utility>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

// As a shell reads it back.
std::string shell_word(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string("_-./=,:").find(static_cast<char>(c)) != std::string::npos;
  };
  bool simple = !text.empty();
  for (const char c : text) simple = simple && plain(static_cast<unsigned char>(c));
  if (simple) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string command(const Result& result) {
  const store::RunInput& input = result.input();
  std::string line = "sojourn run " + shell_word(input.model_name);
  for (const auto& [name, value] : input.overrides) line += " --set " + shell_word(name + "=" + value);
  line += " --patients " + std::to_string(input.patients) + " --seed " + std::to_string(input.seed);
  if (input.replicate > 0) line += " --replicate " + std::to_string(input.replicate);
  if (input.samples > 0) line += " --samples " + std::to_string(input.samples);
  if (input.share_patients) line += " --share-patients";
  if (input.narrow_times) line += " --times float32";
  std::string names, states;
  for (const StrategyText& one : result.strategies()) names += (names.empty() ? "" : ",") + one.name;
  line += " --strategies " + shell_word(names);
  const store::TrajectoryPolicy& policy = input.policy;
  if (policy.keep == store::Keep::first) line += " --keep " + std::to_string(policy.first);
  for (const StateId state : policy.states) {
    states += (states.empty() ? "" : ",") + result.model().states[state.index()].name;
  }
  if (!states.empty()) line += " --keep-states " + shell_word(states);
  if (policy.keep == store::Keep::none && input.samples == 0) line += " --no-trajectories --out again.h5";
  return line;
}

}  // namespace

Json origin_section(const Inputs& inputs) {
  const Result& result = inputs.result();
  const store::RunInput& input = result.input();
  Json files = Json::list(), overrides = Json::list();
  for (const model::EmbeddedFile& file : input.files) files.add(Json::text(file.path));
  for (const auto& [name, value] : input.overrides) overrides.add(Json::text(name + " = " + value));
  return Json::object()
      .set("model_name", Json::text(input.model_name))
      .set("model_text", Json::text(input.model_text))
      .set("files", std::move(files))
      .set("overrides", std::move(overrides))
      .set("seed", Json::number(input.seed))
      .set("patients", Json::number(static_cast<double>(input.patients)))
      .set("trajectories", Json::text(result.reader().trajectories()))
      .set("digest", Json::text(result.reader().digest()))
      .set("version", Json::text(inputs.version))
      .set("result", Json::text(result.file_name()))
      .set("again", Json::text("sojourn run " + shell_word(result.file_name()) + " --out again.h5"))
      .set("command", Json::text(command(result)));
}

}  // namespace sojourn::report
