#include <algorithm>
#include <bit>
#include <variant>

#include "program/lowering.hpp"

namespace sojourn::program {

namespace {

using distributions::Law;

const distributions::FamilyInfo& info(distributions::FamilyIndex family) {
  return distributions::families()[family];
}

}  // namespace

std::int32_t Lowering::table_law(const model::Distribution& source, std::span<const double> breaks,
                                 std::span<const double> rates) {
  program_.tables.push_back(std::make_unique<std::vector<double>>(distributions::piecewise_table(breaks, rates)));
  Law made;
  made.family = source.family;
  made.table = *program_.tables.back();
  program_.laws.push_back(made);
  return static_cast<std::int32_t>(program_.laws.size() - 1);
}

Law Lowering::law(const model::Distribution& source) {
  std::vector<double> values;
  for (const auto& value : source.values) values.push_back(constant(value));
  const auto made = distributions::lower(source.family, source.form, values);
  if (const auto* problem = std::get_if<distributions::LowerProblem>(&made)) {
    fail(source.at, problem->problem + (problem->why.empty() ? "" : " (" + problem->why + ")"));
  }
  return std::get<Law>(made);
}

Range Lowering::laws(const model::Distribution& source, Component& target) {
  const auto first = static_cast<std::int32_t>(program_.laws.size());
  target.by = source.by.value;
  if (!info(source.family).takes_table) {
    const Law made = law(source);
    target.fixed = distributions::is_atom(made);
    if (target.fixed) target.delay = constant(source.values.front());
    target.if_past_now = source.if_past_now;
    target.if_past_never = source.if_past_never;
    std::array<std::uint64_t, 6> bits{};
    std::transform(made.c.begin(), made.c.end(), bits.begin(),
                   [](double c) { return std::bit_cast<std::uint64_t>(c); });
    const auto known = known_laws_.try_emplace({made.family, bits}, first).first;
    if (known->second < first) return {known->second, 1};
    program_.laws.push_back(made);
  } else if (source.tables.empty()) {
    std::vector<double> breaks, rates;
    for (const auto& time : source.breaks) breaks.push_back(constant(time));
    for (const auto& rate : source.rates) {
      rates.push_back(constant(rate));
      if (!(rates.back() >= 0)) fail(source.at, "a rate is not a number >= 0");
    }
    table_law(source, breaks, rates);
  } else {
    for (const auto& table : source.tables) table_law(source, table.breaks, table.rates);
  }
  return {first, static_cast<std::int32_t>(program_.laws.size()) - first};
}

}  // namespace sojourn::program
