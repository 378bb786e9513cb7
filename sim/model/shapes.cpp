#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Key;
using config::Kind;

constexpr Key model_keys[] = {
    {"sojourn", Kind::whole_number, "version of the language: 1", true},
    {"title", Kind::text, "one line", true},
    {"description", Kind::text, "what the model is about"},
    {"horizon", Kind::time, "[time] every patient is followed until then", true},
    {"observed_until", Kind::time, "[time] later results are marked as extrapolation"},
    {"seed", Kind::whole_number, "of the random numbers, 0 .. 4294967295", false, "1"},
    {"parameters", Kind::any, "names to values or to mappings with value, range, source, status, description"},
    {"cohort", Kind::mapping, "the patients", false, {}, &cohort},
    {"attributes", Kind::named_mappings, "what is set on the way", false, {}, &attribute},
    {"states", Kind::named_mappings, "what a patient is in, one at a time", true, {}, &state},
    {"branches", Kind::named_mappings, "instantaneous choices", false, {}, &branch},
    {"transitions", Kind::mappings, "what moves patients from state to state", false, {}, &transition},
    {"events", Kind::named_mappings, "what happens to a patient in a state", false, {}, &event},
    {"strategies", Kind::named_mappings, "what is compared", false, "one strategy, `base`", &strategy},
    {"outcomes", Kind::named_mappings, "what is computed from the histories", false, {}, &outcome},
};

constexpr Key parameter_keys[] = {
    {"value", Kind::expression, "a number, time, rate or boolean, or an expression over other parameters", true},
    {"range", Kind::values, "[lowest, highest] value allowed, also with --set"},
    {"source", Kind::text, "where the value comes from"},
    {"status", Kind::name, "abstract, secondary, derived, recalled, judgement or fitted"},
    {"description", Kind::text, "what it is"},
};

constexpr Key cohort_keys[] = {
    {"size", Kind::whole_number, "default number of patients", false, "10000"},
    {"attributes",
     Kind::named_mappings,
     "drawn for each patient at the start, in this order",
     false,
     {},
     &drawn_attribute},
};

constexpr Key drawn_attribute_keys[] = {
    {"uniform", Kind::mapping, "uniform between min and max", false, {}, &uniform},
    {"normal", Kind::mapping, "normal with mean and sd", false, {}, &normal},
    {"lognormal", Kind::mapping, "lognormal with median and sdlog", false, {}, &lognormal},
    {"logit_normal", Kind::mapping, "its logit is normal: median, and sd on the logit scale", false, {}, &logit_normal},
    {"beta", Kind::mapping, "beta with mean and sd, or shape1 and shape2", false, {}, &beta},
    {"gamma", Kind::mapping, "gamma with mean and shape", false, {}, &gamma},
    {"categorical", Kind::named_values, "levels to weights (any positive numbers)"},
    {"probability", Kind::expression, "a boolean, true with this probability"},
    {"value", Kind::expression, "computed, not drawn"},
    {"cases", Kind::mappings, "the first case that holds; the last has no `when`", false, {}, &draw_case},
    {"unit", Kind::text, "shown with the value"},
    {"description", Kind::text, "what it is"},
};

constexpr Key draw_case_keys[] = {
    {"when", Kind::expression, "[boolean] the condition; the last case has none"},
    {"draw", Kind::mapping, "how the attribute is drawn then", true, {}, &draw},
};

constexpr Key uniform_keys[] = {
    {"min", Kind::expression, "lowest value", true},
    {"max", Kind::expression, "highest value", true},
};
constexpr Key normal_keys[] = {
    {"mean", Kind::expression, "mean", true},
    {"sd", Kind::expression, "standard deviation", true},
};
constexpr Key lognormal_keys[] = {
    {"median", Kind::expression, "median", true},
    {"sdlog", Kind::expression, "[1] standard deviation of the logarithm", true},
};
constexpr Key logit_normal_keys[] = {
    {"median", Kind::expression, "[1] median, between 0 and 1", true},
    {"sd", Kind::expression, "[1] standard deviation of the logit", true},
};
constexpr Key beta_keys[] = {
    {"mean", Kind::expression, "[1] mean"},
    {"sd", Kind::expression, "[1] standard deviation"},
    {"shape1", Kind::expression, "[1] first shape"},
    {"shape2", Kind::expression, "[1] second shape"},
};
constexpr Key gamma_keys[] = {
    {"mean", Kind::expression, "mean", true},
    {"shape", Kind::expression, "[1] shape", true},
};

constexpr Key attribute_keys[] = {
    {"levels", Kind::values, "whole numbers, or names"},
    {"initial", Kind::expression, "value at the start; makes it a boolean, a number, a time or a level", true},
    {"unit", Kind::text, "shown with the value"},
    {"description", Kind::text, "what it is"},
};

constexpr Key state_keys[] = {
    {"initial", Kind::boolean, "patients start here; exactly one state", false, "false"},
    {"absorbing", Kind::boolean, "nothing leaves it", false, "false"},
    {"tags", Kind::names, "names for sets of states"},
    {"label", Kind::text, "how it is shown", false, "the name"},
};

constexpr Key tag_keys[] = {{"tag", Kind::name, "all states with this tag", true}};

constexpr Key transition_keys[] = {
    {"name", Kind::name, "unique", false, "cause:from>to"},
    {"from", Kind::any, "a state, a list, {tag: NAME}, or any", true},
    {"to", Kind::name, "a state", true},
    {"cause", Kind::name, "label", false, "transition"},
    {"clock", Kind::text, "reset, forward, age, since X or since first X", false, "reset"},
    {"when", Kind::expression, "[boolean] while false the hazard is 0"},
    {"time", Kind::mapping, "a family with its parameters"},
    {"hazard_ratio", Kind::any, "[1] a factor or a list of factors: H becomes h H"},
    {"smr", Kind::any, "[1] the same, on a life table"},
    {"time_ratio", Kind::expression, "[1] the clock runs at speed 1/f"},
    {"odds_ratio", Kind::expression, "[1] odds of failure times r"},
    {"components",
     Kind::mappings,
     "instead of clock, time and effects: the hazard is their sum",
     false,
     {},
     &component},
    {"sets", Kind::named_values, "attributes to expressions"},
    {"priority", Kind::whole_number, "among simultaneous ones; lower first", false, "0"},
};

constexpr Key event_keys[] = {
    {"in", Kind::any, "the states in which it happens, as `from`", true},
    {"cause", Kind::name, "label", false, "event"},
    {"clock", Kind::text, "reset, forward, age, since X or since first X", false, "reset"},
    {"when", Kind::expression, "[boolean] while false the hazard is 0"},
    {"time", Kind::mapping, "a family with its parameters"},
    {"hazard_ratio", Kind::any, "[1] a factor or a list of factors: H becomes h H"},
    {"smr", Kind::any, "[1] the same, on a life table"},
    {"time_ratio", Kind::expression, "[1] the clock runs at speed 1/f"},
    {"odds_ratio", Kind::expression, "[1] odds of failure times r"},
    {"components",
     Kind::mappings,
     "instead of clock, time and effects: the hazard is their sum",
     false,
     {},
     &component},
    {"sets", Kind::named_values, "attributes to expressions"},
    {"priority", Kind::whole_number, "among simultaneous ones; lower first", false, "0"},
    {"recurrent", Kind::boolean, "armed again at the instant it happens", false, "false"},
};

constexpr Key component_keys[] = {
    {"clock", Kind::text, "reset, forward, age, since X or since first X", false, "reset"},
    {"time", Kind::mapping, "a family with its parameters", true},
    {"hazard_ratio", Kind::any, "[1] a factor or a list of factors: H becomes h H"},
    {"smr", Kind::any, "[1] the same, on a life table"},
    {"time_ratio", Kind::expression, "[1] the clock runs at speed 1/f"},
    {"odds_ratio", Kind::expression, "[1] odds of failure times r"},
};

constexpr Key factor_keys[] = {
    {"piecewise", Kind::mapping, "constant on intervals of a clock", true, {}, &piecewise},
};
constexpr Key piecewise_keys[] = {
    {"clock", Kind::text, "reset, forward, age, since X or since first X", true},
    {"times", Kind::expressions, "[time] n cuts", true},
    {"values", Kind::expressions, "[1] n + 1 values; each interval is closed on the left", true},
};

constexpr Key life_table_keys[] = {
    {"file", Kind::text, "a CSV file below the folder of the model", true},
    {"by", Kind::name, "an attribute with a column of its name"},
    {"beyond", Kind::name, "past the last age: hold (its rate goes on) or die", true},
};
constexpr Key cure_keys[] = {
    {"fraction", Kind::expression, "[1] share to whom it never happens", true},
    {"odds_ratio", Kind::expression, "[1] on the odds of the fraction"},
    {"uncured", Kind::mapping, "the family of the others, with an optional hazard_ratio", true},
};
constexpr Key uncured_keys[] = {
    {"hazard_ratio", Kind::expression, "[1] of the uncured"},
};
constexpr Key piecewise_exponential_keys[] = {
    {"time", Kind::expressions, "[time] where intervals begin; the first is 0 days", true},
    {"rate", Kind::expressions, "[1/time] in each", true},
};
constexpr Key royston_parmar_keys[] = {
    {"gamma", Kind::expressions, "[1] coefficients, as many as knots", true},
    {"knots", Kind::expressions, "[1] on the scale of time: its logarithm for timescale log", true},
    {"scale", Kind::name, "hazard, odds or normal", false, "hazard"},
    {"timescale", Kind::name, "log or identity", false, "log"},
    {"unit", Kind::name, "unit of time of gamma and knots", true},
};
constexpr Key tabulated_keys[] = {
    {"times", Kind::expressions, "[time] rising; at 0 the survival is 1"},
    {"survival", Kind::expressions, "[1] at each time, falling, from 0 to 1"},
    {"file", Kind::text, "a CSV file with the columns time and survival, below the folder of the model"},
    {"unit", Kind::name, "unit of the times in the file"},
    {"interpolate", Kind::name, "none: steps; hazard: constant hazards between the points", false, "none"},
    {"beyond", Kind::any, "past the last time: never, hold_hazard, or {exponential: {...}}", true},
};
constexpr Key mixture_class_keys[] = {
    {"weight", Kind::expression, "[1] any positive number", true},
};
constexpr Key truncated_keys[] = {
    {"min", Kind::expression, "[time] not before", false, "0 days"},
    {"max", Kind::expression, "[time] not after", false, "no end"},
};
constexpr Key fixed_time_keys[] = {
    {"time", Kind::expression, "[time] since the origin of the clock", true},
    {"if_past", Kind::name, "when the patient comes at risk later: now or never", false, "an error"},
};

constexpr Key branch_keys[] = {
    {"on_entry", Kind::any, "a state or a list"},
    {"on_event", Kind::names, "an event or a list"},
    {"at", Kind::times, "[time] since then", false, "at once"},
    {"in", Kind::any, "states in which it may happen", false, "the on_entry states; for on_event: any"},
    {"when", Kind::expression, "[boolean] a condition at that time"},
    {"ordinal_logistic", Kind::mapping, "a level by ordinal logistic regression", false, {}, &ordinal_logistic},
    {"probabilities", Kind::named_values, "options to probabilities; one may be `rest`"},
    {"odds_ratio", Kind::expression, "[1] beside two probabilities: on the odds of the first"},
    {"choose", Kind::expression, "an option, by an expression"},
    {"decided_by", Kind::name, "strategy"},
    {"sets", Kind::name, "with ordinal_logistic: the attribute that takes the level"},
    {"options", Kind::named_mappings, "what an option does", false, {}, &option},
    {"priority", Kind::whole_number, "among simultaneous ones; lower first", false, "0"},
};
constexpr Key option_keys[] = {
    {"to", Kind::name, "the state to go to"},
    {"sets", Kind::named_values, "attributes to expressions"},
};
constexpr Key ordinal_logistic_keys[] = {
    {"levels", Kind::values, "n levels, lowest first", true},
    {"cutpoints", Kind::expressions, "[1] n - 1, ascending", true},
    {"predictor", Kind::expression, "[1] P(level <= j) = logistic(cutpoint_j - predictor)", true},
};

constexpr Key strategy_keys[] = {
    {"label", Kind::text, "how it is shown", false, "the name"},
    {"decisions", Kind::any, "branches to an option, an expression, or {probabilities: ...}"},
    {"parameters", Kind::named_values, "parameters to other values"},
    {"reference", Kind::boolean, "differences are taken against it", false, "the first strategy"},
};
constexpr Key strategy_decision_keys[] = {
    {"probabilities", Kind::named_values, "options to probabilities; one may be `rest`", true},
    {"odds_ratio", Kind::expression, "[1] with two options: on the odds of the first"},
};

constexpr Key outcome_keys[] = {
    {"label", Kind::text, "how it is shown", false, "the name"},
    {"time_to", Kind::any, "survival: share to whom it has not happened"},
    {"incidence", Kind::any, "share to whom it has happened before anything competing"},
    {"share", Kind::expression, "[boolean] share of patients for whom it is true"},
    {"distribution_of", Kind::name, "share of each level of an attribute at the end"},
    {"time_in", Kind::any, "mean time in these states"},
    {"from", Kind::name, "origin: first entry into a state, or an event", false, "the start"},
    {"where", Kind::expression, "[boolean] at the moment: other occurrences do not count"},
    {"population", Kind::expression, "[boolean] judged at the origin, or at the landmark"},
    {"competing", Kind::any, "what ends the risk"},
    {"censor_at", Kind::any, "what ends the follow-up"},
    {"landmark", Kind::time, "[time] since the origin: only patients still at risk then"},
    {"group", Kind::expression, "[boolean or category] separate results"},
    {"group_at", Kind::name, "origin, landmark or end", false, "landmark if there is one, else origin"},
    {"at", Kind::times, "[time] since the origin"},
    {"restricted_mean", Kind::time, "[time] restricted mean survival time up to then"},
    {"by", Kind::time, "[time] of share", false, "the end"},
    {"until", Kind::time, "[time] of time_in", false, "the horizon"},
    {"targets", Kind::mappings, "what it is compared with", false, {}, &target},
};
constexpr Key occurrence_keys[] = {
    {"states", Kind::text, "an expression over states and tags"},
    {"event", Kind::name, "an event"},
    {"events", Kind::names, "events"},
};
constexpr Key target_keys[] = {
    {"at", Kind::time, "[time] one of the outcome's"}, {"value", Kind::number, "what was observed", true},
    {"se", Kind::number, "its standard error", true},  {"source", Kind::text, "where it comes from"},
    {"group", Kind::text, "the group it is about"},    {"level", Kind::text, "the level it is about"},
};

}  // namespace

const Shape model{"a model", model_keys};
const Shape parameter{"a parameter", parameter_keys};
const Shape cohort{"the cohort", cohort_keys};
const Shape drawn_attribute{"a cohort attribute", drawn_attribute_keys};
const Shape draw{"a draw", std::span(drawn_attribute_keys).first(9)};
const Shape draw_case{"a case", draw_case_keys};
const Shape attribute{"an attribute", attribute_keys};
const Shape uniform{"uniform", uniform_keys};
const Shape normal{"normal", normal_keys};
const Shape lognormal{"lognormal", lognormal_keys};
const Shape logit_normal{"logit_normal", logit_normal_keys};
const Shape beta{"beta", beta_keys};
const Shape gamma{"gamma", gamma_keys};
const Shape state{"a state", state_keys};
const Shape tag{"a tag", tag_keys};
const Shape transition{"a transition", transition_keys};
const Shape event{"an event", event_keys};
const Shape component{"a component", component_keys};
const Shape factor{"a factor", factor_keys};
const Shape piecewise{"piecewise", piecewise_keys};
const Shape life_table{"life_table", life_table_keys};
const Shape cure{"cure", cure_keys};
const Shape uncured{"uncured", uncured_keys};
const Shape piecewise_exponential{"piecewise_exponential", piecewise_exponential_keys};
const Shape fixed_time{"fixed", fixed_time_keys};
const Shape royston_parmar{"royston_parmar", royston_parmar_keys};
const Shape tabulated{"tabulated", tabulated_keys};
const Shape mixture_class{"a class of a mixture", mixture_class_keys};
const Shape truncated{"truncated", truncated_keys};
const Shape branch{"a branch", branch_keys};
const Shape option{"an option", option_keys};
const Shape ordinal_logistic{"ordinal_logistic", ordinal_logistic_keys};
const Shape strategy{"a strategy", strategy_keys};
const Shape strategy_decision{"a decision", strategy_decision_keys};
const Shape outcome{"an outcome", outcome_keys};
const Shape occurrence{"states and events", occurrence_keys};
const Shape target{"a target", target_keys};

}  // namespace sojourn::model::shapes
