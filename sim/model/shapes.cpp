// The model as a whole, its parameters, states, and the attributes that are set on the way.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;

constexpr Form parameter_forms[] = {{Kind::expression}, {Kind::mapping, &parameter}};

constexpr Form include_forms[] = {{Kind::text}, {Kind::values}};

constexpr Key model_keys[] = {
    Key{"sojourn", Kind::whole_number, "version of the language"}.needed().from(1, 1).such_as("1"),
    Key{"title", Kind::text, "one line"}.needed_unless("include").such_as("Maintenance after remission"),
    Key{"description", Kind::text, "what the model is about"}.such_as("Two years of maintenance against none"),
    Key{"horizon", Kind::time, "[time] every patient is followed until then"}.needed_unless("include").above(0).such_as(
        "5 years"),
    Key{"observed_until", Kind::time, "[time] later results are marked as extrapolation"}.above(0).such_as("12 months"),
    Key{"seed", Kind::whole_number, "seed of the random numbers"}.from(0, 4294967295).standing_for("1").such_as("42"),
    Key{"include", Kind::any, "files with sections of the model, below the folder of this file"}
        .in_form(include_forms)
        .such_as("[parameters.yaml, tables/rates.yaml]"),
    Key{"parameters", Kind::named, "names to values, or to values with their range, source and status"}
        .in_form(parameter_forms)
        .such_as("{p_donor: 0.7, wait: {value: 69 days, source: registry}}"),
    Key{"uncertainty", Kind::named_mappings, "parameters that are uncertain together, for run --samples"}
        .of(joint)
        .such_as("{fit: {rows: {file: draws.csv}}}"),
    Key{"cohort", Kind::mapping, "the patients"}.of(cohort).such_as("{size: 1000}"),
    Key{"attributes", Kind::named_mappings, "what is set on the way"}.of(attribute).such_as("{relapses: {initial: 0}}"),
    Key{"states", Kind::named_mappings, "what a patient is in, one at a time"}
        .needed_unless("include")
        .of(state)
        .such_as("{well: {initial: true}, dead: {absorbing: true}}"),
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
        .entries(1)
        .standing_for("one strategy, `base`")
        .such_as("{observe: {reference: true}, treat: {parameters: {hr: 0.7}}}"),
    Key{"currency", Kind::text, "in which costs are written; shown with them"}.such_as("GBP"),
    Key{"costs", Kind::named_mappings, "what is paid, for time in states and at instants"}.of(cost).such_as(
        "{hsct: {on_entry: hsct, amount: 151227}}"),
    Key{"utilities", Kind::named_mappings, "quality weights of time, what multiplies them and what is lost"}
        .of(utility)
        .such_as("{alive: {value: 0.9}}"),
    Key{"discounting", Kind::mapping, "present values at the start of a life"}
        .of(discounting)
        .such_as("{costs: 0.035, effects: 0.035}"),
    Key{"outcomes", Kind::named_mappings, "what is computed from the histories"}.of(outcome).such_as(
        "{survival: {time_to: dead, at: 5 years}}"),
    Key{"trials", Kind::named_mappings, "trials made of the simulated patients, many times over"}.of(trial).such_as(
        "{phase_3: {endpoint: survival, arms: [observe, treat], patients_per_arm: 150, accrual: 2 years, follow_up: 1 "
        "year}}"),
};

constexpr Key parameter_file_keys[] = {
    Key{"title", Kind::text, "one line"}.such_as("Fit of 1 May"),
    Key{"description", Kind::text, "what these values are"}.such_as("Posterior means"),
    Key{"parameters", Kind::named, "names to values, or to mappings with a value"}
        .needed()
        .in_form(parameter_forms)
        .such_as("{p_donor: 0.6}"),
};

// YAML takes 1 for a number.
constexpr Form unit_forms[] = {{Kind::word, nullptr, parameter_units}, {Kind::whole_number}};
constexpr Key parameter_keys[] = {
    Key{"value", Kind::expression, "a number, time, rate or boolean, or an expression over other parameters"}
        .needed()
        .such_as("69 days"),
    Key{"unit", Kind::any, "what plain numbers of `value` and `range` are written in; 1: in none"}
        .in_form(unit_forms)
        .such_as("months"),
    Key{"range", Kind::values, "lowest and highest value allowed, also with --set"}.entries(2, 2).such_as("[0.14, 1]"),
    Key{"uncertainty", Kind::mapping, "its distribution, for run --samples"}
        .of(uncertainty)
        .such_as("{beta: {mean: 0.2, sd: 0.05}}"),
    Key{"source", Kind::text, "where the value comes from"}.such_as("Xu 2021, doi 10.3389/fonc.2021.651944"),
    Key{"status", Kind::word, "how well it is founded"}.one_of(statuses).such_as("derived"),
    Key{"description", Kind::text, "what it is"}.such_as("wait for a donor"),
};

constexpr Form level_forms[] = {{Kind::name}, {Kind::whole_number}};
constexpr Key attribute_keys[] = {
    Key{"levels", Kind::list, "whole numbers, or names"}
        .in_form(level_forms)
        .entries(1)
        .such_as("[none, hsct, blinatumomab]"),
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
const Shape attribute{"an attribute", attribute_keys};
const Shape state{"a state", state_keys};
const Shape tag{"a tag", tag_keys};

}  // namespace sojourn::model::shapes
