// Transitions and events, their times and the effects on them.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form factor_forms[] = {{Kind::expression}, {Kind::mapping, &factor}};
constexpr Form factors_forms[] = {
    {Kind::expression}, {Kind::list, nullptr, {}, factor_forms}, {Kind::mapping, &factor}};

constexpr Key clock =
    Key{"clock", Kind::word, "since when time counts; X is a state or an event"}.one_of(clocks).such_as(
        "since infused");
constexpr Key time = Key{"time", Kind::mapping, "a family with its parameters"}
                         .of(time_to_event)
                         .such_as("{weibull: {shape: 1.2, scale: 9 months}}");
constexpr Key hazard_ratio = Key{"hazard_ratio", Kind::any, "[1] a factor or a list of factors: H becomes h H"}
                                 .in_form(factors_forms)
                                 .entries(1)
                                 .at_least(0)
                                 .such_as("\"mrd_positive ? 4.87 : 1\"");
constexpr Key smr = Key{"smr", Kind::any, "[1] a factor or a list of factors, on a life table: H becomes h H"}
                        .in_form(factors_forms)
                        .entries(1)
                        .at_least(0)
                        .such_as("4.0");
constexpr Key time_ratio =
    Key{"time_ratio", Kind::expression, "[1] the clock runs at speed 1/f"}.above(0).such_as("1.3");
constexpr Key odds_ratio =
    Key{"odds_ratio", Kind::expression, "[1] odds of failure times r, on loglogistic"}.above(0).such_as("0.8");
constexpr Key when = Key{"when", Kind::expression, "[boolean] while false the hazard is 0"}.such_as("planned");
constexpr Key components =
    Key{"components", Kind::mappings, "instead of clock, time and effects: the hazard is their sum"}
        .of(component)
        .entries(1)
        .such_as("[{clock: age, time: {life_table: {file: life.csv, beyond: hold}}, smr: 4}]");
constexpr Key sets = Key{"sets", Kind::named_values, "attributes to expressions"}.such_as("{relapses: relapses + 1}");
constexpr Key priority = Key{"priority", Kind::whole_number, "among simultaneous ones; lower first"}
                             .from(lowest_priority, highest_priority)
                             .standing_for("0")
                             .such_as("-1");

constexpr Key transition_keys[] = {
    Key{"name", Kind::name, "unique"}.standing_for("cause:from>to").such_as("relapse"),
    Key{"from", Kind::any, "a state, a list, {tag: NAME}, or any"}
        .needed()
        .in_form(places_forms)
        .entries(1)
        .such_as("[remission, {tag: treated}]"),
    Key{"to", Kind::name, "a state"}.needed().such_as("relapsed"),
    Key{"cause", Kind::text, "label"}.standing_for("transition").such_as("leukaemia"),
    clock.standing_for("reset"),
    when,
    time,
    hazard_ratio,
    smr,
    time_ratio,
    odds_ratio,
    components,
    sets,
    priority,
};

constexpr Key event_keys[] = {
    Key{"in", Kind::any, "the states in which it happens: a state, a list, {tag: NAME}, or any"}
        .needed()
        .in_form(places_forms)
        .entries(1)
        .such_as("remission"),
    Key{"cause", Kind::text, "label"}.standing_for("event").such_as("toxicity"),
    clock.standing_for("reset"),
    when,
    time,
    hazard_ratio,
    smr,
    time_ratio,
    odds_ratio,
    components,
    sets,
    priority,
    Key{"recurrent", Kind::boolean, "armed again at the instant it happens"}.standing_for("false").such_as("true"),
};

constexpr Key component_keys[] = {
    clock.standing_for("reset"), time.needed(), hazard_ratio, smr, time_ratio, odds_ratio,
};

constexpr Key factor_keys[] = {
    Key{"piecewise", Kind::mapping, "constant on intervals of a clock"}.needed().of(piecewise).such_as(
        "{clock: since hsct, times: [2 years, 15 years], values: [1, 9.9, 2.2]}"),
};
constexpr Key piecewise_keys[] = {
    clock.needed(),
    Key{"times", Kind::expressions, "[time] n cuts, rising; on the clock calendar years AD, as 2020 years"}
        .needed()
        .above(0)
        .such_as("[2 years, 15 years]"),
    Key{"values", Kind::expressions, "[1] n + 1 values; each interval is closed on the left"}
        .needed()
        .at_least(0)
        .such_as("[1, 9.9, 2.2]"),
};

constexpr Key life_table_keys[] = {
    Key{"file", Kind::text, "a CSV file below the folder of the model"}.needed().such_as("life.csv"),
    Key{"by", Kind::name, "an attribute with a column of its name"}.such_as("sex"),
    Key{"beyond", Kind::word, "past the last age: its rate goes on, or death at once"}
        .needed()
        .one_of(table_tails)
        .such_as("hold"),
    Key{"other_years", Kind::word,
        "of a table by calendar year, before its first year and after its last: their rates go on, or an error"}
        .one_of(other_years)
        .such_as("hold"),
};
constexpr Key cure_keys[] = {
    Key{"fraction", Kind::expression, "[1] share to whom it never happens"}.needed().from(0, 1).such_as("0.3"),
    Key{"odds_ratio", Kind::expression, "[1] on the odds of the fraction"}.at_least(0).such_as("1.5"),
    Key{"uncured", Kind::mapping, "the family of the others, with an optional hazard_ratio"}
        .needed()
        .of(uncured)
        .such_as("{exponential: {rate: 0.5 per year}}"),
};
constexpr Key piecewise_exponential_keys[] = {
    Key{"time", Kind::expressions,
        "[time] where intervals begin, rising; the first is 0 days, on the clock calendar any year AD"}
        .needed()
        .at_least(0)
        .such_as("[0 days, 1 year]"),
    Key{"rate", Kind::expressions, "[1/time] in each"}.needed().at_least(0).such_as("[0.3 per year, 0.1 per year]"),
};
constexpr Key royston_parmar_keys[] = {
    Key{"gamma", Kind::expressions, "[1] coefficients, as many as knots"}.needed().such_as("[-3.8, 2.6, 0.3]"),
    Key{"knots", Kind::expressions, "[1] rising, on the scale of time: its logarithm for timescale log"}
        .needed()
        .such_as("[-2.5, 0.4, 2.0]"),
    Key{"scale", Kind::word, "what is a spline: log cumulative hazard, log odds or normal quantile"}
        .one_of(spline_scales)
        .standing_for("hazard")
        .such_as("odds"),
    Key{"timescale", Kind::word, "a spline of log time or of time"}
        .one_of(spline_times)
        .standing_for("log")
        .such_as("log"),
    Key{"unit", Kind::word, "unit of time of gamma and knots"}.one_of(time_unit_words).needed().such_as("years"),
};
constexpr Form tail_forms[] = {{Kind::word, nullptr, curve_tails}, {Kind::mapping, &curve_tail}};
constexpr Key tabulated_keys[] = {
    Key{"times", Kind::expressions, "[time] rising; at 0 the survival is 1"}.at_least(0).such_as("[3 months, 1 year]"),
    Key{"survival", Kind::expressions, "[1] at each time, falling"}.from(0, 1).such_as("[0.91, 0.7]"),
    Key{"file", Kind::text, "a CSV file with the columns time and survival, below the folder of the model"}.such_as(
        "km.csv"),
    Key{"unit", Kind::word, "unit of the times in the file"}.one_of(time_unit_words).such_as("months"),
    Key{"interpolate", Kind::word, "none: steps; hazard: constant hazards between the points"}
        .one_of(interpolations)
        .standing_for("none")
        .such_as("hazard"),
    Key{"beyond", Kind::any, "past the last time: never, hold_hazard, or {exponential: {...}}"}
        .needed()
        .in_form(tail_forms)
        .such_as("{exponential: {rate: 0.2 per year}}"),
};
constexpr Key fixed_time_keys[] = {
    Key{"time", Kind::expression, "[time] since the origin of the clock"}.needed().at_least(0).such_as("28 days"),
    Key{"if_past", Kind::word, "when the patient comes at risk later"}
        .one_of(if_past)
        .standing_for("an error")
        .such_as("never"),
};

constexpr Rule declaration_rules[] = {
    {Rule::Kind::one_form, time_or_components},         {Rule::Kind::only_with, just_time, "clock"},
    {Rule::Kind::only_with, just_time, "hazard_ratio"}, {Rule::Kind::only_with, just_time, "smr"},
    {Rule::Kind::only_with, just_time, "time_ratio"},   {Rule::Kind::only_with, just_time, "odds_ratio"},
};
constexpr std::string_view curve_forms[] = {"times survival", "file unit"};
constexpr Rule curve_rules[] = {{Rule::Kind::one_form, curve_forms}};

}  // namespace

const Shape transition{"a transition", transition_keys, declaration_rules};
const Shape event{"an event", event_keys, declaration_rules};
const Shape component{"a component", component_keys};
const Shape factor{"a factor", factor_keys};
const Shape piecewise{"piecewise", piecewise_keys};
const Shape life_table{"life_table", life_table_keys};
const Shape cure{"cure", cure_keys};
const Shape piecewise_exponential{"piecewise_exponential", piecewise_exponential_keys};
const Shape fixed_time{"fixed", fixed_time_keys};
const Shape royston_parmar{"royston_parmar", royston_parmar_keys};
const Shape tabulated{"tabulated", tabulated_keys, curve_rules};

}  // namespace sojourn::model::shapes
