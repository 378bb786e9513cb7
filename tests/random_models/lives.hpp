// The lives that an engine makes of a model, and where two engines differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/choice.hpp"
#include "engine/live.hpp"
#include "engine/run.hpp"
#include "history/block.hpp"
#include "model/load.hpp"
#include "program/program.hpp"
#include "random_models/draft.hpp"

namespace sojourn::engine::testing {

// A model as it is read, with a program for each strategy. Where reading or lowering refuses it: `refusal`.
struct World {
  explicit World(const model::Sources& sources);
  std::optional<model::Model> model;
  std::vector<program::Program> programs;
  std::string refusal;
  std::int64_t first_patient = 1;
};
[[nodiscard]] World world_of(const Draft& draft);
[[nodiscard]] bool readable(const Draft& draft);

// What comes of some patients: one block of all of them, with a baseline for each strategy, or the error that was
// thrown.
struct Lived {
  history::Block block;
  Counts counts;
  std::string error;
};

// How patients are sent through.
struct Way {
  std::int32_t block = block_patients;  // how many together
  bool backwards = false;               // the last block first
  EngineChoice engine = {};
};
[[nodiscard]] Lived live(const std::vector<program::Program>& programs, const PatientRange& patients, const Way& way);
// The same with each strategy in a run of its own.
[[nodiscard]] Lived live_alone(const World& world, const PatientRange& patients);

// The first difference in words; empty where every bit is the same.
[[nodiscard]] std::string difference(const Lived& a, const Lived& b);
// What in a block's `lived_as` does not hold; empty where it is right.
[[nodiscard]] std::string wrong_lived_as(const history::Block& block);

// Whether both engines do the same with the model, the batched one in each instruction set of this processor: what
// differs, or nothing. `seen`: what the reference engine did.
[[nodiscard]] std::string compare_engines(const World& world, std::int32_t patients, Lived& seen);
// Whether lives depend on who is lived with them, and before.
[[nodiscard]] std::string compare_orders(const World& world, std::int32_t patients, Lived& seen);

}  // namespace sojourn::engine::testing
