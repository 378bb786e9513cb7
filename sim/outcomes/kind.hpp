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
#include "outcomes/life.hpp"

namespace sojourn::outcomes {

enum class Quantity : std::uint8_t { proportion, time, money, qalys };

// What a cell of a curve reads off it.
enum class Functional : std::uint8_t { survival, incidence, restricted_mean, time_lost };

// One number that an outcome reports, for each group and strategy.
struct Cell {
  // survival, incidence, share, distribution, time_in, restricted_mean, time_lost; cost, qalys, life_years and the same
  // with discounted_ before it
  std::string measure;
  Quantity quantity = Quantity::proportion;
  double time = 0;    // [years] since the origin (share and distribution at the end: the horizon)
  std::string level;  // of a distribution
  Functional functional = Functional::survival;
  bool event_free = false;  // a patient counts in the estimate when it has *not* happened
};

// What a patient is to a cell: not among those counted; counted, 0 or 1; or left out because her follow-up is shorter
// than the cell's time. Of a time: `yes` with a value.
enum class Mark : std::uint8_t { absent = 0, no = 1, yes = 2, too_short = 3 };

// How a patient leaves a curve.
struct CurveEnd {
  enum class Kind : std::uint8_t { event, competing, censored };
  Kind kind = Kind::censored;
  double time = 0;  // [years] since the start
};

class Worth;

// What one patient contributes to one outcome under one strategy.
struct Contribution {
  std::span<Mark> marks;           // by cell
  std::span<std::int64_t> values;  // by cell; of times, in the outcome's unit
  CurveEnd end;                    // of a curve
  bool changes_late = false;  // known to: what is taken at the end of follow-up differs from the end of observation
  Worth* worth = nullptr;     // of the life, if some outcome is about it
};

struct GroupLevel {
  std::string label;
  double value = 0;
};

// Code with the values of one strategy's parameters folded in.
struct Conditions {
  Code where, population, group, share;
};

struct Item;

struct Kind {
  model::OutcomeKind kind;
  std::string_view name;
  // The cells, in the order of the results. Throws InputError where the outcome makes no sense.
  std::vector<Cell> (*cells)(const model::Model&, const model::Outcome&);
  // One patient's marks and values, or how she leaves the curve. False: she is not counted after all.
  bool (*observe)(const Item&, const Conditions&, const Origin&, Life&, Contribution&);
};

// An outcome, compiled.
struct Item {
  const Kind* kind = nullptr;
  model::Outcome outcome;
  Watch target, competing, censor;
  std::vector<Cell> cells;
  std::vector<double> level_values;    // of a distribution, by cell
  std::vector<GroupLevel> groups;      // one without a label where there are none
  std::vector<Conditions> conditions;  // by strategy
  bool curve = false;
  Grid grid;                                    // of the curve
  double range = 0;                             // largest time a cell can hold [years]
  int fraction_bits = 40;                       // times are integers in units of 2^-fraction_bits years
  std::size_t region = 0;                       // of qalys and life_years: in WorthProgram::regions
  std::size_t first_cell = 0, first_curve = 0;  // index of the first group's first cell; of its curve

  double units_per_year = 0;  // 2^fraction_bits

  [[nodiscard]] std::int64_t fixed_point(double years) const {  // years >= 0; rounded once
    return static_cast<std::int64_t>(years * units_per_year + 0.5);
  }
};

// The kinds, in the order of model::OutcomeKind.
#define SOJOURN_OUTCOME_KINDS(KIND) \
  KIND(survival)                    \
  KIND(incidence)                   \
  KIND(share)                       \
  KIND(distribution)                \
  KIND(time_in)                     \
  KIND(cost)                        \
  KIND(qalys)                       \
  KIND(life_years)

#define SOJOURN_DECLARE_KIND(name) extern const Kind name##_kind;
SOJOURN_OUTCOME_KINDS(SOJOURN_DECLARE_KIND)
#undef SOJOURN_DECLARE_KIND

[[nodiscard]] const Kind& kind_of(model::OutcomeKind kind);

// Refuses keys that a kind has no use for: `key`, if set, is an InputError.
void refuse(const model::Outcome& outcome, bool set, std::string_view key, std::string_view why);

}  // namespace sojourn::outcomes
