#include "sweep/shapes.hpp"

#include "config/reference.hpp"
#include "config/schema.hpp"
#include "model/names.hpp"
#include "model/shapes.hpp"

namespace sojourn::sweep {

namespace shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;

constexpr Form one_parameter[] = {{Kind::expression}};

constexpr Key sweep_keys[] = {
    Key{"sweep", Kind::whole_number, "version of the language of sweeps"}.needed().from(1, 1).such_as("1"),
    Key{"title", Kind::text, "one line"}.such_as("When does transplanting everyone pay?"),
    Key{"description", Kind::text, "what is asked"}.such_as("Mortality against benefit"),
    Key{"model", Kind::text, "the model, relative to the folder of this file"}.needed().such_as("../maintenance.yaml"),
    Key{"patients", Kind::whole_number, "virtual patients a strategy, in each scenario"}
        .from(1, 1099511627776.0)
        .standing_for("the model's cohort size")
        .such_as("2000"),
    Key{"seed", Kind::whole_number, "seed of the random numbers"}
        .from(0, 4294967295)
        .standing_for("the model's")
        .such_as("42"),
    Key{"strategies", Kind::names, "only these, in this order"}.standing_for("all").such_as("[observe, treat]"),
    Key{"outcomes", Kind::names, "only these, in the model's order"}.standing_for("all").such_as("[survival, qalys]"),
    Key{"common_random_numbers", Kind::boolean, "the same patients live in every scenario"}
        .standing_for("true")
        .such_as("false"),
    Key{"lives_a_shard", Kind::whole_number, "about how many lives are worked through between two savings"}
        .from(1000, 1e12)
        .standing_for("1000000")
        .such_as("200000"),
    Key{"set", Kind::named, "parameters that have another value in every scenario"}
        .in_form(one_parameter)
        .such_as("{p_donor: 1}"),
    Key{"axes", Kind::named_mappings, "what differs between scenarios"}.needed().of(axis).entries(1, 100).such_as(
        "{hr: {parameter: hr_relapse, values: [0.25, 0.5, 1]}}"),
    Key{"designs", Kind::mappings, "how axes are combined; those in no design are crossed with everything"}
        .of(design)
        .such_as("[{zip: [dose, price]}, {sobol: {axes: [hr, wait], points: 64}}]"),
    Key{"exclude", Kind::expressions, "[boolean] over the axes: scenarios to leave out"}.such_as(
        "[\"hr > 0.5 and wait > 60 days\"]"),
    Key{"targets", Kind::mapping, "the figures that the model is to give, compared with those of each scenario"}
        .of(targets)
        .standing_for("the model's targets, under the reference strategy")
        .such_as("{strategy: as_observed}"),
    Key{"recalibrate", Kind::named_mappings,
        "parameters that are solved for in each scenario so that it gives the figures"}
        .of(unknown)
        .entries(1, 50)
        .such_as("{never_relapse: {}, death_median: {from: 1 month, to: 200 months}}"),
    Key{"resolve", Kind::mapping, "more patients where it is not clear which strategy is best (`--resolve`)"}
        .of(resolve)
        .such_as("{outcome: efs, measure: restricted_mean, within: 0.05 years, most_patients: 320000}"),
};

constexpr Form figure_forms[] = {{Kind::name}, {Kind::mapping, &figure}};
constexpr Key targets_keys[] = {
    Key{"strategy", Kind::name, "under which the figures hold; it need not be one of the sweep's"}
        .standing_for("the only one of the sweep, or the reference strategy")
        .such_as("as_observed"),
    Key{"patients", Kind::whole_number, "who live under it for the figures, in each scenario: the first ones"}
        .from(2, 1099511627776.0)
        .standing_for("10000 to solve for parameters, 1000 to look only")
        .such_as("20000"),
    Key{"figures", Kind::list, "outcomes, of which all the model's targets are meant, and single figures"}
        .in_form(figure_forms)
        .entries(1, 200)
        .standing_for("all targets of the model")
        .such_as("[efs, {outcome: os, at: 1 year, value: 0.93, tolerance: 0.01}]"),
};

constexpr Key figure_keys[] = {
    Key{"outcome", Kind::name, "an outcome of the model"}.such_as("efs"),
    Key{"parameter", Kind::name, "a parameter: wanted near a value, so that it does not drift where figures are silent"}
        .such_as("selection_slope"),
    Key{"at", Kind::time, "[time] one of the outcome's"}.at_least(0).such_as("12 months"),
    Key{"group", Kind::text, "the group it is about"}.such_as("true"),
    Key{"level", Kind::text, "the level it is about"}.such_as("3"),
    Key{"value", Kind::expression, "what is wanted, in the outcome's unit; of a parameter with its unit"}
        .standing_for("that of the model's target")
        .such_as("0.755"),
    Key{"tolerance", Kind::expression, "how far from it is near enough, more than 0"}
        .standing_for("the standard error of the model's target")
        .such_as("0.01"),
};
constexpr std::string_view with_outcome[] = {"outcome"}, group_or_level[] = {"group", "level"};
constexpr Rule figure_rules[] = {
    {Rule::Kind::one_form, subjects},
    {Rule::Kind::only_with, with_outcome, "at"},
    {Rule::Kind::only_with, with_outcome, "group"},
    {Rule::Kind::only_with, with_outcome, "level"},
    {Rule::Kind::at_most_one, group_or_level},
};

constexpr Key unknown_keys[] = {
    Key{"from", Kind::expression, "the lowest value that is tried, with its unit"}
        .standing_for("the lowest of its `range` in the model")
        .such_as("1 month"),
    Key{"to", Kind::expression, "the highest value that is tried"}
        .standing_for("the highest of its `range`")
        .such_as("200 months"),
};

constexpr Form unit_forms[] = {{Kind::word, nullptr, model::shapes::parameter_units}, {Kind::whole_number}};
constexpr Form any_value[] = {{Kind::anything}};

constexpr Key axis_keys[] = {
    Key{"parameter", Kind::name, "the parameter that is set"}.such_as("hr_relapse"),
    Key{"multiply", Kind::names, "parameters whose own values are multiplied by the axis"}.entries(1).such_as(
        "[rate_early, rate_late]"),
    Key{"path", Kind::text, "a place in the model whose value is replaced"}.such_as("transitions.relapse.when"),
    Key{"values", Kind::values, "one after the other"}.entries(1).such_as("[14 days, 28 days]"),
    Key{"cases", Kind::named, "names to values of any form, for a path"}.in_form(any_value).entries(1).such_as(
        "{narrow: mrd_positive, wide: \"mrd_positive or burden > 0.5\"}"),
    Key{"from", Kind::expression, "lowest value, a number with its unit"}.such_as("14 days"),
    Key{"to", Kind::expression, "highest value, in the same unit"}.such_as("70 days"),
    Key{"steps", Kind::whole_number, "values from `from` to `to`, both included; not in a drawn design"}
        .from(2, 1000000)
        .such_as("5"),
    Key{"scale", Kind::word, "on which values between `from` and `to` are even"}
        .one_of(scales)
        .standing_for("linear")
        .such_as("log"),
    Key{"unit", Kind::any, "of a parameter: what plain numbers are written in"}.in_form(unit_forms).such_as("months"),
    Key{"label", Kind::text, "how the axis is shown"}.standing_for("its name").such_as("Hazard ratio of relapse"),
};

constexpr std::string_view with_from[] = {"from"};
constexpr std::string_view with_to[] = {"to"};
constexpr std::string_view with_path[] = {"path"};
constexpr std::string_view with_parameter[] = {"parameter"};
constexpr Rule axis_rules[] = {
    {Rule::Kind::one_form, changes},
    {Rule::Kind::at_most_one, ways},
    {Rule::Kind::only_with, with_path, "cases"},
    {Rule::Kind::only_with, with_to, "from"},
    {Rule::Kind::only_with, with_from, "to"},
    {Rule::Kind::only_with, with_from, "steps"},
    {Rule::Kind::only_with, with_from, "scale"},
    {Rule::Kind::only_with, with_parameter, "unit"},
};

constexpr Key design_keys[] = {
    Key{"zip", Kind::names, "axes that go together, value by value"}.entries(2).such_as("[dose, price]"),
    Key{"latin_hypercube", Kind::mapping, "axes with `from` and `to`: each cut into as many slices as points"}
        .of(hypercube)
        .such_as("{axes: [hr, wait], points: 100, seed: 7}"),
    Key{"sobol", Kind::mapping, "axes with `from` and `to`: points of Sobol's sequence"}.of(sobol).such_as(
        "{axes: [hr, wait], points: 64}"),
    Key{"table", Kind::text, "a CSV file, relative to this one: a column for each of some axes, a row for each point"}
        .such_as("points.csv"),
};
constexpr Rule design_rules[] = {{Rule::Kind::one_form, designs}};

constexpr Key hypercube_keys[] = {
    Key{"axes", Kind::names, "which"}.needed().entries(1).such_as("[hr, wait]"),
    Key{"points", Kind::whole_number, "how many"}.needed().from(1, 1000000).such_as("100"),
    Key{"seed", Kind::whole_number, "of the design, which is drawn once"}
        .from(0, 4294967295)
        .standing_for("1")
        .such_as("7"),
};

constexpr Key sobol_keys[] = {
    Key{"axes", Kind::names, "which"}.needed().entries(1, 100).such_as("[hr, wait]"),
    Key{"points", Kind::whole_number, "how many; powers of 2 are even"}.needed().from(1, 1000000).such_as("64"),
};

}  // namespace

const config::Shape sweep{"a sweep", sweep_keys};
const config::Shape axis{"an axis", axis_keys, axis_rules};
const config::Shape design{"a design", design_keys, design_rules};
const config::Shape hypercube{"a Latin hypercube", hypercube_keys};
const config::Shape sobol{"a Sobol design", sobol_keys};
const config::Shape targets{"the targets of a sweep", targets_keys};
const config::Shape figure{"a figure", figure_keys, figure_rules};
const config::Shape unknown{"a parameter that is solved for", unknown_keys};

}  // namespace shapes

std::string schema() {
  return config::json_schema(shapes::sweep, model::words_not_names());
}

std::string reference() {
  return "\n# Sweeps\n\nOf the files that `sojourn sweep` reads ([sweeps.md](sweeps.md)).\n\n" +
         config::reference(shapes::sweep);
}

}  // namespace sojourn::sweep
