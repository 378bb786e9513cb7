// Attributes and expressions.
#include <array>

#include "expression/operation.hpp"
#include "random_models/coverage.hpp"
#include "random_models/search.hpp"

namespace sojourn::engine::testing {

using std::ranges::any_of;

namespace {

constexpr auto operations =
    std::to_array<const char*>({"constant", "attribute", "in",    "visited",  "count", "time_since", "now",
                                "negate",   "+",         "-",     "*",        "/",     "square",     "^",
                                "==",       "!=",        "<",     "<=",       ">",     ">=",         "not",
                                "and",      "or",        "? :",   "min",      "max",   "abs",        "exp",
                                "log",      "sqrt",      "floor", "logistic", "logit", "odds_scale"});
static_assert(operations.size() == static_cast<std::size_t>(expression::Op::odds_scale) + 1);

constexpr auto draws = std::to_array<const char*>({"value", "uniform", "normal", "lognormal", "logit_normal", "beta",
                                                   "gamma", "exponential", "weibull", "triangular", "poisson",
                                                   "negative_binomial", "categorical", "probability"});
static_assert(draws.size() == static_cast<std::size_t>(model::DrawKind::probability) + 1);

}  // namespace

void Coverage::cohort(const World& world) {
  const auto some_case = [&](auto holds) {
    return in_programs(world, &program::Program::cohort,
                       [&](const program::CohortAttribute& one) { return any_of(one.cases, holds); });
  };
  for (std::size_t k = 0; k < draws.size(); ++k) {
    note(std::string("draw ") + draws[k],
         some_case([k](const program::DrawCase& one) { return static_cast<std::size_t>(one.kind) == k; }));
  }
  note("draw beta {mean, sd}", some_case([](const program::DrawCase& one) { return one.beta_by_mean; }));
  note("draw with a lower bound", some_case([](const program::DrawCase& one) { return one.min >= 0; }));
  note("draw with an upper bound", some_case([](const program::DrawCase& one) { return one.max >= 0; }));
  const auto some = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::cohort, holds));
  };
  some("draw by cases", [](const program::CohortAttribute& one) { return one.cases.size() > 1; });
  some("correlated attributes", [](const program::CohortAttribute& one) { return one.latent >= 0; });
  some("correlated boolean", [](const program::CohortAttribute& one) { return one.latent >= 0 && one.mirrored; });
  const auto* rows = world.programs.front().rows.get();
  note("rows, a random one", rows != nullptr && !rows->in_order && rows->cumulative.empty());
  note("rows by weight", rows != nullptr && !rows->cumulative.empty());
  note("rows in order", rows != nullptr && rows->in_order);
  std::vector<bool> set(world.model->attributes.size(), false);
  for (const auto& one : world.programs.front().assignments) set[static_cast<std::size_t>(one.attribute)] = true;
  const auto assigned = [&](const char* name, auto holds) {
    bool found = false;
    for (std::size_t a = 0; a < set.size(); ++a) found = found || (set[a] && holds(world.model->attributes[a]));
    note(name, found);
  };
  using Kind = expression::Type::Kind;
  assigned("set: an attribute of the cohort", [](const model::Attribute& a) { return a.known_at_start(); });
  assigned("set: a boolean", [](const model::Attribute& a) { return a.type.kind == Kind::boolean; });
  assigned("set: a category", [](const model::Attribute& a) { return a.type.kind == Kind::category; });
  assigned("set: a number", [](const model::Attribute& a) {
    return a.type.kind == Kind::number && a.type.time_power == 0 && a.number_levels.empty();
  });
  assigned("set: a whole number of levels", [](const model::Attribute& a) { return !a.number_levels.empty(); });
  assigned("set: a time", [](const model::Attribute& a) { return a.type.time_power == 1; });
}

void Coverage::expressions(const World& world) {
  std::array<bool, operations.size()> used{};
  bool time = false, alone = false, age_now = false;
  for (const auto& one : world.programs) {
    for (const auto& code : one.codes) {
      for (const auto& step : code.instructions) used[step.op] = true;
      const auto now = [](const auto& step) { return step.op == static_cast<std::uint8_t>(expression::Op::now); };
      const auto age = [&](AttributeId a) { return a.value == one.age_attribute; };
      age_now = age_now || (any_of(code.instructions, now) && any_of(code.dependencies.attributes, age));
      time = time || code.dependencies.time;
      alone = alone || code.only_attribute >= 0;
    }
  }
  for (std::size_t op = static_cast<std::size_t>(expression::Op::in_set); op < operations.size(); ++op) {
    note(std::string("expression ") + operations[op], used[op]);
  }
  note("expression of time", time);
  note("expression of the age now", age_now);
  note("expression that is one attribute", alone);
}

}  // namespace sojourn::engine::testing
