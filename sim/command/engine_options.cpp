#include "command/engine_options.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "engine/choice.hpp"

namespace sojourn::command {

namespace {

void choose_kind(const std::string& name) {
  engine::EngineChoice choice = engine::engine_choice();
  choice.kind = name == "reference" ? engine::EngineKind::reference : engine::EngineKind::batched;
  engine::choose_engine(choice);
}

void choose_isa(const std::string& name) {
  engine::EngineChoice choice = engine::engine_choice();
  choice.isa = engine::isa_named(name).value();
  if (!engine::available(choice.isa)) throw CLI::ValidationError("--isa", "this processor has no " + name);
  engine::choose_engine(choice);
}

std::vector<std::string> isa_names() {
  std::vector<std::string> names;
  for (const engine::Isa isa : engine::every_isa) names.emplace_back(engine::name_of(isa));
  return names;
}

}  // namespace

void add_engine_options(CLI::App& command) {
  command
      .add_option_function<std::string>("--engine", choose_kind,
                                        "batched: many patients side by side (default); reference: one after the "
                                        "other; the result is the same")
      ->type_name("WHICH")
      ->check(CLI::IsMember({"batched", "reference"}));
  command
      .add_option_function<std::string>("--isa", choose_isa,
                                        "instructions of the batched engine (default: the first of these that "
                                        "there is); the result is the same")
      ->type_name("SET")
      ->check(CLI::IsMember(isa_names()));
}

}  // namespace sojourn::command
