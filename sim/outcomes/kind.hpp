// What a kind of outcome is: the numbers it reports (cells) and what one patient puts into each. All kinds rest on two
// reductions: ratios of sums over patients (ratio.hpp) and, where follow-up can be censored, curves (curve.hpp).
// To add a kind: one file that defines a `Kind`, one line in SOJOURN_OUTCOME_KINDS.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "outcomes/grid.hpp"
#include "outcomes/interval.hpp"
#include "outcomes/life.hpp"
#include "outcomes/queries.hpp"
#include "outcomes/record.hpp"

namespace sojourn::outcomes {

enum class Quantity : std::uint8_t { proportion, mean };

// What a cell of a curve reads off it.
enum class Functional : std::uint8_t { survival, incidence, restricted_mean, time_lost };

// One number that an outcome reports, for each group and strategy.
struct Cell {
  std::string measure;  // the kind, restricted_mean, time_lost, quantile, or discounted_ and the kind
  Quantity quantity = Quantity::proportion;
  double time = 0;    // [years] since the origin (share and distribution at the end: the horizon)
  std::string level;  // of a distribution; of a quantile: which
  Functional functional = Functional::survival;
  bool event_free = false;  // a patient counts in the estimate when it has *not* happened
  // Of a proportion: the time in the item's grid, or the level (record.hpp); of a mean: which of them.
  std::int32_t place = 0;
  double quantile = 0;   // in (0, 1): the cell is the time by which this share has had the event
  double threshold = 0;  // [currency / effect] more than 0: the net benefit at it, made of the means from `place` on
  // What a mean is counted in.
  std::string unit = "1";
  int fraction_bits = 0;  // its integers are multiples of 2^-fraction_bits of the unit
  Bounds bounds;          // what it can be, in its unit
};

// How a patient leaves a curve.
struct CurveEnd {
  enum class Kind : std::uint8_t { event, competing, censored };
  Kind kind = Kind::censored;
  double origin = 0, time = 0;  // [years] since the start
};

struct GroupLevel {
  std::string label;
  double value = 0;
};

struct Item;

// What an outcome is made ready from.
struct Setup {
  const model::Model& model;
  const std::vector<std::vector<double>>& parameter_sets;  // the different values by ParameterId
  Queries& queries;
  const std::vector<std::vector<bool>>& regions;  // sets of states whose time is told apart (worth_program.hpp)
  // Of the outcome at hand, if its curve is to step at exact times: those at which something happens (exact_times.hpp).
  std::optional<std::span<const double>> exact;
};

struct Kind {
  model::OutcomeKind kind;
  std::string_view name;
  // The cells, in the order of the results. Throws InputError where the outcome makes no sense.
  std::vector<Cell> (*cells)(const model::Model&, const model::Outcome&);
  // What it asks, its places, and what its means are measured in.
  void (*prepare)(const Setup&, Item&);
  // From answers: places, what is followed, values, of the lives that are counted; who is not counted after all is
  // listed so. None: all is in `look`.
  void (*observe)(const Item&, const Answers&, const Counted&, Records&);
  // The same, from the lives themselves. None: all comes from answers.
  void (*look)(const Item&, Lives&, const Answers&, const Counted&, Records&);
  bool worth = false;  // it asks what lives are worth
};

// Who is counted, and in which group: shared by outcomes.
struct Frame {
  std::int32_t origin = 0, population = no_query, group = no_query;
  double landmark = 0;         // [years] since the origin
  std::vector<double> levels;  // of the group; one, 1, where there are none
  friend bool operator==(const Frame&, const Frame&) = default;
};

// An outcome, compiled.
struct Item {
  const Kind* kind = nullptr;
  model::Outcome outcome;
  std::vector<Cell> cells;
  std::vector<GroupLevel> groups;  // one without a label where there are none
  // What it asks (queries.hpp).
  std::int32_t origin = 0, target = no_query, competing = no_query, censor = no_query;
  std::int32_t subject = no_query;           // of a share or distribution: at its time
  std::int32_t subject_observed = no_query;  // the same at the end of observation
  Watch watch;                               // of count: states and events
  TimesIn times_in;                          // of time_in
  std::vector<double> level_values;          // of a share or distribution, by place
  bool curve = false;                        // with censoring
  Grid grid;                                 // of times
  std::vector<std::int32_t> looked_at;       // by place, and one more: how many of the cells' times come before it
  std::size_t means = 0;                     // that are added up
  std::size_t window = 0;                    // of the plan: between which times it asks what lives are worth
  std::size_t region = 0;                    // of qalys, life_years and cost_effectiveness: in WorthProgram::regions
  double horizon = 0;                        // [years]
  double scale = 0;                          // of times: integers a year

  // Where its sums stand: numbers of the first group's first cell, count, mean and curve.
  std::size_t first_cell = 0, first_count = 0, first_mean = 0, first_curve = 0;
  std::size_t places = 0, steps = 0;  // possible values of a record's place; of what is followed, less one
  std::int64_t codes = 0;             // all that lives can be to the cells (seen.hpp), if that is little; else 0
  std::size_t first_joint = 0;        // of counts by two codes
  std::size_t frame = 0;              // of the plan: who is counted, in which group

  [[nodiscard]] std::int64_t fixed_point(double value) const {  // value >= 0; rounded once
    return in_units(value, scale);
  }
  [[nodiscard]] std::size_t counts_a_group() const { return places + steps; }
};

// The kinds, in the order of model::OutcomeKind.
#define SOJOURN_OUTCOME_KINDS(KIND) \
  KIND(survival)                    \
  KIND(incidence)                   \
  KIND(share)                       \
  KIND(distribution)                \
  KIND(time_in)                     \
  KIND(count)                       \
  KIND(cost)                        \
  KIND(qalys)                       \
  KIND(life_years)                  \
  KIND(cost_effectiveness)

#define SOJOURN_DECLARE_KIND(name) extern const Kind name##_kind;
SOJOURN_OUTCOME_KINDS(SOJOURN_DECLARE_KIND)
#undef SOJOURN_DECLARE_KIND

// Means are integers in units of 2^-fraction_bits of `unit`: one of them, or all.
void measure_in(const Item& item, Cell& cell, const std::string& unit, int fraction_bits, const Bounds& bounds);
void measure_in(Item& item, const std::string& unit, int fraction_bits, const Bounds& bounds);
// Of times from 0 to `most` years.
void measure_in_years(Item& item, double most);

[[nodiscard]] const Kind& kind_of(model::OutcomeKind kind);

// An expression under each set of parameter values; without one, 1.
[[nodiscard]] std::vector<Code> codes_of(const Setup& setup, const std::optional<expression::Expression>& expression);

// Refuses keys that a kind has no use for: `key`, if set, is an InputError.
void refuse(const model::Outcome& outcome, bool set, std::string_view key, std::string_view why);

}  // namespace sojourn::outcomes
