// Outcomes and what they are compared with.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form entry_forms[] = {{Kind::expression}};
constexpr Form number_forms[] = {{Kind::number}};
constexpr Form occurrence_forms[] = {
    {Kind::expression}, {Kind::list, nullptr, {}, entry_forms}, {Kind::mapping, &occurrence}};

constexpr std::string_view both_words[] = {"both"};
constexpr Form discounted_forms[] = {{Kind::boolean}, {Kind::word, nullptr, both_words}};

constexpr Key outcome_keys[] = {
    Key{"label", Kind::text, "how it is shown"}.standing_for("the name").such_as("Event-free survival"),
    Key{"time_to", Kind::any, "survival: share to whom it has not happened"}
        .in_form(occurrence_forms)
        .such_as("not event_free"),
    Key{"incidence", Kind::any, "share to whom it has happened before anything competing"}
        .in_form(occurrence_forms)
        .such_as("relapsed"),
    Key{"share", Kind::expression, "[boolean] share of patients for whom it is true"}.such_as("visited(remission)"),
    Key{"distribution_of", Kind::name, "share of each level of an attribute at the end"}.such_as("crs_grade"),
    Key{"time_in", Kind::any, "mean time in these states"}.in_form(occurrence_forms).such_as("event_free"),
    Key{"count_of", Kind::any, "mean number of entries into these states, or of these events"}
        .in_form(occurrence_forms)
        .such_as("relapsed"),
    Key{"cost", Kind::names, "mean cost: all, or names of costs and categories"}.entries(1).such_as("all"),
    Key{"qalys", Kind::any, "mean quality-adjusted life years: all, or those spent in these states"}
        .in_form(occurrence_forms)
        .such_as("all"),
    Key{"life_years", Kind::any, "mean life years: all (in states that are not absorbing), or those in these states"}
        .in_form(occurrence_forms)
        .such_as("all"),
    Key{"cost_effectiveness", Kind::mapping, "costs against an effect: dominance, incremental ratios, net benefit"}
        .of(cost_effectiveness)
        .such_as("{cost: all, qalys: all}"),
    Key{"thresholds", Kind::list, "[1] of willingness to pay, currency per unit of effect, rising: net benefit at each"}
        .in_form(number_forms)
        .from(least_threshold, greatest_threshold)
        .entries(1)
        .such_as("[20000, 30000]"),
    Key{"discounted", Kind::any, "true, false, or both"}
        .in_form(discounted_forms)
        .standing_for("both with `discounting` (true of cost_effectiveness), else false")
        .such_as("both"),
    Key{"from", Kind::name, "origin: first entry into a state, or an event"}
        .standing_for("the start")
        .such_as("infused"),
    Key{"where", Kind::expression, "[boolean] at the moment: other occurrences do not count"}.such_as("site == cns"),
    Key{"population", Kind::expression, "[boolean] judged at the origin, or at the landmark"}.such_as("age < 10 years"),
    Key{"competing", Kind::any, "what ends the risk"}.in_form(occurrence_forms).such_as("dead"),
    Key{"censor_at", Kind::any, "what ends the follow-up"}.in_form(occurrence_forms).such_as("hsct"),
    Key{"landmark", Kind::time, "[time] since the origin: only patients still at risk then"}.above(0).such_as(
        "3 months"),
    Key{"group", Kind::expression, "[boolean or category] separate results"}.such_as("visited(hsct)"),
    Key{"group_at", Kind::word, "when groups are formed; `end` uses the future"}
        .one_of(grouping_times)
        .standing_for("landmark if there is one, else origin")
        .such_as("landmark"),
    Key{"at", Kind::times, "[time] since the origin, rising"}.at_least(0).such_as("[6 months, 12 months]"),
    Key{"restricted_mean", Kind::time, "[time] restricted mean survival time up to then"}.above(0).such_as("5 years"),
    Key{"quantiles", Kind::list, "[1] times by which these shares have had the event; 0.5: the median"}
        .in_form(number_forms)
        .between(0, 1)
        .entries(1)
        .such_as("[0.25, 0.5, 0.75]"),
    Key{"interval", Kind::word, "scale of a censored curve's intervals, as survfit's conf.type"}
        .one_of(interval_scales)
        .standing_for("log_log")
        .such_as("plain"),
    Key{"by", Kind::time, "[time] when the share is taken"}.above(0).standing_for("the end").such_as("3 months"),
    Key{"until", Kind::time, "[time] end of the time that is counted"}
        .above(0)
        .standing_for("the horizon")
        .such_as("5 years"),
    Key{"targets", Kind::mappings, "what it is compared with"}.of(target).such_as(
        "[{at: 12 months, value: 0.755, se: 0.023}]"),
};
constexpr Key cost_effectiveness_keys[] = {
    Key{"cost", Kind::names, "all, or names of costs and categories"}.needed().entries(1).such_as("all"),
    Key{"qalys", Kind::any, "the effect: QALYs, all or those spent in these states"}
        .in_form(occurrence_forms)
        .such_as("all"),
    Key{"life_years", Kind::any,
        "the effect: life years, all (in states that are not absorbing) or those in these states"}
        .in_form(occurrence_forms)
        .such_as("all"),
};
constexpr Key occurrence_keys[] = {
    Key{"states", Kind::text, "an expression over states and tags"}.such_as("relapsed or dead"),
    Key{"event", Kind::name, "an event"}.such_as("b_cell_recovery"),
    Key{"events", Kind::names, "events"}.such_as("[recovery, toxicity]"),
};
constexpr Key target_keys[] = {
    Key{"at", Kind::time, "[time] one of the outcome's"}.at_least(0).such_as("12 months"),
    Key{"value", Kind::number, "what was observed"}.needed().such_as("0.755"),
    Key{"se", Kind::number, "its standard error"}.needed().above(0).such_as("0.023"),
    Key{"source", Kind::text, "where it comes from"}.such_as("Table 3"),
    Key{"group", Kind::text, "the group it is about"}.such_as("true"),
    Key{"level", Kind::text, "the level it is about"}.such_as("3"),
};

constexpr std::string_view over_time[] = {"time_to", "incidence"}, at_the_end[] = {"share", "distribution_of"};
constexpr std::string_view survival[] = {"time_to"}, incidence[] = {"incidence"};
constexpr std::string_view worth[] = {"cost", "qalys", "life_years", "cost_effectiveness"},
                           added_up[] = {"time_in", "count_of", "cost", "qalys", "life_years", "cost_effectiveness"};
constexpr std::string_view with_thresholds[] = {"cost_effectiveness"};
constexpr auto with_targets = std::span(subjects).first<std::size(subjects) - 1>();  // not cost_effectiveness
constexpr std::string_view with_group[] = {"group"}, with_censoring[] = {"censor_at"};
constexpr std::string_view with_at[] = {"at", "quantiles"}, when_looked_at[] = {"at", "restricted_mean", "quantiles"};
constexpr Rule outcome_rules[] = {
    {Rule::Kind::one_form, subjects},
    {Rule::Kind::only_with, over_time, "where"},
    {Rule::Kind::only_with, over_time, "censor_at"},
    {Rule::Kind::only_with, over_time, "landmark"},
    {Rule::Kind::only_with, over_time, "at"},
    {Rule::Kind::only_with, incidence, "competing"},
    {Rule::Kind::only_with, survival, "restricted_mean"},
    {Rule::Kind::only_with, at_the_end, "by"},
    {Rule::Kind::only_with, added_up, "until"},
    {Rule::Kind::only_with, over_time, "quantiles"},
    {Rule::Kind::only_with, with_censoring, "interval"},
    {Rule::Kind::only_with, worth, "discounted"},
    {Rule::Kind::only_with, with_thresholds, "thresholds"},
    {Rule::Kind::only_with, with_targets, "targets"},
    {Rule::Kind::only_with, with_group, "group_at"},
    {Rule::Kind::only_with, when_looked_at, "time_to"},
    {Rule::Kind::only_with, with_at, "incidence"},
};
constexpr Rule cost_effectiveness_rules[] = {{Rule::Kind::one_form, effects}};
constexpr std::string_view group_or_level[] = {"group", "level"};
constexpr Rule target_rules[] = {{Rule::Kind::at_most_one, group_or_level}};

}  // namespace

const Shape outcome{"an outcome", outcome_keys, outcome_rules};
const Shape occurrence{"states and events", occurrence_keys};
const Shape target{"a target", target_keys, target_rules};
const Shape cost_effectiveness{"costs against an effect", cost_effectiveness_keys, cost_effectiveness_rules};

}  // namespace sojourn::model::shapes
