// What lives are worth: costs, utilities, discounting.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form factor_forms[] = {{Kind::expression}, {Kind::mapping, &worth_factor}};
constexpr Form factors_forms[] = {
    {Kind::expression}, {Kind::list, nullptr, {}, factor_forms}, {Kind::mapping, &worth_factor}};
constexpr Form transition_forms[] = {{Kind::text}, {Kind::values}};

constexpr Key in = Key{"in", Kind::any, "the states whose time counts: a state, a list, {tag: NAME}, or any"}
                       .in_form(places_forms)
                       .entries(1)
                       .standing_for("any")
                       .such_as("{tag: first_remission}");
constexpr Key on_entry = Key{"on_entry", Kind::any, "instead of `in`: whenever one of these states is entered"}
                             .in_form(places_forms)
                             .entries(1)
                             .such_as("infused");
constexpr Key on_transition =
    Key{"on_transition", Kind::any, "instead of `in`: whenever one of these transitions, by name, happens"}
        .in_form(transition_forms)
        .entries(1)
        .such_as("transplant");
constexpr Key on_event =
    Key{"on_event", Kind::names, "instead of `in`: whenever one of these events happens"}.entries(1).such_as(
        "crs_onset");
constexpr Key source = Key{"source", Kind::text, "where the number comes from"}.such_as("NICE TA975");
constexpr Key status = Key{"status", Kind::word, "how well it is founded"}.one_of(statuses).such_as("secondary");
constexpr Key description = Key{"description", Kind::text, "what it is"}.such_as("immunoglobulins, a year");

constexpr Key cost_keys[] = {
    in,
    on_entry,
    on_transition,
    on_event,
    Key{"when", Kind::expression, "[boolean] while false, or where false at the instant, nothing is paid"}.such_as(
        "not b_cell_recovered"),
    Key{"rate", Kind::any, "[any unit] money per time: a rate, or a list of a rate and factors"}
        .in_form(factors_forms)
        .at_least(0)
        .such_as("473 per month"),
    Key{"amount", Kind::expression, "[1] money, paid at once"}.at_least(0).such_as("\"severe ? 12000 : 4000\""),
    Key{"for", Kind::expression, "[time] how long the rate lasts after the instant, within a life"}.at_least(0).such_as(
        "28 days"),
    Key{"category", Kind::name, "costs of one category are added up together"}.such_as("treatment"),
    Key{"credit", Kind::boolean, "money that comes back: written positive, counted negative"}
        .standing_for("false")
        .such_as("true"),
    source,
    status,
    description,
};

constexpr Key utility_keys[] = {
    in,
    on_entry,
    on_transition,
    on_event,
    Key{"when", Kind::expression, "[boolean] while false, or where false at the instant, it does not count"}.such_as(
        "chronic_gvhd"),
    Key{"value", Kind::any,
        "[1] quality weight of time, a factor or a list of factors; at each moment exactly one holds"}
        .in_form(factors_forms)
        .from(-1, 1)
        .such_as("0.91"),
    Key{"multiply", Kind::any, "[1] multiplies the value: a factor or a list of factors"}
        .in_form(factors_forms)
        .at_least(0)
        .such_as("{piecewise: {clock: age, times: [22 years, 29 years], values: [1, 0.99, 0.98]}}"),
    Key{"loss", Kind::any, "[any unit] taken off the weight while in the states or for a time; as a time, at once"}
        .in_form(factors_forms)
        .at_least(0)
        .such_as("0.42"),
    Key{"for", Kind::expression, "[time] how long the loss lasts after the instant, within a life"}.at_least(0).such_as(
        "25.85 days"),
    source,
    status,
    description,
};

constexpr Key worth_factor_keys[] = {
    Key{"piecewise", Kind::mapping, "constant on intervals of a clock"}
        .needed()
        .of(worth_piecewise)
        .such_as("{clock: since remission, times: [1 year], values: [473 per month, 112 per month]}"),
};
constexpr Key worth_piecewise_keys[] = {
    Key{"clock", Kind::word, "since when time counts; X is a state or an event"}.one_of(clocks).needed().such_as("age"),
    Key{"times", Kind::expressions, "[time] n cuts, rising; on the clock calendar years AD, as 2020 years"}
        .needed()
        .above(0)
        .such_as("[1 year, 2 years]"),
    Key{"values", Kind::expressions, "[any unit] n + 1 values of one unit; each interval is closed on the left"}
        .needed()
        .such_as("[473 per month, 112 per month, 56 per month]"),
};

constexpr Key discounting_keys[] = {
    Key{"costs", Kind::expression, "[1] rate a year"}.needed().from(0, 1).such_as("0.035"),
    Key{"effects", Kind::expression, "[1] rate a year, of life years and QALYs"}.needed().from(0, 1).such_as("0.035"),
    Key{"method", Kind::word, "(1 + r)^-t at each instant, or by whole years, (1 + r)^-floor(t)"}
        .one_of(discount_methods)
        .standing_for("continuous")
        .such_as("yearly"),
};

constexpr std::string_view loss[] = {"loss"};
constexpr Rule cost_rules[] = {
    {Rule::Kind::one_form, cost_forms},
    {Rule::Kind::at_most_one, occasions},
    {Rule::Kind::only_with, instants, "amount"},
    {Rule::Kind::only_with, instants, "for"},
};
constexpr Rule utility_rules[] = {
    {Rule::Kind::one_form, utility_forms},     {Rule::Kind::at_most_one, occasions},
    {Rule::Kind::only_with, loss, "on_entry"}, {Rule::Kind::only_with, loss, "on_transition"},
    {Rule::Kind::only_with, loss, "on_event"}, {Rule::Kind::only_with, instants, "for"},
};

}  // namespace

const Shape cost{"a cost", cost_keys, cost_rules};
const Shape utility{"a utility", utility_keys, utility_rules};
const Shape worth_factor{"a factor of a cost or a utility", worth_factor_keys};
const Shape worth_piecewise{"piecewise", worth_piecewise_keys, {}, "piecewise of a cost or a utility"};
const Shape discounting{"discounting", discounting_keys};

}  // namespace sojourn::model::shapes
