// The model as a whole, its parameters, cohort, attributes and states.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;

constexpr Form parameter_forms[] = {{Kind::expression}, {Kind::mapping, &parameter}};

constexpr Form include_forms[] = {{Kind::text}, {Kind::values}};

constexpr Key model_keys[] = {
    Key{"sojourn", Kind::whole_number, "version of the language: 1"}.needed().from(1, 1).such_as("1"),
    Key{"title", Kind::text, "one line"}.needed().such_as("Maintenance after remission"),
    Key{"description", Kind::text, "what the model is about"}.such_as("Two years of maintenance against none"),
    Key{"horizon", Kind::time, "[time] every patient is followed until then"}.needed().above(0).such_as("5 years"),
    Key{"observed_until", Kind::time, "[time] later results are marked as extrapolation"}.above(0).such_as("12 months"),
    Key{"seed", Kind::whole_number, "of the random numbers"}.from(0, 4294967295).standing_for("1").such_as("42"),
    Key{"include", Kind::any, "files with sections of the model, below the folder of this file"}
        .in_form(include_forms)
        .such_as("[parameters.yaml, tables/rates.yaml]"),
    Key{"parameters", Kind::named, "names to values, or to values with their range, source and status"}
        .in_form(parameter_forms)
        .such_as("{p_donor: 0.7, wait: {value: 69 days, source: registry}}"),
    Key{"cohort", Kind::mapping, "the patients"}.of(cohort).such_as("{size: 1000}"),
    Key{"attributes", Kind::named_mappings, "what is set on the way"}.of(attribute).such_as("{relapses: {initial: 0}}"),
    Key{"states", Kind::named_mappings, "what a patient is in, one at a time"}.needed().of(state).such_as(
        "{well: {initial: true}, dead: {absorbing: true}}"),
    Key{"start", Kind::any, "where patients start: a state, an expression that names one, or {probabilities: ...}"}
        .in_form(start_forms)
        .standing_for("the state with `initial: true`")
        .such_as("\"prior_hsct ? relapsed : remission\""),
    Key{"branches", Kind::named_mappings, "instantaneous choices"}.of(branch).such_as(
        "{response: {on_entry: treated, probabilities: {yes_: 0.8, no_: rest}}}"),
    Key{"transitions", Kind::mappings, "what moves patients from state to state"}
        .of(transition)
        .such_as("[{from: well, to: dead, time: {exponential: {rate: 0.1 per year}}}]"),
    Key{"events", Kind::named_mappings, "what happens to a patient in a state"}.of(event).such_as(
        "{recovery: {in: infused, time: {fixed: 28 days}}}"),
    Key{"strategies", Kind::named_mappings, "what is compared"}
        .of(strategy)
        .standing_for("one strategy, `base`")
        .such_as("{observe: {reference: true}, treat: {parameters: {hr: 0.7}}}"),
    Key{"outcomes", Kind::named_mappings, "what is computed from the histories"}.of(outcome).such_as(
        "{survival: {time_to: dead, at: 5 years}}"),
};

constexpr Key parameter_file_keys[] = {
    Key{"title", Kind::text, "one line"}.such_as("Fit of 1 May"),
    Key{"description", Kind::text, "what these values are"}.such_as("Posterior means"),
    Key{"parameters", Kind::named, "names to values, or to mappings with a value"}
        .needed()
        .in_form(parameter_forms)
        .such_as("{p_donor: 0.6}"),
};

constexpr Key parameter_keys[] = {
    Key{"value", Kind::expression, "a number, time, rate or boolean, or an expression over other parameters"}
        .needed()
        .such_as("69 days"),
    Key{"range", Kind::values, "[lowest, highest] value allowed, also with --set"}.such_as("[0.14, 1]"),
    Key{"source", Kind::text, "where the value comes from"}.such_as("Xu 2021, doi 10.3389/fonc.2021.651944"),
    Key{"status", Kind::word, "how well it is founded"}.one_of(statuses).such_as("derived"),
    Key{"description", Kind::text, "what it is"}.such_as("wait for a donor"),
};

constexpr Key cohort_keys[] = {
    Key{"size", Kind::whole_number, "default number of patients"}
        .from(1, double{most_patients})
        .standing_for("10000")
        .such_as("100000"),
    Key{"attributes", Kind::named_mappings, "drawn for each patient at the start, in this order"}
        .of(drawn_attribute)
        .such_as("{age: {uniform: {min: 1 year, max: 20 years}}}"),
};

constexpr Key drawn_attribute_keys[] = {
    Key{"uniform", Kind::mapping, "uniform between min and max"}.of(uniform).such_as("{min: 1 year, max: 20 years}"),
    Key{"normal", Kind::mapping, "normal with mean and sd"}.of(normal).such_as("{mean: 70, sd: 12}"),
    Key{"lognormal", Kind::mapping, "lognormal with median and sdlog"}.of(lognormal).such_as(
        "{median: 3 months, sdlog: 0.4}"),
    Key{"logit_normal", Kind::mapping, "its logit is normal: median, and sd on the logit scale"}
        .of(logit_normal)
        .such_as("{median: 0.3, sd: 1.5}"),
    Key{"beta", Kind::mapping, "beta with mean and sd, or shape1 and shape2"}.of(beta).such_as("{mean: 0.3, sd: 0.1}"),
    Key{"gamma", Kind::mapping, "gamma with mean and shape"}.of(gamma).such_as("{mean: 2 years, shape: 1.5}"),
    Key{"categorical", Kind::named_values, "levels to weights (any positive numbers)"}.at_least(0).such_as(
        "{female: 0.45, male: 0.55}"),
    Key{"probability", Kind::expression, "[1] a boolean, true with this probability"}.from(0, 1).such_as("0.1"),
    Key{"value", Kind::expression, "computed, not drawn"}.such_as("burden >= 0.5"),
    Key{"cases", Kind::mappings, "the first case that holds; the last has no `when`"}.of(draw_case).such_as(
        "[{when: age < 2 years, draw: {value: 1}}, {draw: {value: 0}}]"),
    Key{"unit", Kind::text, "shown with the value"}.such_as("kg"),
    Key{"description", Kind::text, "what it is"}.such_as("blasts in the marrow"),
};

constexpr Key draw_case_keys[] = {
    Key{"when", Kind::expression, "[boolean] the condition; the last case has none"}.such_as("age < 2 years"),
    Key{"draw", Kind::mapping, "how the attribute is drawn then"}.needed().of(draw).such_as("{value: 0.01}"),
};

constexpr Key uniform_keys[] = {
    Key{"min", Kind::expression, "lowest value"}.needed().such_as("1 year"),
    Key{"max", Kind::expression, "highest value"}.needed().such_as("20 years"),
};
constexpr Key normal_keys[] = {
    Key{"mean", Kind::expression, "mean"}.needed().such_as("70"),
    Key{"sd", Kind::expression, "standard deviation"}.needed().at_least(0).such_as("12"),
};
constexpr Key lognormal_keys[] = {
    Key{"median", Kind::expression, "median"}.needed().above(0).such_as("3 months"),
    Key{"sdlog", Kind::expression, "[1] standard deviation of the logarithm"}.needed().at_least(0).such_as("0.4"),
};
constexpr Key logit_normal_keys[] = {
    Key{"median", Kind::expression, "[1] median"}.needed().between(0, 1).such_as("0.3"),
    Key{"sd", Kind::expression, "[1] standard deviation of the logit"}.needed().at_least(0).such_as("1.5"),
};
constexpr Key beta_keys[] = {
    Key{"mean", Kind::expression, "[1] mean"}.between(0, 1).such_as("0.3"),
    Key{"sd", Kind::expression, "[1] standard deviation, below sqrt(mean (1 - mean))"}.above(0).such_as("0.1"),
    Key{"shape1", Kind::expression, "[1] first shape"}.above(0).such_as("2"),
    Key{"shape2", Kind::expression, "[1] second shape"}.above(0).such_as("5"),
};
constexpr Key gamma_keys[] = {
    Key{"mean", Kind::expression, "mean"}.needed().above(0).such_as("2 years"),
    Key{"shape", Kind::expression, "[1] shape"}.needed().above(0).such_as("1.5"),
};

constexpr Key attribute_keys[] = {
    Key{"levels", Kind::values, "whole numbers, or names"}.such_as("[none, hsct, blinatumomab]"),
    Key{"initial", Kind::expression, "value at the start; makes it a boolean, a number, a time or a level"}
        .needed()
        .such_as("none"),
    Key{"unit", Kind::text, "shown with the value"}.such_as("mg"),
    Key{"description", Kind::text, "what it is"}.such_as("plan after remission"),
};

constexpr Key state_keys[] = {
    Key{"initial", Kind::boolean, "patients start here; exactly one state"}.standing_for("false").such_as("true"),
    Key{"absorbing", Kind::boolean, "nothing leaves it"}.standing_for("false").such_as("true"),
    Key{"tags", Kind::names, "names for sets of states"}.such_as("[event_free]"),
    Key{"label", Kind::text, "how it is shown"}.standing_for("the name").such_as("CAR T infused"),
};

constexpr Key tag_keys[] = {
    Key{"tag", Kind::name, "all states with this tag"}.needed().such_as("event_free"),
};

}  // namespace

const Shape model{"a model", model_keys};
const Shape parameter{"a parameter", parameter_keys};
const Shape parameter_file{"a file of parameters", parameter_file_keys};
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

}  // namespace sojourn::model::shapes
