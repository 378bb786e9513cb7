// A random model as a structure, from which its YAML is printed. Everything is referred to by name, so that parts can
// be taken out.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "random_models/term.hpp"

namespace sojourn::engine::testing {

struct Parameter {
  std::string name;
  Term value;
};

struct State {
  std::string name;
  bool absorbing = false;
  std::vector<std::string> tags;
};

struct Case {
  std::optional<Term> when;
  Term draw;
};

struct Attribute {
  std::string name;
  Sort sort = Sort::number;
  std::vector<std::string> levels;  // names of a category, or the whole numbers that a number may be
  std::vector<Case> cases;          // of those that are drawn
  std::string column;               // of the rows: what it holds
  std::optional<Term> initial;      // of those that are set on the way
};

struct Correlation {
  std::string first, second;
  Term rho;
};

struct Component {
  Term clock{Sort::clock, "reset"}, time;
  std::vector<Term> hazard_ratio, smr;
  std::optional<Term> time_ratio, odds_ratio;
};

struct Assignment {
  std::string attribute;
  Term value;
};

// States by name, tags as `#tag`, or `any`.
using Places = std::vector<std::string>;

struct Declaration {
  bool event = false;
  std::string name;   // a transition may have none
  std::string cause;  // of those without a name
  Places from;
  std::string to;
  bool recurrent = false;
  int priority = 0;
  std::optional<Term> when;
  std::vector<Component> components;
  std::vector<Assignment> sets;
};

struct Option {
  std::string name, to;
  std::vector<Assignment> sets;
};

// Of an option or a state: a rule, or probabilities (of which the text `rest` may be one).
struct Choice {
  std::optional<Term> rule;
  std::vector<std::pair<std::string, Term>> probabilities;
  std::optional<Term> odds_ratio;
};

struct Ordinal {
  std::string attribute;
  std::vector<Term> cutpoints;
  Term predictor;
};

struct Branch {
  std::string name;
  Places on_entry, on_event, in;
  std::vector<Term> at;
  int priority = 0;
  std::optional<Term> when;
  std::vector<Option> options;
  std::optional<Choice> choice;  // neither of these: decided by strategies
  std::optional<Ordinal> ordinal;
};

struct Strategy {
  std::string name;
  std::vector<std::pair<std::string, Choice>> decisions;  // by branch
  std::vector<std::pair<std::string, Term>> parameters;
  std::optional<Choice> start;
};

struct Draft {
  std::uint32_t seed = 1, replicate = 0;
  std::int64_t first_patient = 1;
  double horizon = 5;
  std::vector<Parameter> parameters;
  std::vector<Attribute> attributes;  // those of rows, then drawn ones, then those set on the way
  std::string rows;                   // how rows are taken; empty: there are none
  std::vector<Correlation> correlations;
  std::vector<State> states;
  std::optional<Choice> start;  // absent: in the first state
  std::vector<Branch> branches;
  std::vector<Declaration> declarations;
  std::vector<Strategy> strategies;
  std::vector<model::EmbeddedFile> files;
};

[[nodiscard]] std::string yaml(const Draft& draft);
std::ostream& operator<<(std::ostream& out, const Draft& draft);  // with its files, for reports

// ---- the whole ----------------------------------------------------------------------------------------------------
[[nodiscard]] std::vector<std::size_t> expanded(const Draft& draft, const Places& places);  // positions of states
// Calls with every term that stands by itself, for reading or changing.
template <class D, class F>
void each_term(D& draft, F f);
// Takes out what has this name, and what cannot be without it.
void forget(Draft& draft, const std::string& name);
// After changes: states that nobody reaches go, those that nothing leaves get a way out, strategies decide what is to
// be decided, clocks that cannot begin are others.
void mend(Draft& draft);

// ---- implementation -----------------------------------------------------------------------------------------------
template <class D, class F>
void each_term(D& draft, F f) {
  const auto maybe = [&f](auto& term) {
    if (term) f(*term);
  };
  const auto all = [&f](auto& terms) {
    for (auto& one : terms) f(one);
  };
  const auto choice = [&](auto& one) {
    maybe(one.rule);
    for (auto& [name, p] : one.probabilities) f(p);
    maybe(one.odds_ratio);
  };
  const auto sets = [&f](auto& list) {
    for (auto& one : list) f(one.value);
  };
  for (auto& one : draft.parameters) f(one.value);
  for (auto& one : draft.attributes) {
    for (auto& single : one.cases) {
      maybe(single.when);
      f(single.draw);
    }
    maybe(one.initial);
  }
  for (auto& one : draft.correlations) f(one.rho);
  if (draft.start) choice(*draft.start);
  for (auto& one : draft.branches) {
    all(one.at);
    maybe(one.when);
    for (auto& option : one.options) sets(option.sets);
    if (one.choice) choice(*one.choice);
    if (one.ordinal) {
      all(one.ordinal->cutpoints);
      f(one.ordinal->predictor);
    }
  }
  for (auto& one : draft.declarations) {
    maybe(one.when);
    for (auto& part : one.components) {
      f(part.clock);
      f(part.time);
      all(part.hazard_ratio);
      all(part.smr);
      maybe(part.time_ratio);
      maybe(part.odds_ratio);
    }
    sets(one.sets);
  }
  for (auto& one : draft.strategies) {
    for (auto& [branch, decision] : one.decisions) choice(decision);
    for (auto& [name, value] : one.parameters) f(value);
    if (one.start) choice(*one.start);
  }
}

}  // namespace sojourn::engine::testing
