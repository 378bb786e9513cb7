// Costs and utilities of a model, compiled for one strategy: the parameters' values are folded in, and for each state,
// transition and event it is known what applies. A `worth.hpp` runs it over lives.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "expression/expression.hpp"
#include "model/model.hpp"
#include "outcomes/discount.hpp"

namespace sojourn::outcomes {

using expression::Code;

// A factor that is constant on intervals of a clock: values[i] from origin + times[i - 1] on.
struct Steps {
  model::Clock clock;
  std::vector<double> times;   // [years]
  std::vector<double> values;  // one more
  double before = 1;           // of `since X`, while X has not happened
};

// A product of factors: how much accrues while it holds, or what begins at an instant.
struct Term {
  std::size_t account = 0;  // the cost it belongs to; of a utility its position among the utilities
  double sign = 1;          // -1: a credit
  double constant = 1;      // product of the factors that never change
  Code when;
  std::vector<Code> codes;  // factors that depend on the patient
  std::vector<Steps> steps;
  bool varies = false;  // in a life

  // Of an instant: where what lasts for a time is kept; none: all at once.
  std::int32_t spell = -1;
  Code duration;  // [years]
};

// By position in WorthProgram::terms or ::instants.
using TermList = std::vector<std::uint32_t>;

struct InState {
  TermList costs;                                              // those that vary
  TermList weights;                                            // of which exactly one holds
  TermList multipliers;                                        // of the weight
  TermList losses;                                             // taken off it
  TermList on_entry;                                           // instants
  std::vector<std::pair<std::size_t, double>> constant_costs;  // account, rate [currency / year]
  double weight = 0;                                           // if `constant_weight`
  bool constant_weight = true;
  bool absorbing = false;
  std::vector<AttributeId> depends;  // of all that its terms depend on, if that is `remembered`
  bool remembered = false;           // the terms depend on nothing but these few attributes, and on clocks
  TermList regions;                  // that the state belongs to
  bool over = false;                 // nothing counts here any more, nor can it be left
};

// By attribute, state or declaration: what must be kept up to date, and what cuts time into pieces.
struct Looked {
  std::vector<std::uint8_t> read, cuts;
};

struct WorthProgram {
  // `regions`: sets of states (by StateId) of which QALYs and life years are wanted.
  WorthProgram(const model::Model& model, std::span<const double> parameters, std::vector<std::vector<bool>> regions);

  std::vector<std::string> cost_names, utility_names;
  std::string currency;
  double horizon = 0;         // [years]
  double units_per_year = 1;  // of time: 2^k
  Discount no_discount, costs_discount, effects_discount;
  bool one_discount = true;  // the two are the same

  std::vector<Term> terms;     // while in states
  std::vector<Term> instants;  // of costs, then of utilities: from `first_loss` on
  std::size_t first_loss = 0;
  std::size_t spells = 0;
  std::size_t most_terms = 0;            // that one state has
  std::vector<InState> states;           // by StateId
  std::vector<TermList> by_declaration;  // instants, by DeclarationId
  std::vector<std::int32_t> mark_of;     // by DeclarationId: the event's mark, -1 for a transition
  Looked attributes;                     // by AttributeId
  std::vector<AttributeId> attributes_read;
  Looked declarations;  // events, by DeclarationId
  std::vector<MarkId> marks_read;
  std::size_t marks = 0;
  AttributeId age, calendar_year;  // if some clock needs them
  std::vector<std::vector<bool>> regions;
};

// The distinct sets of states of the outcomes about QALYs and life years.
[[nodiscard]] std::vector<std::vector<bool>> regions_of(const std::vector<model::Outcome>& outcomes);

}  // namespace sojourn::outcomes
