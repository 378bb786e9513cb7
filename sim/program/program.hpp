// A model under one strategy and one set of parameter values, lowered to flat arrays: all that an engine needs, with
// names gone, parameters folded into constants, and the choice of inverse made. Times in years.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/lane.hpp"
#include "distributions/attribute_draw.hpp"
#include "distributions/cure.hpp"
#include "distributions/law.hpp"
#include "distributions/row_table.hpp"
#include "expression/expression.hpp"

namespace sojourn::program {

using expression::Code;

// A run of elements in another array.
struct Range {
  std::int32_t first = 0, count = 0;
};

// Positions are signed, -1 for absent; where one is known to be there it indexes.
[[nodiscard]] constexpr std::size_t at(std::int32_t position) {
  return static_cast<std::size_t>(position);
}

// Index into Program::codes; -1: absent.
using CodeIndex = std::int32_t;

enum class ClockKind : std::uint8_t { reset, forward, since_first, since_latest, age, calendar };

struct Clock {
  ClockKind kind = ClockKind::reset;
  std::int32_t mark = -1;  // of since_*
};

// A factor on the hazard that is constant between cuts of a clock of its own.
struct Piecewise {
  Clock clock;
  std::vector<double> cuts;    // [years] on that clock
  std::vector<double> values;  // one more than cuts
};

// How T with H(T) - H(t) = E is found.
enum class Inverse : std::uint8_t {
  direct,    // one component, constant factor: the family's own inverse
  segments,  // piecewise factors or several components: segment by segment, safeguarded Newton within
};

struct Component {
  Clock clock;
  ClockKind told = ClockKind::reset;  // the clock in the model, where the law was made one of the time since the start
  Range laws;                         // one, or one a level of the attribute `by`
  std::int32_t by = -1;               // attribute
  bool fixed = false;                 // an atom at origin + delay
  bool stepped = false;               // its cumulative hazard rises in steps
  bool if_past_now = false, if_past_never = false;
  double delay = 0;                // of a fixed time [years]
  double ratio = 1;                // product of the constant factors
  std::vector<CodeIndex> lasting;  // factors that differ between patients but not within a life
  std::vector<CodeIndex> ratios;   // factors that may change on the way
  Range piecewise;
  CodeIndex time_ratio = -1;
  std::int32_t warp = -1;  // index of the clock's warp when time_ratio depends on the patient
  CodeIndex odds_ratio = -1;
  double odds_power = 0;  // 1/shape of the log-logistic: an odds ratio r is the clock's speed r^(1/shape)
  bool cured = false;
  CodeIndex fraction = -1, cure_odds_ratio = -1, uncured_ratio = -1;  // fraction -1: `cure` is the same for all
  distributions::Cure cure{0, 1};
};

// A law of the time since the start that depends on where the patient starts (distributions::placed).
struct Place {
  std::int32_t law = -1, declaration = -1;
  double first_year = -infinity, end_year = infinity;  // outside these a life is an error
};

struct Assignment {
  std::int32_t attribute = -1;
  CodeIndex value = -1;
};

// A set of things that can change: attributes, then marks, then the state itself; one bit each.
using ChangeSet = std::vector<std::uint64_t>;

struct Declaration {
  bool event = false, recurrent = false, reset = false;
  bool dynamic = false;    // its hazard can change while at risk
  bool latched = false;    // has values taken when the patient comes at risk
  bool steady = false;     // one component of which only the clock's origin depends on the patient
  bool has_fixed = false;  // some component is an atom
  std::uint32_t name_hash = 0;
  std::int32_t to = -1;    // state, of a transition
  std::int32_t mark = -1;  // of an event
  Inverse inverse = Inverse::direct;
  CodeIndex when = -1;
  Range components, assignments;
  std::vector<bool> from;  // states in which it is at risk
  ChangeSet watches;       // what its hazard depends on
};

struct Warp {  // a clock whose speed depends on the patient; kept from the clock's origin on, at risk or not
  Clock clock;
  std::int32_t declaration = -1;  // whose component has it
  CodeIndex time_ratio = -1;
  std::vector<bool> states;  // of a reset clock: entry into these restarts it
  ChangeSet watches;
};

struct Option {
  Range assignments;
  std::int32_t to = -1;
};

enum class ChoiceKind : std::uint8_t { rule, probabilities, ordinal };

struct Branch {
  std::uint32_t name_hash = 0;
  std::int32_t rank = 0;   // at one instant lower comes first: by priority, then by position
  std::vector<double> at;  // [years] after the trigger
  std::vector<bool> in;    // states in which it may happen
  CodeIndex when = -1;
  std::vector<Option> options;
  bool by_strategy = false;
  ChoiceKind choice = ChoiceKind::rule;
  CodeIndex rule = -1;                 // value: index of the option
  std::vector<CodeIndex> probability;  // by option; -1: the rest
  CodeIndex odds_ratio = -1;           // of the first of two
  std::vector<CodeIndex> cutpoint;
  CodeIndex predictor = -1;
};

struct State {
  bool absorbing = false;
  std::vector<std::int32_t> events;  // declarations at risk here, by priority, then position
  std::vector<std::int32_t> transitions;
  std::vector<std::int32_t> branches;  // triggered by entry
};

// How one cohort attribute is drawn.
using distributions::DrawKind;

struct DrawCase {
  CodeIndex when = -1;
  DrawKind kind = DrawKind::value;
  bool beta_by_mean = false;
  std::vector<CodeIndex> values;
  CodeIndex min = -1, max = -1;  // truncated to these
};

// A part of a latent normal: an attribute's own independent normal, and how much of it.
struct LatentPart {
  std::int32_t latent = -1;
  double weight = 0;
  friend bool operator==(const LatentPart&, const LatentPart&) = default;
};

struct CohortAttribute {
  std::int32_t attribute = -1;
  std::uint32_t name_hash = 0;
  std::vector<DrawCase> cases;
  std::int32_t latent = -1;       // position of its independent normal among those of correlated attributes
  bool mirrored = false;          // a boolean: true for low uniforms, but for high latent normals
  std::vector<LatentPart> parts;  // of its latent normal; empty: its own uniform is used as it is
};

// Names, for messages and traces only.
struct Names {
  std::string strategy;
  std::vector<std::string> states, declarations, branches, attributes, events;
  std::vector<std::vector<std::string>> options;  // by branch
  std::vector<std::vector<std::string>> levels;   // by attribute; a boolean's are false, true; empty: a number
};

struct Program {
  std::vector<double> parameters;  // the values it was lowered with
  double horizon = 0;
  std::uint32_t seed = 1, replicate = 0;
  bool narrow_times = false;  // lives are recorded with times rounded to 32 bits
  std::int32_t initial_state = 0;
  std::int32_t start_branch = -1;    // the choice of the first state, not triggered by anything; -1: initial_state
  bool own_start = false;            // it is the strategy's
  std::int32_t age_attribute = -1;   // `age`, where a clock needs it
  std::int32_t year_attribute = -1;  // `calendar_year`, where a clock or a life table needs it
  std::vector<double> initial_attributes;
  std::vector<std::vector<double>> number_levels;       // by attribute: the values it may be set to; empty: any number
  std::shared_ptr<const distributions::RowTable> rows;  // its columns are the first attributes
  std::vector<CohortAttribute> cohort;
  std::int32_t latents = 0;  // correlated attributes
  std::vector<State> states;
  std::vector<Declaration> declarations;
  std::vector<Component> components;
  std::vector<Piecewise> piecewise;
  std::vector<Warp> warps;
  std::vector<distributions::Law> laws;
  std::vector<Place> places;
  // storage behind laws
  std::vector<std::unique_ptr<std::vector<double>>> tables;
  std::vector<std::unique_ptr<std::vector<distributions::Law>>> law_parts;
  std::vector<Assignment> assignments;
  std::vector<Branch> branches;
  std::vector<std::vector<std::int32_t>> event_branches;  // by event (mark - states): branches it triggers
  std::vector<Code> codes;
  Names names;

  [[nodiscard]] std::size_t marks() const { return states.size() + names.events.size(); }
  // Bits of a ChangeSet.
  [[nodiscard]] std::size_t attribute_bit(std::size_t a) const { return a; }
  [[nodiscard]] std::size_t mark_bit(std::size_t m) const { return initial_attributes.size() + m; }
  [[nodiscard]] std::size_t state_bit() const { return initial_attributes.size() + marks(); }
  [[nodiscard]] std::size_t change_words() const { return state_bit() / 64 + 1; }
};

}  // namespace sojourn::program
