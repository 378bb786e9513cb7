// Costs and effects side by side: which rows of the outcomes they are (those of an outcome `cost_effectiveness` before
// others), its tables, and, where parameters were sampled, each sample's pair under each strategy for the
// cost-effectiveness plane and the acceptability curve.
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

constexpr std::size_t most_samples = 1000;  // a strategy: more cannot be told apart in a cloud of points

// What tells one number of the outcomes from another, the strategy aside.
struct Number {
  std::string outcome, label, measure, unit, level;
  double time = 0;

  [[nodiscard]] bool is(const Rows& rows, std::size_t row) const {
    return rows.text(row, "outcome") == outcome && rows.text(row, "group").empty() &&
           rows.text(row, "level") == level && std::abs(rows.number(row, "time") - time) < 1e-9 &&
           (!rows.has("measure") || rows.text(row, "measure") == measure);
  }
  [[nodiscard]] Json json() const {
    return Json::object()
        .set("outcome", Json::text(outcome))
        .set("label", Json::text(label))
        .set("measure", Json::text(measure))
        .set("unit", Json::text(unit))
        .set("level", Json::text(level))
        .set("time", Json::number(time));
  }
};

bool discounted(const Rows& rows, std::size_t row) {
  const std::string words = rows.text(row, "measure") + " " + rows.text(row, "level");
  return words.find("discounted") != std::string::npos && words.find("undiscounted") == std::string::npos;
}

// The first number of the first of these kinds that there is; a discounted one goes before others.
template <std::size_t N>
std::optional<Number> number_of(const Rows& rows, const std::array<const char*, N>& kinds) {
  for (const char* kind : kinds) {
    std::optional<Number> found;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows.text(r, "kind") != kind || !rows.text(r, "group").empty()) continue;
      if (found && !discounted(rows, r)) continue;
      found = Number{rows.text(r, "outcome"), rows.text(r, "label"), rows.text(r, "measure"),
                     rows.text(r, "unit"),    rows.text(r, "level"), rows.number(r, "time")};
      if (discounted(rows, r)) break;
    }
    if (found) return found;
  }
  return std::nullopt;
}

// Of the first outcome that has both together.
std::optional<std::pair<Number, Number>> of_one_outcome(const Rows& rows) {
  std::optional<std::pair<Number, Number>> found;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows.text(r, "kind") != "cost_effectiveness" || !rows.text(r, "group").empty()) continue;
    const std::string outcome = rows.text(r, "outcome"), measure = rows.text(r, "measure");
    if (measure.ends_with("net_benefit") || (found && found->first.outcome != outcome)) continue;
    if (!found) found.emplace();
    const bool is_cost = measure.ends_with("cost");  // the discounted ones come last and stay
    (is_cost ? found->first : found->second) = Number{outcome,
                                                      is_cost                      ? "costs"
                                                      : measure.ends_with("qalys") ? "QALYs"
                                                                                   : "life years",
                                                      measure,
                                                      rows.text(r, "unit"),
                                                      rows.text(r, "level"),
                                                      rows.number(r, "time")};
  }
  return found;
}

using BySample = std::map<double, double>;

Json samples_json(const Result& result, const Number& cost, const Number& effect) {
  const Rows samples = result.table("samples");
  std::map<std::string, std::pair<BySample, BySample>> found;
  for (std::size_t r = 0; r < samples.size(); ++r) {
    auto& [costs, effects] = found[samples.text(r, "strategy")];
    const double sample = samples.number(r, "sample"), estimate = samples.number(r, "estimate");
    if (cost.is(samples, r)) costs.emplace(sample, estimate);
    if (effect.is(samples, r)) effects.emplace(sample, estimate);
  }
  Json list = Json::list();
  for (const StrategyText& strategy : result.strategies()) {
    const auto& [costs, effects] = found[strategy.name];
    Json one_costs = Json::list(), one_effects = Json::list();
    std::size_t taken = 0;
    for (const auto& [sample, value] : costs) {
      if (taken == most_samples || !effects.contains(sample)) continue;
      ++taken;
      one_costs.add(Json::number(value));
      one_effects.add(Json::number(effects.at(sample)));
    }
    list.add(Json::object()
                 .set("strategy", Json::text(strategy.name))
                 .set("cost", std::move(one_costs))
                 .set("effect", std::move(one_effects)));
  }
  return list;
}

}  // namespace

Json economics_section(const Inputs& inputs) {
  const Result& result = inputs.result();
  const auto together = of_one_outcome(result.outcomes());
  const auto cost =
      together ? std::optional(together->first) : number_of(result.outcomes(), std::array{"cost", "costs"});
  const auto effect = together ? std::optional(together->second)
                               : number_of(result.outcomes(), std::array{"qaly", "qalys", "life_years"});
  Json made = Json::object();
  if (cost && effect) {
    made.set("cost", cost->json()).set("effect", effect->json()).set("samples", samples_json(result, *cost, *effect));
  }
  for (const char* name : {"cost_effectiveness", "net_benefit"}) {
    if (const Rows rows = result.table(name); rows.size() > 0) made.set(name, table_json(rows));
  }
  return made;
}

}  // namespace sojourn::report
