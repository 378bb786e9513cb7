// The trials of a model, compiled once: what is followed, under which strategies, how patients come and go. Patients
// are dealt to the arms by their number, in a circle: with shares 1 and 2, patients 1, 4, 7, ... to the first arm and
// 2, 3, 5, 6,
// ... to the second. So arms share no patient, whatever the strategies are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "distributions/law.hpp"
#include "model/model.hpp"
#include "outcomes/kind.hpp"
#include "outcomes/life.hpp"

namespace sojourn::trial {

struct Arm {
  std::size_t strategy = 0;           // in the blocks
  std::string name;                   // of the strategy
  std::int64_t patients = 0;          // in each replicate
  std::int64_t first = 0, share = 1;  // place in the circle, and how many places
  outcomes::Code where, population, stratum;
};

struct Item {
  model::Trial trial;
  model::Outcome endpoint;
  outcomes::Watch target, censor;
  std::vector<Arm> arms;
  std::vector<outcomes::GroupLevel> strata;  // one without a name where there are none
  std::int64_t circle = 1;                   // places in the circle
  std::uint32_t draw_hash = 0;               // of the name under which it draws
  std::optional<distributions::Law> dropout;

  [[nodiscard]] bool same_strategy() const { return arms.size() == 2 && arms[0].strategy == arms[1].strategy; }
  // Place of a patient in the circle belongs to this arm.
  [[nodiscard]] bool dealt(const Arm& arm, std::int64_t patient) const {
    const std::int64_t place = (patient - 1) % circle - arm.first;
    return place >= 0 && place < arm.share;
  }
  // As many patients of an arm as may be of use: those of all replicates; four times as many if a size is sought.
  [[nodiscard]] std::int64_t most_patients(const Arm& arm) const;
};

class Plan {
 public:
  // `strategies`: those in the blocks, in order. `parameters`: by ParameterId, before what strategies change. Trials
  // with an arm that is not simulated are left out.
  Plan(const model::Model& model, std::span<const StrategyId> strategies, std::span<const double> parameters);

  [[nodiscard]] const std::vector<Item>& items() const { return items_; }
  [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }  // in words
  [[nodiscard]] std::uint32_t seed() const { return seed_; }
  [[nodiscard]] const outcomes::Life& life() const { return life_; }  // opened nowhere yet; to be copied

 private:
  [[nodiscard]] std::optional<distributions::Law> dropout(const model::Trial& trial,
                                                          std::span<const double> parameters);

  std::vector<Item> items_;
  std::vector<std::string> left_out_;
  std::uint32_t seed_;
  outcomes::Life life_;
  std::vector<std::unique_ptr<std::vector<double>>> tables_;  // of the laws
};

}  // namespace sojourn::trial
