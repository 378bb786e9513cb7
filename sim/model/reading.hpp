// What the reading of a model shares: the document, the names so far, the parsing of expressions where they stand, and
// the rules about values that are checked once all parameters are known, for the file's values and each strategy's.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "config/reader.hpp"
#include "model/load.hpp"
#include "model/model.hpp"
#include "model/names.hpp"

namespace sojourn::model {

using config::Fields;
using config::Item;
using expression::Allowed;
using expression::Type;

// Where expressions stand, and so what they may look at.
extern const Allowed parameters_only;  // parameters of distributions, cuts, times of branches
extern const Allowed drawn_at_start;   // cohort attributes
extern const Allowed in_a_hazard;      // factors, `when` of a transition
extern const Allowed at_risk_entry;    // cure fractions, odds ratios
extern const Allowed over_time;        // costs and utilities of time
extern const Allowed at_an_instant;    // decisions, sets, outcomes
extern const Allowed states_and_tags;  // what outcomes are about

// The values under which rules are checked.
struct Values {
  std::span<const double> parameters;
  std::string under;  // "under strategy `x`", or empty
};

struct ValueRule {
  std::vector<ParameterId> uses;
  std::function<void(const Values&)> check;
};

class Reading {
 public:
  Reading(const config::Source& source_, const Sources& files_, Model& model_)
      : source(source_), files(files_), model(model_) {}

  const config::Source& source;
  const Sources& files;
  Model& model;
  Names names;
  expression::Scope scope;
  std::vector<ValueRule> rules;
  std::vector<BranchId> left_to_strategies;     // branches that strategies decide
  std::unordered_set<std::string> drawn_later;  // cohort attributes that are not in scope yet
  // Names whose own definition has been reported: what refers to them is not judged by what they are taken for.
  std::unordered_set<std::string> unclear;
  // What has been found wrong, reported or not: more of it after a name's definition makes the name unclear.
  [[nodiscard]] std::size_t troubles() const { return source.problems().size() + not_reported_; }
  std::unordered_map<std::string, BranchId> branch_ids;
  Item start_drawn;           // the first `start` with probabilities
  bool starts_known = true;   // every `start` could be read
  std::vector<bool> weighed;  // by state: some utility is its weight

  // Nothing if the item is no such expression, which is reported, or has been with a name that it mentions; nothing
  // without a report if there is no item.
  [[nodiscard]] std::optional<Expression> expression(const Item& item, const std::optional<Type>& expected,
                                                     const Allowed& allowed);
  // The same for text that is not in the document (`--set`).
  [[nodiscard]] std::optional<Expression> expression(std::string_view text, const Location& at, const std::string& path,
                                                     const std::optional<Type>& expected, const Allowed& allowed);
  // A time without parameters [years].
  [[nodiscard]] std::optional<double> constant_time(const Item& item);

  // Its value if parameters alone decide it.
  [[nodiscard]] std::optional<double> value(const Expression& expression, const Values& values) const;
  // The value of `expression`, where parameters alone decide it, must satisfy `holds`; `must` completes "is 1.2, but
  // ...".
  void require(const Expression& expression, const Item& item, bool (*holds)(double), std::string must);
  void rule(const std::vector<const Expression*>& over, std::function<void(const Values&)> check);
  // For rules: a report that names the strategy.
  void report(const Item& item, const Values& values, std::string problem, std::string hint = {}) const;

  // The path, from the main file's folder, of a file that `item` names relative to the file in which it is written.
  [[nodiscard]] std::string path_of(const Item& item, const std::string& name) const;

  [[nodiscard]] std::optional<StateId> state(const Item& item);
  [[nodiscard]] std::optional<AttributeId> attribute(const Item& item);
  [[nodiscard]] std::optional<MarkId> mark(const Item& item, const std::string& name);  // a state or an event
  // A state, a list, {tag: NAME} or `any`; in file order, each once.
  [[nodiscard]] std::vector<StateId> states(const Item& item);
  // Those that are not absorbing, where `item` names none.
  [[nodiscard]] std::vector<StateId> any_state(const Item& item);
  [[nodiscard]] std::optional<Clock> clock(const Item& item);
  [[nodiscard]] std::string status(const Item& item);  // one of shapes::statuses
  [[nodiscard]] std::vector<Assignment> assignments(const Item& item);
  // The level of an attribute that a scalar names.
  [[nodiscard]] std::optional<double> level(AttributeId attribute, const Item& item);

 private:
  void count_places(const Item& item, std::vector<StateId>& found);
  void add_states(const Item& item, std::vector<bool>& chosen);
  std::size_t places_ = 0;
  std::size_t not_reported_ = 0;  // what mentions an unclear name

  [[nodiscard]] bool is_unclear(const std::string& name);
  [[nodiscard]] bool mentions_unclear(std::string_view text);
  void explain(std::string_view text, expression::ExpressionProblem& problem) const;
};

// The words of an expression; those that are parameters are what it depends on, because no parameter can have the name
// of anything else an expression may hold.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// Conditions on values, for Reading::require.
[[nodiscard]] bool is_probability(double value);
[[nodiscard]] bool is_positive(double value);
[[nodiscard]] bool is_not_negative(double value);

// For messages: with its unit, to nine digits, e.g. 0.25 years; "3 values".
[[nodiscard]] std::string shown(double value, const Type& type);
[[nodiscard]] std::string counted(std::size_t number, const std::string& word);

[[nodiscard]] bool same_type(const Type& a, const Type& b);
// Type of an attribute's levels by name.
[[nodiscard]] Type category_of(std::vector<std::string> levels);

// Which parameter uses which, after a strategy's changes.
class DependencyOrder;
[[nodiscard]] DependencyOrder parameter_order(const Model& model, const Strategy* strategy);
[[nodiscard]] std::string circle_text(const Model& model, const std::vector<std::size_t>& circle);  // "a uses b uses a"

// The parts of a model, in the order in which they are read.
void read_parameters(Reading& reading, const Item& parameters, const Overrides& overrides);
void read_uncertainty(Reading& reading, const Item& parameters, const Item& groups);
void declare_states(Reading& reading, const Item& states);
void declare_events(Reading& reading, const Item& events);
void read_cohort(Reading& reading, const Item& cohort, const Item& attributes);
[[nodiscard]] Attribute read_drawn_attribute(Reading& reading, const Item& item);
// A draw of this kind from a continuous distribution, and the attribute's type.
[[nodiscard]] std::optional<Type> read_continuous_draw(Reading& reading, std::string_view kind, const Item& item,
                                                       Draw& draw);
// Declares the attributes that come from a CSV file of patients.
void read_cohort_rows(Reading& reading, const Item& rows);
// Between the first `cohort` attributes.
void read_correlations(Reading& reading, const Item& correlation, std::size_t cohort);
// Adds an attribute whose name is free.
bool declare_attribute(Reading& reading, const Item& item);
void add_attribute(Reading& reading, Attribute made);
// `levels` of an attribute, in the order of the list: names, or whole numbers. Its type, if it has levels.
[[nodiscard]] std::optional<Type> read_levels(Reading& reading, const Item& levels, Attribute& made);
void read_transitions(Reading& reading, const Item& transitions, const Item& events);
void read_branches(Reading& reading, const Item& branches);
[[nodiscard]] std::optional<Choice> read_start(Reading& reading, const Item& item);
void read_strategies(Reading& reading, const Item& strategies);
// Costs, utilities, discounting; after states, transitions and events.
void read_costs(Reading& reading, const Item& costs);
void read_utilities(Reading& reading, const Item& utilities);
void read_discounting(Reading& reading, const Item& discounting);
void read_outcomes(Reading& reading, const Item& outcomes);
// Of an outcome: which costs, in which states time counts (`all` or as in an occurrence), whether discounted.
[[nodiscard]] std::vector<bool> read_chosen_costs(Reading& reading, const Item& item);
[[nodiscard]] std::optional<Occurrence> read_counted_states(Reading& reading, const Item& item, OutcomeKind kind);
// `unsaid`: where something is discounted and the key is left out.
[[nodiscard]] Discounted read_discounted(Reading& reading, const Item& item, Discounted unsaid);
void read_cost_effectiveness(Reading& reading, const Item& item, Outcome& outcome);
[[nodiscard]] std::vector<double> read_thresholds(Reading& reading, const Item& item);
void read_trials(Reading& reading, const Item& trials, const Item& outcomes);

// A text, a list or a mapping of states and events.
[[nodiscard]] std::optional<Occurrence> read_occurrence(Reading& reading, const Item& item);
// A {piecewise: ...}: how it is written, and what its values are.
struct StepsRead {
  const config::Shape &factor, &piecewise;
  std::optional<Type> type;         // absent: all as the first
  bool (*holds)(double) = nullptr;  // of each value
  std::string must;                 // completes "is 1.2, but must be ..."
};
[[nodiscard]] std::optional<Piecewise> read_piecewise(Reading& reading, const Item& item, const StepsRead& wanted);
// A component's `time`.
[[nodiscard]] std::optional<Distribution> read_distribution(Reading& reading, const Item& time, Clock::Kind clock);
// Fills in what a life table is.
[[nodiscard]] bool read_life_table(Reading& reading, const Item& item, Distribution& made);
// A survival curve from a CSV file, times in `unit` [years]: the times as breaks, the survivals as rates.
[[nodiscard]] std::optional<Table> read_curve_file(Reading& reading, const Item& file, double unit);
// One of `probabilities` (with `odds_ratio`) for a branch's options.
[[nodiscard]] std::optional<Choice> read_probabilities(Reading& reading, const Item& probabilities,
                                                       const Item& odds_ratio, const std::vector<Option>& options,
                                                       const Allowed& allowed = at_an_instant,
                                                       const std::string& what = "option");
[[nodiscard]] std::vector<std::string> option_names(const Branch& branch);

// What can be said only of the whole.
void check_pathway(Reading& reading, const Item& root);
void check_values(Reading& reading);

}  // namespace sojourn::model
