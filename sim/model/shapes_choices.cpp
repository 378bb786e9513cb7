// Branches, and the strategies that decide some of them.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form decision_forms[] = {{Kind::expression}, {Kind::mapping, &strategy_decision}};

constexpr Key branch_keys[] = {
    Key{"on_entry", Kind::any, "entry into a state, one of a list, one with {tag: NAME}, or any"}
        .in_form(places_forms)
        .entries(1)
        .such_as("infused"),
    Key{"on_event", Kind::names, "an event or a list"}.such_as("b_cell_recovery"),
    Key{"at", Kind::times, "[time] since then"}.at_least(0).entries(1).standing_for("at once").such_as(
        "[3 months, 6 months]"),
    Key{"in", Kind::any, "states in which it may happen"}
        .in_form(places_forms)
        .entries(1)
        .standing_for("the on_entry states; for on_event: any")
        .such_as("[infused, remission]"),
    Key{"when", Kind::expression, "[boolean] a condition at that time"}.such_as("not in(relapsed)"),
    Key{"ordinal_logistic", Kind::mapping, "a level by ordinal logistic regression"}
        .of(ordinal_logistic)
        .such_as("{levels: [0, 1, 2], cutpoints: [-1.2, 0.1], predictor: 1.6 * burden}"),
    Key{"probabilities", Kind::named_values, "[1] options to probabilities; one may be `rest`"}
        .from(0, 1)
        .entries(1)
        .such_as("{cr: 0.8, nr: rest}"),
    Key{"odds_ratio", Kind::expression, "[1] beside two probabilities: on the odds of the first"}.at_least(0).such_as(
        "1.5"),
    Key{"choose", Kind::expression, "an option, by an expression"}.such_as("\"frail ? none : hsct\""),
    Key{"decided_by", Kind::word, "each strategy says what is chosen"}.one_of(deciders).such_as("strategy"),
    Key{"sets", Kind::name, "with ordinal_logistic: the attribute that takes the level"}.such_as("crs_grade"),
    Key{"options", Kind::named_mappings, "what an option does"}.of(option).or_numbers().such_as(
        "{none: {}, hsct: {to: hsct}}"),
    Key{"priority", Kind::whole_number, "among simultaneous ones; lower first"}
        .from(lowest_priority, highest_priority)
        .standing_for("0")
        .such_as("-1"),
};
constexpr Key option_keys[] = {
    Key{"to", Kind::name, "the state to go to"}.such_as("remission"),
    Key{"sets", Kind::named_values, "attributes to expressions"}.such_as("{plan: hsct}"),
};
constexpr Key ordinal_logistic_keys[] = {
    Key{"levels", Kind::values, "n levels, lowest first"}.needed().such_as("[0, 1, 2, 3, 4]"),
    Key{"cutpoints", Kind::expressions, "[1] n - 1, ascending"}.needed().such_as("[-4.0, -1.2, 0.1, 2.2]"),
    Key{"predictor", Kind::expression, "[1] P(level <= j) = logistic(cutpoint_j - predictor)"}.needed().such_as(
        "1.6 * burden"),
};

constexpr Key strategy_keys[] = {
    Key{"label", Kind::text, "how it is shown"}.standing_for("the name").such_as("No consolidation"),
    Key{"decisions", Kind::named, "branches to an option, an expression, or {probabilities: ...}"}
        .in_form(decision_forms)
        .such_as("{consolidation: hsct}"),
    Key{"parameters", Kind::named_values, "parameters to other values"}.such_as("{p_donor: 0.9}"),
    Key{"start", Kind::any, "where patients start under it, as `start` of the model"}
        .in_form(start_forms)
        .standing_for("as the model")
        .such_as("relapsed"),
    Key{"reference", Kind::boolean, "differences are taken against it"}
        .standing_for("the first strategy")
        .such_as("true"),
};
constexpr Key strategy_decision_keys[] = {
    Key{"probabilities", Kind::named_values, "[1] options to probabilities; one may be `rest`"}
        .needed()
        .from(0, 1)
        .entries(1)
        .such_as("{hsct: 0.3, none: rest}"),
    Key{"odds_ratio", Kind::expression, "[1] with two options: on the odds of the first"}.at_least(0).such_as("1.5"),
};
constexpr Key start_keys[] = {
    Key{"probabilities", Kind::named_values, "states to probabilities; one may be `rest`"}
        .needed()
        .from(0, 1)
        .entries(1)
        .such_as("{remission: 0.7, relapsed: rest}"),
};

constexpr std::string_view by_options[] = {"options"}, by_sets[] = {"sets"};
constexpr std::string_view by_logistic[] = {"ordinal_logistic"}, by_chance[] = {"probabilities"};
constexpr Rule branch_rules[] = {
    {Rule::Kind::at_least_one, branch_triggers},       {Rule::Kind::one_form, ways_to_decide},
    {Rule::Kind::only_with, by_logistic, "sets"},      {Rule::Kind::only_with, by_sets, "ordinal_logistic"},
    {Rule::Kind::only_with, by_chance, "odds_ratio"},  {Rule::Kind::only_with, by_options, "choose"},
    {Rule::Kind::only_with, by_options, "decided_by"},
};

}  // namespace

const Shape branch{"a branch", branch_keys, branch_rules};
const Shape option{"an option", option_keys};
const Shape ordinal_logistic{"ordinal_logistic", ordinal_logistic_keys};
const Shape strategy{"a strategy", strategy_keys};
const Shape strategy_decision{"a decision", strategy_decision_keys};
const Shape start{"a start", start_keys};

}  // namespace sojourn::model::shapes
