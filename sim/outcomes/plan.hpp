// What to compute from histories, compiled once: for each outcome of the model its cells, and its expressions with the
// parameters' values folded in, by strategy where a strategy changes parameters.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "outcomes/kind.hpp"
#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

// Patients beyond this many could overflow a sum of squares.
inline constexpr std::int64_t most_patients = std::int64_t{1} << 40;

struct StrategyName {
  std::string name, label;
};

struct Compiled {
  explicit Compiled(const model::Model& model) : life(model) {}
  std::vector<Item> items;
  std::vector<StrategyName> strategies;  // in the order of the blocks
  std::size_t reference = 0;             // among them
  std::size_t cells = 0, curves = 0, most_cells = 0;
  std::string currency;                                    // of costs; empty: not said
  std::optional<double> observed_until;                    // [years]
  Life life;                                               // opened nowhere yet; copied by each accumulator
  std::vector<std::shared_ptr<const WorthProgram>> worth;  // by strategy; empty if no outcome is about it
};

class Plan {
 public:
  // `strategies`: those in the blocks, in order; `reference` is one of them. `base_parameters`: by ParameterId, before
  // what strategies change. Throws InputError where an outcome cannot be computed.
  Plan(const model::Model& model, std::vector<StrategyId> strategies, StrategyId reference,
       std::span<const double> base_parameters);

  [[nodiscard]] const std::shared_ptr<const Compiled>& compiled() const { return compiled_; }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

// Finest unit 2^-bits years (bits <= 40) in which most_patients values up to `range` years have squares that add up to
// less than 2^127.
[[nodiscard]] int fraction_bits_for(double range);

}  // namespace sojourn::outcomes
