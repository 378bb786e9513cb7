// What is particular to compiled laws; that they keep the contract, and give the same bits on all lanes, is tested with
// the cases of every family (test_contract, test_laws, test_lanes). Here: at the bounds of their rows, over parameters
// drawn at random, how rarely they need the exact law, and what they take up.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>

#include "../base/precise.hpp"
#include "base/uniform.hpp"
#include "cases.hpp"
#include "distributions/compile.hpp"
#include "distributions/compiled.hpp"
#include "distributions/tables.hpp"
#include "random_laws.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();

CompiledMap by_hazard(const Law& law) {
  return CompiledMap(law.table.data() + static_cast<std::size_t>(law.c[5]));
}
// The argument is one for the exact law.
bool is_rare(const CompiledMap& map, double argument) {
  const double value = map.value<double>(map.row(argument));
  return value != value;
}

// |H(T) - H(t0) - E| against its allowance, by the exact law, whose own rounding counts: of the logarithm of times, and
// of differences of large H.
double excess(const Law& exact, double t0, double e, double t) {
  if (t == infinite || t < 1e-290) return t == time_of(exact, t0, e) || t < 1e-290 ? 0 : infinite;
  const double h = hazard(exact, t), before = cumulative_hazard(exact, t0);
  if (!(h < infinite)) return 0;
  const double ulp = std::nextafter(t, infinite) - t, steepest = std::max(h, hazard(exact, std::nextafter(t, 0)));
  const double rounding = 0x1p-51 * (before + e) + 0x1p-53 * h * t * std::abs(std::log(t));
  return std::abs(cumulative_hazard_between(exact, t0, t) - e) / (1e-12 * e + 2 * steepest * ulp + rounding);
}
// The same of a cumulative hazard
double excess_of_hazard(const Law& law, const Law& exact, double t) {
  const double right = cumulative_hazard(exact, t), conditioning = hazard(exact, t) * t / right;
  return std::abs(cumulative_hazard(law, t) / right - 1) /
         (2e-13 + 0x1p-53 * conditioning * (1 + std::abs(std::log(t))));
}

void see_all(const Law& law, const Law& exact, double t0, double e, Largest& worst) {
  worst.see(excess(exact, 0, e, time_of(law, e)), 0, e);
  if (!(t0 > 1e-290 && t0 < 1e290 && hazard(exact, t0) < infinite)) return;
  worst.see(excess(exact, t0, e, time_of(law, t0, e)), t0, e);
  worst.see(excess_of_hazard(law, exact, t0), t0, e);
  const double t1 = t0 + 0.5 * (time_of(exact, t0, e) - t0);
  if (!(t1 > t0 && t1 < 1e290 && hazard(exact, t1) < infinite)) return;
  const double right = cumulative_hazard_between(exact, t0, t1), all = cumulative_hazard(exact, t1);
  const double rounding = 0x1p-52 * (all + 2 * hazard(exact, t1) * t1 * (1 + std::abs(std::log(t1))));
  if (right > 0) {
    worst.see(std::abs(cumulative_hazard_between(law, t0, t1) - right) / (1e-12 * right + rounding), t0, t1);
  }
}

TEST(Compiled, AtTheBoundsOfItsRows) {
  for (const Case& one : all_cases()) {
    if (!one.compiled) continue;
    const Law& exact = one.parts[0];
    Inputs in(71);
    Largest worst;
    const auto look_near = [&](double used) {
      if (!(used > 1e-36 && used < 1e7)) return;
      for (int i = 0; i < 12; ++i) {
        const double step = in.log_between(1e-15, 1e-2), near_by = used * (i % 2 == 0 ? 1 + step : 1 - step);
        worst.see(excess(exact, 0, near_by, time_of(one.law, near_by)), 0, near_by);
        see_all(one.law, exact, time_of(exact, used * (1 - step)), used * step * in.between(0.1, 4), worst);
      }
    };
    for (const double bound : CompiledMap(one.law.table.data()).bounds()) {
      if (bound < 1e300) look_near(cumulative_hazard(exact, one.law.c[0] + bound));
    }
    for (const double bound : by_hazard(one.law).bounds()) look_near(bound);
    EXPECT_LE(worst.value, 1) << one.label() << ": " << worst;
  }
}

TEST(Compiled, OverRandomParameters) {
  RandomLaws random(72);
  std::map<std::string, int> made, all;
  for (int i = 0; i < 2100; ++i) {
    const RandomLaw one = random.draw(i);
    ++all[one.kind];
    const auto tables = compiled(one.law);
    if (!tables) continue;
    ++made[one.kind];
    EXPECT_LE(tables->table.size() * sizeof(double), 40000U) << one.label;
    const Law law = tables->on(tables->table, std::span(&one.law, 1));
    Largest worst;
    for (int k = 0; k < 40; ++k) {
      const double e = k % 2 == 0 ? -std::log(random.in.between(1e-16, 1)) : random.in.log_between(1e-22, 3.7e7);
      const double used = k % 3 == 0 ? random.in.log_between(1e-10, 1e6) : random.in.log_between(1e-4, 40);
      see_all(law, one.law, time_of(one.law, used), e, worst);
    }
    EXPECT_LE(worst.value, 1) << one.label << ": " << worst;
  }
  for (const auto& [kind, count] : all) {  // tables would be too large where classes of a mixture are far apart
    EXPECT_GE(made[kind], kind == "mixture" ? 0.96 * count : 0.99 * count) << kind;
  }
}

// Of everyday laws, on which the speed of a run rests: a unit exponential from 0 or from a running clock.
TEST(Compiled, TheExactLawIsRarelyAsked) {
  for (const Case& one : all_cases()) {
    if (!one.compiled || !wants_tables(one.parts[0])) continue;
    const CompiledMap map = by_hazard(one.law);
    const double end = cumulative_hazard(one.law, infinite);
    int rare = 0;
    for (std::uint64_t i = 0; i < 10000; ++i) {
      const double e = unit_exponential(uniforms({6, 0}, {i, 0, 18, 0}).first);
      rare += is_rare(map, e) && time_of(one.law, e) > 1e-290 ? 1 : 0;
    }
    EXPECT_LE(rare, 150) << one.label() << " up to " << end;
  }
}

TEST(Compiled, IsFoundAgainByWhatItIsMadeOf) {
  const auto law = [](double shape) {
    const double values[] = {shape, 0.5};
    return std::get<Law>(lower(find_family("gamma").value(), 0, values));
  };
  const std::vector<Law> parts = {law(2), law(3)}, same = parts, others = {law(2), law(4)};
  const auto weights = std::get<std::vector<double>>(mixture_table(std::array{0.4, 0.6}));
  EXPECT_EQ(compiled_once(law(2)), compiled_once(law(2)));
  EXPECT_NE(compiled_once(law(2)), compiled_once(law(3)));
  EXPECT_EQ(compiled_once(mixture_law(weights, parts)), compiled_once(mixture_law(weights, same)));
  EXPECT_NE(compiled_once(mixture_law(weights, parts)), compiled_once(mixture_law(weights, others)));
  const auto first = compiled_once(law(2));
  for (int i = 0; i < 300; ++i) (void)compiled_once(law(5 + i));  // more than are kept
  const auto again = compiled_once(law(2));                       // bit by bit, as some are NaN
  ASSERT_EQ(again->table.size(), first->table.size());
  EXPECT_EQ(std::memcmp(again->table.data(), first->table.data(), again->table.size() * sizeof(double)), 0);
}

TEST(Compiled, LawsWithAtomsOrStepsAreNot) {
  for (const Case& one : all_cases()) {
    if (is_atom(one.law) || has_steps(one.law)) {
      EXPECT_FALSE(compiled(one.law).has_value()) << one.label();
    }
  }
}

}  // namespace
}  // namespace sojourn::test
