// The keys of the language, one table for each kind of mapping: what is read, checked, and documented from here.
// The parameters of the families of distributions are not here but in distributions::families().
#pragma once

#include "config/keys.hpp"

namespace sojourn::model::shapes {

using config::Shape;

extern const Shape model, parameter, cohort, drawn_attribute, draw, draw_case, attribute;
extern const Shape uniform, normal, lognormal, logit_normal, beta, gamma;
extern const Shape state, tag, transition, event, component, factor, piecewise;
extern const Shape life_table, cure, uncured, piecewise_exponential, fixed_time;
extern const Shape royston_parmar, tabulated, mixture_class, truncated;
extern const Shape branch, option, ordinal_logistic;
extern const Shape strategy, strategy_decision;
extern const Shape outcome, occurrence, target;

}  // namespace sojourn::model::shapes
