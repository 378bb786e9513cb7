#include "sweep/shapes.hpp"

namespace sojourn::sweep::shapes {

namespace {

using config::Key;
using config::Kind;

constexpr Key resolve_keys[] = {
    Key{"outcome", Kind::name, "by which the best strategy is chosen"}.needed().such_as("efs"),
    Key{"measure", Kind::name, "which of its numbers, where it has several"}.such_as("restricted_mean"),
    Key{"at", Kind::time, "[time] the number at this time, where there are several"}.at_least(0).such_as("5 years"),
    Key{"level", Kind::text, "of a distribution: the number of this level"}.such_as("3"),
    Key{"best", Kind::word, "which strategy is best: that with the highest number, or the lowest"}
        .one_of(best)
        .standing_for("lowest of incidences, costs and time lost, else highest")
        .such_as("lowest"),
    Key{"within", Kind::text, "a difference smaller than this, in the number's unit, is not worth telling"}
        .needed()
        .such_as("0.05 years"),
    Key{"most_patients", Kind::whole_number,
        "a strategy, in a scenario: looks are at `patients`, 2, 4, 8 ... times as many, up to this"}
        .needed()
        .from(2, 1099511627776.0)
        .such_as("320000"),
    Key{"error", Kind::number, "chance, in each scenario, that what is said of the best strategy is wrong"}
        .between(0, 1)
        .standing_for("0.05")
        .such_as("0.01"),
};

}  // namespace

const config::Shape resolve{"a rule to resolve", resolve_keys};

}  // namespace sojourn::sweep::shapes
