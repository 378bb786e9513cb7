// Trials made of simulated patients.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form accrual_forms[] = {{Kind::time}, {Kind::mapping, &accrual}};
constexpr Form dropout_forms[] = {{Kind::expression}, {Kind::mapping, &time_to_event}};

constexpr Key trial_keys[] = {
    Key{"label", Kind::text, "how it is shown"}.standing_for("the name").such_as("HSCT against observation"),
    Key{"endpoint", Kind::name, "an outcome with `time_to`: its origin is the entry into the trial"}.needed().such_as(
        "efs"),
    Key{"arms", Kind::names, "one strategy, or two, the control first; the same twice gives the type I error"}
        .needed()
        .such_as("[observe, hsct_all]"),
    Key{"patients_per_arm", Kind::whole_number, "patients in each arm"}.from(1, most_in_trial).such_as("343"),
    Key{"patients", Kind::whole_number, "patients in all arms together"}.from(1, most_in_trial).such_as("450"),
    Key{"allocation", Kind::values, "with `patients`: how many for how many, an entry an arm"}
        .entries(1, 2)
        .standing_for("[1, 1]")
        .such_as("[1, 2]"),
    Key{"accrual", Kind::any, "[time] how long patients come in, evenly; or {until: ..., rates: ...}"}
        .in_form(accrual_forms)
        .at_least(0)
        .standing_for("0 days")
        .such_as("3 years"),
    Key{"follow_up", Kind::time, "[time] the analysis is so long after the end of accrual"}.at_least(0).such_as(
        "12 months"),
    Key{"follow_each", Kind::time, "[time] each patient is followed for so long"}.above(0).such_as("2 years"),
    Key{"events", Kind::whole_number, "the analysis is when so many events have happened in all arms"}
        .from(1, most_in_trial)
        .such_as("191"),
    Key{"dropout", Kind::any, "loss to follow-up since entry: a rate, or a family"}
        .in_form(dropout_forms)
        .standing_for("nobody is lost")
        .such_as("0.03 per year"),
    Key{"at", Kind::times, "[time] since entry: when survival is estimated"}.at_least(0).such_as("[12 months]"),
    Key{"restricted_mean", Kind::time, "[time] restricted mean survival time up to then"}.above(0).such_as("2 years"),
    Key{"test", Kind::word, "of two arms"}.one_of(trial_tests).standing_for("logrank").such_as("rmst"),
    Key{"strata", Kind::expression, "[boolean or category] at entry: the test is stratified by it"}.such_as(
        "relapse_type"),
    Key{"alpha", Kind::number, "[1] level of the test"}.between(0, 1).standing_for("0.05").such_as("0.025"),
    Key{"sided", Kind::whole_number, "1: rejects only where the second arm is better"}
        .from(1, 2)
        .standing_for("2")
        .such_as("1"),
    Key{"replicates", Kind::whole_number, "how many times the trial is made, from other patients each time"}
        .from(2, most_in_trial)
        .standing_for("1000")
        .such_as("2000"),
    Key{"power", Kind::number, "[1] also find the size that reaches it"}.between(0, 1).such_as("0.9"),
};
constexpr Key accrual_keys[] = {
    Key{"until", Kind::times, "[time] ends of the intervals, rising; the last is the end of accrual"}
        .needed()
        .above(0)
        .such_as("[6 months, 3 years]"),
    Key{"rates", Kind::values, "[1] how fast patients come in each, relative to each other"}
        .needed()
        .at_least(0)
        .entries(1)
        .such_as("[1, 4]"),
};

constexpr std::string_view with_patients[] = {"patients"};
constexpr Rule trial_rules[] = {
    {Rule::Kind::one_form, sizes_of_trials},
    {Rule::Kind::at_least_one, ends_of_trials},
    {Rule::Kind::only_with, with_patients, "allocation"},
};

}  // namespace

const Shape trial{"a trial", trial_keys, trial_rules};
const Shape accrual{"accrual", accrual_keys};

}  // namespace sojourn::model::shapes
