// What is uncertain about parameters: the distribution of one, and of several together.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Key uncertainty_keys[] = {
    Key{"beta", Kind::mapping, "beta, of a share"}.of(uncertain_beta).such_as("{mean: 0.2, sd: 0.05}"),
    Key{"gamma", Kind::mapping, "gamma, of what is positive"}
        .of(uncertain_gamma)
        .such_as("{mean: 0.1 per year, sd: 0.02 per year}"),
    Key{"lognormal", Kind::mapping, "its logarithm is normal: hazard ratios, odds ratios"}
        .of(uncertain_lognormal)
        .such_as("{median: 0.25, interval: [0.10, 0.60]}"),
    Key{"logit_normal", Kind::mapping, "its logit is normal"}
        .of(uncertain_logit_normal)
        .such_as("{interval: [0.1, 0.3]}"),
    Key{"normal", Kind::mapping, "normal"}.of(uncertain_normal).such_as("{mean: -0.3, sd: 0.1}"),
    Key{"uniform", Kind::mapping, "uniform between min and max"}.of(uncertain_uniform).such_as("{min: 0.5, max: 1}"),
    Key{"triangular", Kind::mapping, "triangular with min, mode and max"}
        .of(uncertain_triangular)
        .such_as("{min: 30 days, mode: 69 days, max: 312 days}"),
};

constexpr Key interval =
    Key{"interval", Kind::expressions, "[any unit] 95% of the distribution lies between these, 2.5% on each side"}
        .entries(2, 2);
constexpr Key lowest =
    Key{"min", Kind::expression, "[any unit] not below: the distribution given this"}.standing_for("no bound");
constexpr Key highest =
    Key{"max", Kind::expression, "[any unit] not above: the distribution given this"}.standing_for("no bound");

constexpr Key beta_keys[] = {
    Key{"mean", Kind::expression, "[1] mean"}.between(0, 1).such_as("0.2"),
    Key{"sd", Kind::expression, "[1] standard deviation, below sqrt(mean (1 - mean))"}.above(0).such_as("0.05"),
    Key{"shape1", Kind::expression, "[1] first shape, e.g. a number of events"}.above(0).such_as("292"),
    Key{"shape2", Kind::expression, "[1] second shape, e.g. a number without"}.above(0).such_as("51"),
    lowest.such_as("0.1"),
    highest.such_as("0.9"),
};
constexpr Key gamma_keys[] = {
    Key{"mean", Kind::expression, "[any unit] mean"}.above(0).such_as("0.1 per year"),
    Key{"sd", Kind::expression, "[any unit] standard deviation"}.above(0).such_as("0.02 per year"),
    Key{"shape", Kind::expression, "[1] shape"}.above(0).such_as("25"),
    Key{"rate", Kind::expression, "[any unit] rate: one over the unit of the parameter"}.above(0).such_as("250 years"),
    lowest.such_as("0.01 per year"),
    highest.such_as("1 per year"),
};
constexpr Key lognormal_keys[] = {
    Key{"median", Kind::expression, "[any unit] median"}.above(0).such_as("0.25"),
    Key{"sdlog", Kind::expression, "[1] standard deviation of the logarithm"}.above(0).such_as("0.46"),
    Key{"mean", Kind::expression, "[any unit] mean"}.above(0).such_as("0.28"),
    Key{"sd", Kind::expression, "[any unit] standard deviation"}.above(0).such_as("0.13"),
    interval.such_as("[0.10, 0.60]"),
    lowest.such_as("0.05"),
    highest.such_as("1"),
};
constexpr Key logit_normal_keys[] = {
    Key{"median", Kind::expression, "[1] median"}.between(0, 1).such_as("0.2"),
    Key{"sd", Kind::expression, "[1] standard deviation of the logit"}.above(0).such_as("0.4"),
    interval.such_as("[0.1, 0.35]"),
    lowest.such_as("0.05"),
    highest.such_as("0.5"),
};
constexpr Key normal_keys[] = {
    Key{"mean", Kind::expression, "[any unit] mean"}.such_as("-0.3"),
    Key{"sd", Kind::expression, "[any unit] standard deviation"}.above(0).such_as("0.1"),
    interval.such_as("[-0.5, -0.1]"),
    lowest.such_as("-1"),
    highest.such_as("0"),
};
constexpr Key uniform_keys[] = {
    Key{"min", Kind::expression, "[any unit] lowest value"}.needed().such_as("0.5"),
    Key{"max", Kind::expression, "[any unit] highest value"}.needed().such_as("1"),
};
constexpr Key triangular_keys[] = {
    Key{"min", Kind::expression, "[any unit] lowest value"}.needed().such_as("30 days"),
    Key{"mode", Kind::expression, "[any unit] most likely value"}.needed().such_as("69 days"),
    Key{"max", Kind::expression, "[any unit] highest value"}.needed().such_as("312 days"),
};

constexpr Key joint_keys[] = {
    Key{"normal", Kind::mapping, "normal on stated scales, with mean and covariance, as a fit in R gives them"}
        .of(joint_normal)
        .such_as("{parameters: {shape: log, scale: log}, unit: years, covariance: [[0.01], [-0.002, 0.04]]}"),
    Key{"rows", Kind::mapping, "rows of a CSV file: bootstrap or posterior draws, one row a sample"}
        .of(joint_rows)
        .such_as("{file: draws.csv, pick: resample}"),
    Key{"dirichlet", Kind::mapping, "shares that sum to 1"}
        .of(joint_dirichlet)
        .such_as("{concentration: {p_marrow: 30, p_cns: 5, p_other: 8}}"),
};

constexpr Form scale_forms[] = {{Kind::word, nullptr, normal_scales}, {Kind::mapping, &scaled_parameter}};
constexpr Form row_forms[] = {{Kind::values}};
constexpr Form matrix_forms[] = {{Kind::text}, {Kind::list, nullptr, {}, row_forms}};

constexpr Key joint_normal_keys[] = {
    Key{"parameters", Kind::named, "parameters, in the order of the matrix, to the scale on which they are normal"}
        .needed()
        .in_form(scale_forms)
        .entries(1)
        .such_as("{shape: log, scale: log, beta_age: identity}"),
    Key{"unit", Kind::word, "unit of time of its numbers; needed where a parameter is a time or a rate"}
        .one_of(time_unit_words)
        .such_as("years"),
    Key{"mean", Kind::values, "[1] means on the scale"}
        .standing_for("the parameters' values, taken to the scale")
        .such_as("[-0.83, 2.49]"),
    Key{"covariance", Kind::any,
        "[1] covariance matrix on the scale, whole or its lower triangle; or a CSV file with it"}
        .in_form(matrix_forms)
        .entries(1)
        .such_as("[[0.00068, -0.00117], [-0.00117, 0.0624]]"),
    Key{"sd", Kind::values, "[1] standard deviations on the scale"}.entries(1).such_as("[0.026, 0.25]"),
    Key{"correlation", Kind::list, "[1] correlation matrix, whole or its lower triangle"}
        .in_form(row_forms)
        .entries(1)
        .standing_for("independent")
        .such_as("[[1], [-0.18, 1]]"),
};
constexpr Key scaled_parameter_keys[] = {
    Key{"scale", Kind::word, "on which it is normal"}.one_of(normal_scales).standing_for("identity").such_as("log"),
    Key{"column", Kind::text, "its name in the file of the covariance"}
        .standing_for("the parameter's name")
        .such_as("agecl>40"),
};
constexpr Form column_forms[] = {{Kind::text}};
constexpr Key joint_rows_keys[] = {
    Key{"file", Kind::text, "a CSV file below the folder of the model"}.needed().such_as("draws.csv"),
    Key{"columns", Kind::named, "parameters to the header of their column; other columns are left alone"}
        .in_form(column_forms)
        .entries(1)
        .standing_for("every column is a parameter of its name")
        .such_as("{hr_relapse: HR, p_donor: donor}"),
    Key{"unit", Kind::word, "unit of time of its numbers; needed where a parameter is a time or a rate"}
        .one_of(time_unit_words)
        .such_as("months"),
    Key{"pick", Kind::word, "in_order: sample s has row s; resample: a row at random for each sample"}
        .one_of(parameter_row_picks)
        .standing_for("in_order")
        .such_as("resample"),
};
constexpr Key joint_dirichlet_keys[] = {
    Key{"concentration", Kind::named_values, "[1] parameters to their concentration, e.g. counts"}
        .at_least(0.1)
        .entries(1)
        .such_as("{site_cns: 5, site_other: 8}"),
    Key{"rest", Kind::number, "[1] concentration of the share that is no parameter"}.at_least(0.1).such_as("30"),
    Key{"parameters", Kind::names, "parameters whose values are the means; what they lack to 1 is the rest"}.such_as(
        "[site_cns, site_other]"),
    Key{"n", Kind::number, "[1] the sum of the concentrations, e.g. the number of patients"}.above(0).such_as("43"),
};

constexpr std::string_view interval_or_moments[] = {"median sdlog", "mean sd", "interval", "median interval"};
constexpr std::string_view gamma_forms[] = {"mean sd", "mean shape", "shape rate"};
constexpr std::string_view logit_forms[] = {"median sd", "interval", "median interval"};
constexpr std::string_view normal_forms[] = {"mean sd", "interval", "mean interval"};
constexpr std::string_view beta_forms[] = {"mean sd", "shape1 shape2"};
constexpr std::string_view spread_forms[] = {"covariance", "sd", "sd correlation"};
constexpr std::string_view dirichlet_forms[] = {"concentration", "parameters n"};

constexpr Rule uncertainty_rules[] = {{Rule::Kind::one_form, uncertain_families}};
constexpr Rule beta_rules[] = {{Rule::Kind::one_form, beta_forms}};
constexpr Rule gamma_rules[] = {{Rule::Kind::one_form, gamma_forms}};
constexpr Rule lognormal_rules[] = {{Rule::Kind::one_form, interval_or_moments}};
constexpr Rule logit_rules[] = {{Rule::Kind::one_form, logit_forms}};
constexpr Rule normal_rules[] = {{Rule::Kind::one_form, normal_forms}};
constexpr Rule joint_rules[] = {{Rule::Kind::one_form, joint_kinds}};
constexpr Rule joint_normal_rules[] = {{Rule::Kind::one_form, spread_forms}};
constexpr std::string_view just_concentration[] = {"concentration"};
constexpr Rule dirichlet_rules[] = {{Rule::Kind::one_form, dirichlet_forms},
                                    {Rule::Kind::only_with, just_concentration, "rest"}};

}  // namespace

const Shape uncertainty{"uncertainty", uncertainty_keys, uncertainty_rules, "the uncertainty of a parameter"};
const Shape uncertain_beta{"beta", beta_keys, beta_rules, "an uncertain beta"};
const Shape uncertain_gamma{"gamma", gamma_keys, gamma_rules, "an uncertain gamma"};
const Shape uncertain_lognormal{"lognormal", lognormal_keys, lognormal_rules, "an uncertain lognormal"};
const Shape uncertain_logit_normal{"logit_normal", logit_normal_keys, logit_rules, "an uncertain logit_normal"};
const Shape uncertain_normal{"normal", normal_keys, normal_rules, "an uncertain normal"};
const Shape uncertain_uniform{"uniform", uniform_keys, {}, "an uncertain uniform"};
const Shape uncertain_triangular{"triangular", triangular_keys, {}, "an uncertain triangular"};
const Shape joint{"uncertainty", joint_keys, joint_rules, "parameters uncertain together"};
const Shape joint_normal{"normal", joint_normal_keys, joint_normal_rules, "parameters jointly normal"};
const Shape scaled_parameter{"a parameter", scaled_parameter_keys, {}, "a parameter of a joint normal"};
const Shape joint_rows{"rows", joint_rows_keys, {}, "parameters in rows"};
const Shape joint_dirichlet{"dirichlet", joint_dirichlet_keys, dirichlet_rules, "parameters jointly dirichlet"};

}  // namespace sojourn::model::shapes
