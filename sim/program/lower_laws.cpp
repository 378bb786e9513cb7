#include <algorithm>
#include <bit>
#include <variant>

#include "base/lane.hpp"
#include "distributions/compile.hpp"
#include "distributions/tables.hpp"
#include "program/lowering.hpp"

namespace sojourn::program {

namespace {

using distributions::GivenBy;
using distributions::Law;
using distributions::LowerProblem;

const distributions::FamilyInfo& info(distributions::FamilyIndex family) {
  return distributions::families()[family];
}

}  // namespace

std::span<const double> Lowering::kept(std::vector<double> table) {
  program_.tables.push_back(std::make_unique<std::vector<double>>(std::move(table)));
  return *program_.tables.back();
}

std::span<const Law> Lowering::kept(std::vector<Law> parts) {
  program_.law_parts.push_back(std::make_unique<std::vector<Law>>(std::move(parts)));
  return *program_.law_parts.back();
}

std::vector<double> Lowering::constants(const std::vector<model::Expression>& list) const {
  std::vector<double> values;
  for (const auto& one : list) values.push_back(constant(one));
  return values;
}

void Lowering::fail(const model::Distribution& source, const LowerProblem& problem) const {
  fail(source.at, problem.problem + (problem.why.empty() ? "" : " (" + problem.why + ")"));
}

Law Lowering::piecewise(distributions::FamilyIndex family, std::span<const double> breaks,
                        std::span<const double> rates) {
  Law made;
  made.family = family;
  made.table = kept(distributions::piecewise_table(breaks, rates));
  return made;
}

Law Lowering::spline(const model::Distribution& source) {
  auto table = distributions::spline_table(constants(source.rates), constants(source.breaks), source.spline->time,
                                           source.spline->unit);
  if (const auto* problem = std::get_if<LowerProblem>(&table)) fail(source, *problem);
  return distributions::spline_law(kept(std::get<std::vector<double>>(std::move(table))), source.spline->scale,
                                   source.spline->time);
}

Law Lowering::curve(const model::Distribution& source) {
  const bool file = !source.tables.empty();
  const std::vector<double> times = file ? source.tables.front().breaks : constants(source.breaks);
  const std::vector<double> survival = file ? source.tables.front().rates : constants(source.rates);
  if (const auto problem = distributions::curve_problem(times, survival)) fail(source, *problem);
  double tail = 0;  // nothing is left of a curve that has fallen to 0
  if (survival.back() > 0) {
    if (source.curve->beyond == model::Curve::Beyond::hold_hazard) tail = distributions::last_hazard(times, survival);
    if (source.curve->beyond == model::Curve::Beyond::exponential) tail = law(source.parts.front()).c[0];
  }
  if (!source.curve->joined)
    return distributions::tabulated_law(kept(distributions::step_table(times, survival)), tail);
  if (survival.back() == 0) fail(source.at, "a curve that falls to 0 cannot be interpolated by hazards");
  const distributions::Rates joined = distributions::joined_curve(times, survival, tail);
  return piecewise(distributions::find_family("piecewise_exponential").value(), joined.breaks, joined.rates);
}

Law Lowering::mixture(const model::Distribution& source) {
  auto weights = distributions::mixture_table(constants(source.values));
  if (const auto* problem = std::get_if<LowerProblem>(&weights)) fail(source, *problem);
  std::vector<Law> parts;
  for (const auto& part : source.parts) parts.push_back(law(part));
  const auto table = kept(std::get<std::vector<double>>(std::move(weights)));
  return distributions::mixture_law(table, kept(std::move(parts)));
}

Law Lowering::truncated(const model::Distribution& source) {
  const auto value = [&](const model::Expression& one, double otherwise) { return one ? constant(one) : otherwise; };
  const double low = value(source.values[0], 0), high = value(source.values[1], infinity);
  const auto made = distributions::truncated_law(kept(std::vector{law(source.parts.front())}), low, high);
  if (const auto* problem = std::get_if<LowerProblem>(&made)) fail(source, *problem);
  return std::get<Law>(made);
}

// Of a family without a cheap inverse, where tables can be made of it: a law for both directions by tables.
Law Lowering::with_tables(const Law& exact) {
  if (!distributions::wants_tables(exact)) return exact;
  const auto made = distributions::compiled_once(exact);
  if (!made) return exact;
  return made->on(kept(made->table), kept(std::vector{exact}));
}

Law Lowering::law(const model::Distribution& source) {
  switch (info(source.family).given_by) {
    case GivenBy::spline:
      return spline(source);
    case GivenBy::curve:
      return curve(source);
    case GivenBy::mixture:
      return mixture(source);
    case GivenBy::truncation:
      return truncated(source);
    case GivenBy::rates: {
      std::vector<double> breaks = constants(source.breaks), rates = constants(source.rates);
      if (!breaks.empty() && breaks.front() > 0) {  // on the calendar: nothing before the first year
        breaks.insert(breaks.begin(), 0);
        rates.insert(rates.begin(), 0);
      }
      if (!std::ranges::all_of(rates, [](double rate) { return rate >= 0; })) {
        fail(source.at, "a rate is not a number >= 0");
      }
      return piecewise(source.family, breaks, rates);
    }
    case GivenBy::life_table:
      return piecewise(source.family, source.tables.front().breaks, source.tables.front().rates);
    case GivenBy::parameters:
    case GivenBy::lowering:
      break;
  }
  const auto made = distributions::lower(source.family, source.form, constants(source.values));
  if (const auto* problem = std::get_if<LowerProblem>(&made)) fail(source, *problem);
  return std::get<Law>(made);
}

// By calendar year: rows from the first age on, nothing before; the rates of the first and the last year go on.
Range Lowering::life_table(const model::Distribution& source, Component& target) {
  const auto first = static_cast<std::int32_t>(program_.laws.size());
  const auto declaration = static_cast<std::int32_t>(program_.declarations.size());
  for (const auto& table : source.tables) {
    if (!source.has_years()) {
      program_.laws.push_back(piecewise(source.family, table.breaks, table.rates));
      continue;
    }
    std::vector<double> ages{-infinity}, years = table.years, rates(years.size(), 0.0);
    ages.insert(ages.end(), table.breaks.begin(), table.breaks.end());
    years.front() = -infinity;
    rates.insert(rates.end(), table.rates.begin(), table.rates.end());
    const auto kept_table = kept(distributions::lexis_table(ages, years, rates));
    Place place{static_cast<std::int32_t>(program_.laws.size()), declaration};
    if (source.other_years_refused) {
      place.first_year = table.years.front();
      place.end_year = table.years.back() + 1;
    }
    program_.places.push_back(place);
    program_.laws.push_back(distributions::lexis_law(kept_table, ages.size(), years.size()));
    target.clock = {ClockKind::forward, -1};
  }
  return {first, static_cast<std::int32_t>(program_.laws.size()) - first};
}

std::optional<Range> Lowering::by_calendar(const Law& law, Component& target) {
  auto made = distributions::by_calendar(law);
  if (!made) return std::nullopt;
  target.clock = {ClockKind::forward, -1};
  const auto first = static_cast<std::int32_t>(program_.laws.size());
  if (!made->table.empty()) made->law.table = kept(std::move(made->table));
  if (made->depends_on_start)
    program_.places.push_back({first, static_cast<std::int32_t>(program_.declarations.size())});
  program_.laws.push_back(made->law);
  return Range{first, 1};
}

Range Lowering::laws(const model::Distribution& source, Component& target) {
  target.by = source.by.value;
  if (info(source.family).given_by == GivenBy::life_table) return life_table(source, target);
  const Law made = law(source);
  if (target.clock.kind == ClockKind::calendar && !source.cure) {
    if (const auto range = by_calendar(made, target)) return *range;
  }
  const auto first = static_cast<std::int32_t>(program_.laws.size());
  target.stepped = distributions::has_steps(made);
  target.fixed = distributions::is_atom(made);
  if (target.fixed) target.delay = constant(source.values.front());
  target.if_past_now = source.if_past_now;
  target.if_past_never = source.if_past_never;
  if (made.table.empty() && made.parts.empty()) {
    std::array<std::uint64_t, 6> bits{};
    std::transform(made.c.begin(), made.c.end(), bits.begin(),
                   [](double c) { return std::bit_cast<std::uint64_t>(c); });
    const auto known = known_laws_.try_emplace({made.family, bits}, first).first;
    if (known->second < first) return {known->second, 1};
  }
  program_.laws.push_back(with_tables(made));
  return {first, 1};
}

}  // namespace sojourn::program
