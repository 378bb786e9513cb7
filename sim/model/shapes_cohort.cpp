// The cohort: what is drawn for each patient at the start, and how.
#include "model/shapes.hpp"

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form correlation_parts[] = {{Kind::name}, {Kind::expression}};
constexpr Form correlation_forms[] = {{Kind::list, nullptr, {}, correlation_parts}};
constexpr Form column_forms[] = {{Kind::word, nullptr, column_words}, {Kind::mapping, &row_column}};

constexpr Key cohort_keys[] = {
    Key{"size", Kind::whole_number, "default number of patients"}
        .from(1, double{most_patients})
        .standing_for("10000")
        .such_as("100000"),
    Key{"attributes", Kind::named_mappings, "drawn for each patient at the start, in this order"}
        .of(drawn_attribute)
        .such_as("{age: {uniform: {min: 1 year, max: 20 years}}}"),
    Key{"rows", Kind::mapping, "a CSV file with one patient a row, whose columns are attributes"}
        .of(cohort_rows)
        .such_as("{file: patients.csv, columns: {age: years, sex: {levels: [female, male]}}}"),
    Key{"correlation", Kind::list, "pairs of drawn attributes, each with its rank correlation"}
        .in_form(correlation_forms)
        .standing_for("independent")
        .such_as("[[age, burden, 0.1], [burden, dose, -0.2]]"),
};

constexpr Key cohort_rows_keys[] = {
    Key{"file", Kind::text, "a CSV file below the folder of the model"}.needed().such_as("patients.csv"),
    Key{"columns", Kind::named, "attributes to what their column holds; other columns are left alone"}
        .needed()
        .in_form(column_forms)
        .such_as("{age: years, sex: {levels: [female, male]}, prior_hsct: boolean, burden: number}"),
    Key{"pick", Kind::word, "resample: a row at random for each patient; in_order: one row after the other"}
        .one_of(row_picks)
        .standing_for("resample")
        .such_as("in_order"),
    Key{"weight", Kind::text, "the column of weights, with resample"}.standing_for("all rows alike").such_as("w"),
};
constexpr Key row_column_keys[] = {
    Key{"column", Kind::text, "the column's header"}.standing_for("the attribute's name").such_as("Blasts (%)"),
    Key{"type", Kind::word, "what its cells are"}.one_of(column_types).such_as("number"),
    Key{"unit", Kind::word, "its cells are times in this unit"}.one_of(time_unit_words).such_as("months"),
    Key{"levels", Kind::values, "its cells are these names, or whole numbers"}.entries(1).such_as("[female, male]"),
    Key{"description", Kind::text, "what it is"}.such_as("blasts in the marrow"),
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
    Key{"exponential", Kind::mapping, "exponential with mean"}.of(exponential).such_as("{mean: 3 months}"),
    Key{"weibull", Kind::mapping, "Weibull with shape and scale"}.of(weibull).such_as("{shape: 1.2, scale: 9 months}"),
    Key{"triangular", Kind::mapping, "triangular with min, mode and max"}
        .of(triangular)
        .such_as("{min: 1, mode: 2, max: 5}"),
    Key{"poisson", Kind::mapping, "a count, Poisson with mean"}.of(poisson).such_as("{mean: 2.5}"),
    Key{"negative_binomial", Kind::mapping, "a count with variance mean + dispersion x mean^2"}
        .of(negative_binomial)
        .such_as("{mean: 2.5, dispersion: 0.8}"),
    Key{"categorical", Kind::named_values, "[1] levels to weights (any positive numbers)"}.at_least(0).such_as(
        "{female: 0.45, male: 0.55}"),
    Key{"probability", Kind::expression, "[1] a boolean, true with this probability"}.from(0, 1).such_as("0.1"),
    Key{"value", Kind::expression, "computed, not drawn"}.such_as("burden >= 0.5"),
    Key{"cases", Kind::mappings, "the first case that holds; the last has no `when`"}.of(draw_case).entries(1).such_as(
        "[{when: age < 2 years, draw: {value: 1}}, {draw: {value: 0}}]"),
    Key{"unit", Kind::text, "shown with the value"}.such_as("kg"),
    Key{"description", Kind::text, "what it is"}.such_as("blasts in the marrow"),
};

constexpr Key draw_case_keys[] = {
    Key{"when", Kind::expression, "[boolean] the condition; the last case has none"}.such_as("age < 2 years"),
    Key{"draw", Kind::mapping, "how the attribute is drawn then"}.needed().of(draw).such_as("{value: 0.01}"),
};

// Truncation.
constexpr Key lowest = Key{"min", Kind::expression, "[any unit] not below"}.standing_for("no bound");
constexpr Key highest = Key{"max", Kind::expression, "[any unit] not above"}.standing_for("no bound");

constexpr Key uniform_keys[] = {
    Key{"min", Kind::expression, "[any unit] lowest value"}.needed().such_as("1 year"),
    Key{"max", Kind::expression, "[any unit] highest value"}.needed().such_as("20 years"),
};
constexpr Key normal_keys[] = {
    Key{"mean", Kind::expression, "[any unit] mean"}.needed().such_as("70"),
    Key{"sd", Kind::expression, "[any unit] standard deviation"}.needed().at_least(0).such_as("12"),
    lowest.such_as("40"),
    highest.such_as("100"),
};
constexpr Key lognormal_keys[] = {
    Key{"median", Kind::expression, "[any unit] median"}.needed().above(0).such_as("3 months"),
    Key{"sdlog", Kind::expression, "[1] standard deviation of the logarithm"}.needed().at_least(0).such_as("0.4"),
    lowest.such_as("1 month"),
    highest.such_as("1 year"),
};
constexpr Key logit_normal_keys[] = {
    Key{"median", Kind::expression, "[1] median"}.needed().between(0, 1).such_as("0.3"),
    Key{"sd", Kind::expression, "[1] standard deviation of the logit"}.needed().at_least(0).such_as("1.5"),
    lowest.such_as("0.1"),
    highest.such_as("0.9"),
};
constexpr Key beta_keys[] = {
    Key{"mean", Kind::expression, "[1] mean"}.between(0, 1).such_as("0.3"),
    Key{"sd", Kind::expression, "[1] standard deviation, below sqrt(mean (1 - mean))"}.above(0).such_as("0.1"),
    Key{"shape1", Kind::expression, "[1] first shape"}.above(0).such_as("2"),
    Key{"shape2", Kind::expression, "[1] second shape"}.above(0).such_as("5"),
    lowest.such_as("0.1"),
    highest.such_as("0.9"),
};
constexpr Key gamma_keys[] = {
    Key{"mean", Kind::expression, "[any unit] mean"}.needed().above(0).such_as("2 years"),
    Key{"shape", Kind::expression, "[1] shape"}.needed().above(0).such_as("1.5"),
    lowest.such_as("1 month"),
    highest.such_as("10 years"),
};
constexpr Key exponential_keys[] = {
    Key{"mean", Kind::expression, "[any unit] mean"}.needed().above(0).such_as("3 months"),
    lowest.such_as("1 day"),
    highest.such_as("1 year"),
};
constexpr Key weibull_keys[] = {
    Key{"shape", Kind::expression, "[1] shape"}.needed().above(0).such_as("1.2"),
    Key{"scale", Kind::expression, "[any unit] scale: 63% lie below it"}.needed().above(0).such_as("9 months"),
    lowest.such_as("1 day"),
    highest.such_as("2 years"),
};
constexpr Key triangular_keys[] = {
    Key{"min", Kind::expression, "[any unit] lowest value"}.needed().such_as("1"),
    Key{"mode", Kind::expression, "[any unit] most likely value"}.needed().such_as("2"),
    Key{"max", Kind::expression, "[any unit] highest value"}.needed().such_as("5"),
};

constexpr Key poisson_keys[] = {
    Key{"mean", Kind::expression, "[1] mean, at most 1e6"}.needed().at_least(0).such_as("2.5"),
    lowest.such_as("1"),
    highest.such_as("20"),
};
constexpr Key negative_binomial_keys[] = {
    Key{"mean", Kind::expression, "[1] mean, at most 1e6"}.needed().at_least(0).such_as("2.5"),
    Key{"dispersion", Kind::expression, "[1] the variance is mean + dispersion x mean^2; 1/size of R's rnbinom"}
        .needed()
        .at_least(0)
        .such_as("0.8"),
    lowest.such_as("1"),
    highest.such_as("20"),
};

constexpr std::string_view beta_forms[] = {"mean sd", "shape1 shape2"};
constexpr Rule draw_rules[] = {{Rule::Kind::one_form, draws}};
constexpr Rule cohort_rules[] = {{Rule::Kind::one_form, draws_or_cases}};
constexpr Rule beta_rules[] = {{Rule::Kind::one_form, beta_forms}};

}  // namespace

const Shape cohort{"the cohort", cohort_keys};
const Shape cohort_rows{"rows", cohort_rows_keys};
const Shape row_column{"a column", row_column_keys};
const Shape drawn_attribute{"a cohort attribute", drawn_attribute_keys, cohort_rules};
const Shape draw{"a draw", std::span(drawn_attribute_keys).first(std::size(draws)), draw_rules};
const Shape draw_case{"a case", draw_case_keys};
const Shape uniform{"uniform", uniform_keys, {}, "a uniform draw"};
const Shape normal{"normal", normal_keys, {}, "a normal draw"};
const Shape lognormal{"lognormal", lognormal_keys, {}, "a lognormal draw"};
const Shape logit_normal{"logit_normal", logit_normal_keys, {}, "a logit_normal draw"};
const Shape beta{"beta", beta_keys, beta_rules, "a beta draw"};
const Shape gamma{"gamma", gamma_keys, {}, "a gamma draw"};
const Shape exponential{"exponential", exponential_keys, {}, "an exponential draw"};
const Shape weibull{"weibull", weibull_keys, {}, "a weibull draw"};
const Shape triangular{"triangular", triangular_keys, {}, "a triangular draw"};
const Shape poisson{"poisson", poisson_keys, {}, "a poisson draw"};
const Shape negative_binomial{"negative_binomial", negative_binomial_keys, {}, "a negative_binomial draw"};

}  // namespace sojourn::model::shapes
