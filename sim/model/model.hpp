// A model after reading and checking: names are ids, units are years, every expression is typed. What `program` lowers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/ids.hpp"
#include "distributions/attribute_draw.hpp"
#include "distributions/row_table.hpp"
#include "distributions/tables.hpp"
#include "expression/expression.hpp"
#include "model/factor.hpp"
#include "model/uncertainty.hpp"
#include "model/worth.hpp"

namespace sojourn::model {

struct Parameter {
  std::string name;
  Expression value;  // over other parameters only
  std::optional<double> low, high;
  std::string source, status, description;
  std::string unit_text;  // as the user wrote it, for display
  Location at;
  bool given_outside = false;  // by --set or --parameters: the same in every sample
};

// ---- attributes -------------------------------------------------------------------------------------------------
using distributions::DrawKind;

// How a cohort attribute is drawn. values: uniform min, max; normal mean, sd; lognormal median, sdlog; logit_normal
// median, sd; beta shape1, shape2, or mean, sd; gamma mean, shape; exponential mean; weibull shape, scale; triangular
// min, mode, max; poisson mean; negative_binomial mean, dispersion; categorical weights by level; probability p; value
// the expression.
struct Draw {
  DrawKind kind = DrawKind::value;
  std::vector<Expression> values;
  bool beta_by_mean = false;           // values are mean, sd
  std::optional<Expression> min, max;  // truncated to these
};

struct DrawCase {
  std::optional<Expression> when;  // absent: otherwise
  Draw draw;
};

struct Attribute {
  std::string name;
  expression::Type type;
  std::vector<double> number_levels;  // `levels` of whole numbers; empty otherwise
  std::vector<DrawCase> draws;        // empty: not drawn by itself
  bool from_rows = false;             // a column of the cohort's rows
  double initial = 0;                 // of an attribute that is set on the way
  std::string unit_text, description;
  Location at;

  [[nodiscard]] bool known_at_start() const { return from_rows || !draws.empty(); }
};

// Patients as rows of a CSV file; column i is the attribute i.
struct CohortRows {
  std::shared_ptr<const distributions::RowTable> table;
  std::string weight;  // name of the column of weights; empty: all rows alike
};

struct Correlation {  // Spearman's rank correlation of two drawn attributes
  AttributeId first, second;
  Expression rho;  // over parameters only
};

// ---- states and what moves patients -----------------------------------------------------------------------------
struct State {
  std::string name, label;
  bool initial = false, absorbing = false;
  std::vector<std::string> tags;
  Location at;
};

struct Table {  // rates [1/years] on [breaks[i], breaks[i+1]), breaks[0] = 0 [years]; the last goes on for ever
  std::vector<double> breaks, rates;
  std::vector<double> years;  // of a life table by calendar year: rates by age, then year, one a year in order
};

struct Cure {
  Expression fraction;
  std::optional<Expression> odds_ratio;            // on the fraction
  std::optional<Expression> uncured_hazard_ratio;  // latent
};

struct Spline {
  distributions::SplineScale scale = distributions::SplineScale::hazard;
  distributions::SplineTime time = distributions::SplineTime::log;
  double unit = 1;  // of knots and gammas [years]
};

struct Curve {  // a tabulated survival
  enum class Beyond : std::uint8_t { never, hold_hazard, exponential };
  bool joined = false;  // by constant hazards; otherwise steps
  Beyond beyond = Beyond::never;
};

struct Distribution {
  distributions::FamilyIndex family = 0;
  int form = 0;
  // Of the form's parameters, over parameters only; mixture: weights; truncated: min, and max or an empty expression
  std::vector<Expression> values;
  // piecewise_exponential: times, rates; royston_parmar: knots, gammas; tabulated: times, survivals, or all in one
  // table; life_table: tables, one a level of `by` (or one)
  std::vector<Expression> breaks, rates;
  std::vector<Table> tables;
  std::optional<Spline> spline;
  std::optional<Curve> curve;
  std::vector<Distribution> parts;  // mixture, truncated; tabulated: the exponential beyond its end
  AttributeId by;
  bool other_years_refused = false;                 // life table by calendar year: a life outside its years is an error
  bool if_past_now = false, if_past_never = false;  // `fixed` only; neither: an error at run time
  std::optional<Cure> cure;
  Location at;

  [[nodiscard]] bool has_years() const { return !tables.empty() && !tables.front().years.empty(); }
};

struct Component {
  Clock clock;
  Distribution time;
  std::vector<Factor> hazard_factors;  // hazard_ratio and smr, multiplied
  std::optional<Expression> time_ratio;
  std::optional<Expression> odds_ratio;  // log-logistic
};

struct Assignment {
  AttributeId attribute;
  Expression value;
};

// A transition or an event.
struct Declaration {
  enum class Kind : std::uint8_t { transition, event };
  Kind kind = Kind::transition;
  std::string name;   // unique; hashed into random addresses
  std::string cause;  // label
  std::vector<StateId> from;
  StateId to;   // of a transition
  MarkId mark;  // of an event
  bool recurrent = false;
  int priority = 0;
  std::optional<Expression> when;
  std::vector<Component> components;
  std::vector<Assignment> sets;
  Location at;
};

struct Option {
  std::string name;
  std::vector<Assignment> sets;
  StateId to;  // may be none
};

struct Rule {  // a category over the branch's options
  Expression option;
};
struct Probabilities {  // one an option in order; empty expression: the rest
  std::vector<Expression> of_option;
  std::optional<Expression> odds_ratio;  // of the first of two
  std::vector<bool> left_out;            // by option: it is given no probability
  [[nodiscard]] bool possible(std::size_t option) const { return !left_out[option]; }
};
struct OrdinalLogistic {  // P(option <= j) = logistic(cutpoint_j - predictor)
  std::vector<Expression> cutpoints;
  Expression predictor;
};
using Choice = std::variant<Rule, Probabilities, OrdinalLogistic>;

struct Branch {
  std::string name;
  std::vector<StateId> on_entry;
  std::vector<MarkId> on_event;
  std::vector<Expression> at;  // times since the trigger, over parameters only; never empty (0 = at once)
  std::vector<StateId>
      in;  // states in which it may happen; all non-absorbing if the user gave none and it is on an event
  int priority = 0;
  std::optional<Expression> when;
  std::vector<Option> options;
  std::optional<Choice> choice;  // absent: decided by the strategy
  Location at_location;
};

struct Strategy {
  std::string name, label;
  bool reference = false;
  std::vector<std::pair<ParameterId, Expression>> parameters;
  std::vector<std::pair<BranchId, Choice>> decisions;
  std::optional<Choice> start;  // instead of the model's
  Location at;
};

// ---- outcomes -----------------------------------------------------------------------------------------------------
struct Occurrence {          // being in one of these states, or one of these events happening
  std::vector<bool> states;  // by StateId
  std::vector<MarkId> events;
  [[nodiscard]] bool empty() const;
};

struct Target {
  double at = 0;      // [years]; 0 where the outcome has no time
  std::string level;  // group or level it is about; empty: the whole
  double value = 0, se = 0;
  std::string source;
};

enum class OutcomeKind : std::uint8_t {
  survival,
  incidence,
  share,
  distribution,
  time_in,
  count,
  cost,
  qalys,
  life_years,
  cost_effectiveness
};
enum class Discounted : std::uint8_t { no, yes, both };

// On which scale intervals of a censored survival curve are symmetric, as survfit's conf.type.
enum class IntervalScale : std::uint8_t { plain, log, log_log };
enum class GroupAt : std::uint8_t { origin, landmark, end };

struct Outcome {
  OutcomeKind kind = OutcomeKind::survival;
  std::string name, label;
  Occurrence target;  // survival, incidence, time_in, count; qalys and life_years: states whose time counts
  std::optional<Occurrence> competing, censor;
  MarkId origin;  // none: the start
  std::optional<Expression> where, population, group, share;
  AttributeId attribute;                   // of distribution
  std::vector<bool> costs;                 // of cost: by position in Model::costs, those that are added up
  Discounted discounted = Discounted::no;  // cost, qalys, life_years, cost_effectiveness
  // Of cost_effectiveness, whose costs and target are those of its cost and of this effect: qalys or life_years.
  OutcomeKind effect = OutcomeKind::qalys;
  std::vector<double> thresholds;  // [currency / effect] rising
  std::optional<double> landmark;  // [years] since the origin
  GroupAt group_at = GroupAt::origin;
  std::vector<double> at;         // [years] since the origin
  std::vector<double> quantiles;  // of a time to event: shares that have had it, rising
  IntervalScale interval = IntervalScale::log_log;
  std::optional<double> until;  // restricted_mean, time_in, count, what lives are worth, or share's `by` [years]
  std::vector<Target> targets;
  Location at_location;
};

// ---- trials -------------------------------------------------------------------------------------------------------
// Patients come at constant rates between the times, relative to each other: rates[i] until until[i] [years], from 0
// on.
struct Accrual {
  std::vector<double> until, rates;
  [[nodiscard]] double end() const { return until.empty() ? 0 : until.back(); }  // all at once without any
};

// A trial that is made of simulated patients, many times over (replicates).
struct Trial {
  enum class Test : std::uint8_t { log_rank, peto, restricted_mean };
  std::string name, label;
  std::size_t endpoint = 0;  // in Model::outcomes, a survival without landmark
  struct Arm {
    StrategyId strategy;
    std::int64_t patients = 0;  // in each replicate
    std::int32_t share = 1;     // of the patients dealt out
  };
  std::vector<Arm> arms;  // one or two, the first the control; both may be one strategy
  Accrual accrual;
  std::optional<double> follow_up;        // [years] from the end of accrual to the analysis
  std::optional<double> follow_each;      // [years] a patient is followed no longer
  std::optional<std::int64_t> events;     // the analysis is when there are so many
  std::optional<Distribution> dropout;    // time from entry to loss to follow-up, of a family given by numbers or rates
  std::vector<double> at;                 // [years] since the origin
  std::optional<double> restricted_mean;  // [years]
  Test test = Test::log_rank;
  std::optional<Expression> strata;  // a boolean or a category, judged at the origin
  double alpha = 0.05;
  int sides = 2;
  std::int64_t replicates = 1000;
  std::optional<double> power;  // the size that reaches it is wanted
  Location at_location;

  [[nodiscard]] std::string draw_name() const;  // under which it draws random numbers; no name of the language
  [[nodiscard]] std::int64_t patients() const;  // of a replicate, in all arms
  // [years] since entry: nobody is followed longer; none if only the number of events ends it.
  [[nodiscard]] std::optional<double> longest_follow_up() const;
};

struct EmbeddedFile {
  std::string path;  // relative to the model file, as written
  std::string content;
};

struct Model {
  std::string title, description;
  double horizon = 0;  // [years]
  std::optional<double> observed_until;
  std::uint32_t seed = 1;
  std::int64_t cohort_size = 0;
  std::vector<Parameter> parameters;
  Uncertainty uncertainty;            // of the parameters
  std::vector<Attribute> attributes;  // those of the rows, drawn ones in drawing order, then the others
  std::optional<CohortRows> rows;
  std::vector<Correlation> correlations;
  std::vector<State> states;
  std::optional<Choice> start;            // over the states; absent: the initial state
  std::vector<Declaration> declarations;  // transitions in file order, then events
  std::vector<std::string> events;        // names in order; MarkId = states + index
  std::vector<Branch> branches;
  std::vector<Strategy> strategies;
  std::vector<Cost> costs;
  std::vector<Utility> utilities;
  Discounting discounting;
  std::string currency;  // of the costs, as written; empty: not said
  std::vector<Outcome> outcomes;
  std::vector<Trial> trials;
  std::string text;                 // the model file itself
  std::vector<EmbeddedFile> files;  // what it read beside itself

  [[nodiscard]] std::size_t marks() const { return states.size() + events.size(); }
  [[nodiscard]] StateId initial_state() const;  // none if `start` says where
  // Where patients may start under some strategy, in file order.
  [[nodiscard]] std::vector<StateId> start_states() const;
  [[nodiscard]] StrategyId reference_strategy() const;
};

// The values of all parameters, in order, with derived ones computed: the file's, then a strategy's changes.
// Adds to `problems` what is out of its range or not finite.
[[nodiscard]] std::vector<double> parameter_values(const Model& model, const Strategy* strategy, Diagnostics& problems);
// The same in a sample, in place of the file's values where `drawn` (drawn_parameters) has one.
[[nodiscard]] std::vector<double> parameter_values(const Model& model, const Strategy* strategy, std::uint32_t sample,
                                                   std::span<const double> drawn, Diagnostics& problems);

}  // namespace sojourn::model
