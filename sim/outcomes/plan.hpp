// What to compute from histories, compiled once: for each outcome of the model its cells and what it asks, with the
// parameters' values folded in, and where its sums stand.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "outcomes/kind.hpp"
#include "outcomes/passage.hpp"
#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

// Patients beyond this many could overflow a sum of squares.
inline constexpr std::int64_t most_patients = std::int64_t{1} << 40;

// With more strategies than this each is compared with the reference only.
inline constexpr std::size_t most_compared_pairwise = 12;

// Up to so many codes their joint counts are kept (32 kB a pair of strategies), beyond it counts by cell.
inline constexpr std::int64_t most_joint_codes = 64;

struct StrategyName {
  std::string name, label;
};

struct PairOfStrategies {
  std::size_t number = 0;
  bool swapped = false;
};

// From an origin until `until` after it, or to the horizon.
struct Window {
  std::int32_t origin = 0;      // of the plan's queries
  std::optional<double> until;  // [years]
  friend bool operator==(const Window&, const Window&) = default;
};

// Whether it is counted how patients pass through the states.
enum class Ways : std::uint8_t { counted, left_out };

struct Compiled {
  explicit Compiled(const model::Model& model) : queries(model), passages(model), life(model) {}
  std::vector<Item> items;
  Queries queries;
  std::vector<Frame> frames;
  std::vector<std::string> state_names, cause_names;       // cause: transitions and events, then branches
  std::vector<StrategyName> strategies;                    // in the order of the blocks
  std::vector<std::size_t> parameter_set;                  // by strategy: those with equal values share a set
  std::size_t reference = 0;                               // among the strategies
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // that are compared, first < second
  std::size_t cells = 0, counts = 0, joints = 0, means = 0, curves = 0;  // sums a strategy, or a pair of them
  std::optional<double> observed_until;                                  // [years]
  std::vector<std::shared_ptr<const WorthProgram>> worth;  // by parameter set; empty if no outcome is about it
  std::vector<Window> windows;                             // between which it is asked what lives are worth
  Ways ways = Ways::counted;
  PassagePlan passages;
  Life life;  // opened nowhere yet; copied by each accumulator

  // Nothing if these two are not compared, or are the same.
  [[nodiscard]] std::optional<PairOfStrategies> pair_of(std::size_t a, std::size_t b) const;
};

// By outcome: the times since the origin at which a curve steps.
using ExactTimes = std::vector<std::vector<double>>;

class Plan {
 public:
  // `strategies`: those in the blocks, in order; `reference` is one of them. `base_parameters`: by ParameterId, before
  // what strategies change. Throws InputError where an outcome cannot be computed.
  Plan(const model::Model& model, const std::vector<StrategyId>& strategies, StrategyId reference,
       std::span<const double> base_parameters, const ExactTimes* exact = nullptr);
  // `parameters`: by strategy of the blocks, then by ParameterId. `outcomes`: in place of the model's.
  Plan(const model::Model& model, const std::vector<StrategyId>& strategies, StrategyId reference,
       const std::vector<std::vector<double>>& parameters, const ExactTimes* exact = nullptr, Ways ways = Ways::counted,
       const std::vector<model::Outcome>* outcomes = nullptr);

  [[nodiscard]] const std::shared_ptr<const Compiled>& compiled() const { return compiled_; }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

// Finest unit 2^-bits (bits <= 40) in which most_patients values whose spread is up to `range` have squares that add up
// to less than 2^127. Negative: none.
[[nodiscard]] int fraction_bits_for(double range);

}  // namespace sojourn::outcomes
