// The keys of the language, one table for each kind of mapping: what is read, checked, and documented from here.
// The parameters of the families of distributions are not here but in distributions::families().
#pragma once

#include "base/units.hpp"
#include "config/keys.hpp"

namespace sojourn::model::shapes {

using config::Shape;

extern const Shape model, parameter, parameter_file, attribute;
extern const Shape cohort, cohort_rows, row_column, drawn_attribute, draw, draw_case;
extern const Shape uniform, normal, lognormal, logit_normal, beta, gamma, exponential, weibull, triangular;
extern const Shape poisson, negative_binomial;
extern const Shape state, tag, transition, event, component, factor, piecewise;
extern const Shape time_to_event, uncured, mixture_class, truncated, curve_tail;  // from the list of families
extern const Shape life_table, cure, piecewise_exponential, fixed_time;
extern const Shape royston_parmar, tabulated;
extern const Shape branch, option, ordinal_logistic;
extern const Shape strategy, strategy_decision, start;

// Where patients start.
inline constexpr config::Form start_forms[] = {{config::Kind::expression}, {config::Kind::mapping, &start}};

extern const Shape cost, utility, worth_factor, worth_piecewise, discounting;
extern const Shape outcome, occurrence, target, cost_effectiveness;
extern const Shape trial, accrual;

extern const Shape uncertainty, uncertain_beta, uncertain_gamma, uncertain_lognormal, uncertain_logit_normal;
extern const Shape uncertain_normal, uncertain_uniform, uncertain_triangular;
extern const Shape joint, joint_normal, scaled_parameter, joint_rows, joint_dirichlet;

// States of a declaration or a branch.
inline constexpr std::string_view any_state[] = {"any"};
inline constexpr config::Form place_forms[] = {
    {config::Kind::word, nullptr, any_state}, {config::Kind::name}, {config::Kind::mapping, &tag}};
inline constexpr config::Form places_forms[] = {{config::Kind::word, nullptr, any_state},
                                                {config::Kind::name},
                                                {config::Kind::list, nullptr, {}, place_forms},
                                                {config::Kind::mapping, &tag}};

// Families that others are not made from.
inline constexpr std::string_view never_a_part[] = {"cure", "fixed", "life_table"};

// Words to choose from, in the order of the enumerations that they stand for.
inline constexpr std::string_view statuses[] = {"abstract", "secondary", "derived", "recalled", "judgement", "fitted"};
inline constexpr std::string_view parameter_units[] = {"1",        "day",       "days",    "week",  "weeks",
                                                       "month",    "months",    "year",    "years", "per day",
                                                       "per week", "per month", "per year"};
inline constexpr std::string_view clocks[] = {"reset", "forward", "age", "calendar", "since X", "since first X"};
inline constexpr std::string_view table_tails[] = {"hold", "die"};
inline constexpr std::string_view other_years[] = {"hold", "error"};
inline constexpr std::string_view curve_tails[] = {"never", "hold_hazard"};
inline constexpr std::string_view interpolations[] = {"none", "hazard"};
inline constexpr std::string_view spline_scales[] = {"hazard", "odds", "normal"};
inline constexpr std::string_view spline_times[] = {"log", "identity"};
inline constexpr std::string_view if_past[] = {"now", "never"};
inline constexpr std::string_view row_picks[] = {"resample", "in_order"};
inline constexpr std::string_view parameter_row_picks[] = {"in_order", "resample"};
inline constexpr std::string_view normal_scales[] = {"identity", "log", "logit"};
inline constexpr std::string_view column_types[] = {"number", "boolean"};
inline constexpr std::string_view column_words[] = {"number", "boolean", "day",    "days", "week",
                                                    "weeks",  "month",   "months", "year", "years"};
inline constexpr std::string_view discount_methods[] = {"continuous", "yearly"};
inline constexpr std::string_view deciders[] = {"strategy"};
// What is computed from lives; the rest of a model says how they are lived.
inline constexpr std::string_view analysis_sections[] = {"outcomes",    "costs",    "utilities",
                                                         "discounting", "currency", "trials"};
inline constexpr std::string_view interval_scales[] = {"plain", "log", "log_log"};
inline constexpr std::string_view grouping_times[] = {"origin", "landmark", "end"};

inline constexpr std::int64_t most_in_trial = 10000000;  // patients of all replicates: they are held in memory
inline constexpr std::int64_t most_patients = (std::int64_t{1} << 48) - 1;  // ids are 48 bits wide in random addresses
// Keys of which exactly one is written.
inline constexpr std::string_view draws_or_cases[] = {
    "uniform",    "normal",  "lognormal",         "logit_normal", "beta",        "gamma", "exponential", "weibull",
    "triangular", "poisson", "negative_binomial", "categorical",  "probability", "value", "cases"};
inline constexpr auto draws = std::span(draws_or_cases).first<std::size(draws_or_cases) - 1>();
inline constexpr std::string_view uncertain_families[] = {"beta",   "gamma",   "lognormal", "logit_normal",
                                                          "normal", "uniform", "triangular"};
inline constexpr std::string_view joint_kinds[] = {"normal", "rows", "dirichlet"};
inline constexpr std::string_view time_or_components[] = {"time", "components"};
inline constexpr std::string_view ways_to_decide[] = {"ordinal_logistic", "probabilities", "choose", "decided_by"};
inline constexpr std::string_view subjects[] = {"time_to",    "incidence",         "share", "distribution_of",
                                                "time_in",    "count_of",          "cost",  "qalys",
                                                "life_years", "cost_effectiveness"};
inline constexpr double least_threshold = 0.001, greatest_threshold = 1e12;  // [currency / effect]
inline constexpr std::string_view effects[] = {"qalys", "life_years"};
inline constexpr std::string_view cost_forms[] = {"rate", "amount"};
inline constexpr std::string_view utility_forms[] = {"value", "multiply", "loss"};
// Keys of which at most one is written: what costs and utilities hang on; those after the first are instants.
inline constexpr std::string_view occasions[] = {"in", "on_entry", "on_transition", "on_event"};
inline constexpr auto instants = std::span(occasions).last<std::size(occasions) - 1>();
inline constexpr std::string_view sizes_of_trials[] = {"patients_per_arm", "patients"};
inline constexpr std::string_view trial_tests[] = {"logrank", "peto", "rmst"};
// Keys of which at least one is written.
inline constexpr std::string_view ends_of_trials[] = {"follow_up", "follow_each", "events"};
inline constexpr std::string_view branch_triggers[] = {"on_entry", "on_event"};
inline constexpr std::string_view truncations[] = {"min", "max"};
inline constexpr auto just_time = std::span(time_or_components).first<1>();

inline constexpr double lowest_priority = -1000000, highest_priority = 1000000;

}  // namespace sojourn::model::shapes
