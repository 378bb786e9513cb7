// The keys of the language, one table for each kind of mapping: what is read, checked, and documented from here.
// The parameters of the families of distributions are not here but in distributions::families().
#pragma once

#include "base/units.hpp"
#include "config/keys.hpp"

namespace sojourn::model::shapes {

using config::Shape;

extern const Shape model, parameter, parameter_file, cohort, drawn_attribute, draw, draw_case, attribute;
extern const Shape uniform, normal, lognormal, logit_normal, beta, gamma;
extern const Shape state, tag, transition, event, component, factor, piecewise;
extern const Shape life_table, cure, uncured, piecewise_exponential, fixed_time;
extern const Shape royston_parmar, tabulated, mixture_class, truncated;
extern const Shape branch, option, ordinal_logistic;
extern const Shape strategy, strategy_decision, start;

// Where patients start.
inline constexpr config::Form start_forms[] = {{config::Kind::expression}, {config::Kind::mapping, &start}};

extern const Shape outcome, occurrence, target;

// States of a declaration or a branch.
inline constexpr config::Form place_forms[] = {{config::Kind::name}, {config::Kind::mapping, &tag}};
inline constexpr config::Form places_forms[] = {
    {config::Kind::name}, {config::Kind::list, nullptr, {}, place_forms}, {config::Kind::mapping, &tag}};

// Words to choose from, in the order of the enumerations that they stand for.
inline constexpr std::string_view statuses[] = {"abstract", "secondary", "derived", "recalled", "judgement", "fitted"};
inline constexpr std::string_view table_tails[] = {"hold", "die"};
inline constexpr std::string_view curve_tails[] = {"never", "hold_hazard"};
inline constexpr std::string_view interpolations[] = {"none", "hazard"};
inline constexpr std::string_view spline_scales[] = {"hazard", "odds", "normal"};
inline constexpr std::string_view spline_times[] = {"log", "identity"};
inline constexpr std::string_view if_past[] = {"now", "never"};
inline constexpr std::string_view deciders[] = {"strategy"};
inline constexpr std::string_view grouping_times[] = {"origin", "landmark", "end"};

inline constexpr std::int64_t most_patients = (std::int64_t{1} << 48) - 1;  // ids are 48 bits wide in random addresses
inline constexpr double lowest_priority = -1000000, highest_priority = 1000000;

}  // namespace sojourn::model::shapes
