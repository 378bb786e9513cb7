// Cohorts from the rows of a file: how often each row is taken, whole, and at which address.
#include <gtest/gtest.h>

#include <array>

#include "base/hash.hpp"
#include "base/uniform.hpp"
#include "engine/cohort_sample.hpp"
#include "engine/statistics.hpp"
#include "program/lower.hpp"

namespace sojourn::engine::testing {
namespace {

const std::vector<model::EmbeddedFile> patients = {{"patients.csv",
                                                    "id,age,sex,hsct,crs,w\n"
                                                    "A,24,female,true,3,1\n"
                                                    "B,36,male,0,0,0\n"
                                                    "\"C, the third\",48,\"female\",FALSE,1,2.5\n"
                                                    "D,60,male,1,4,0.5\n"
                                                    "E,7.2e1,male,True,2,6\n"}};

std::string rows(const std::string& more = "") {
  return "  rows:\n    file: patients.csv\n" + more +
         "    columns: {age: months, sex: {levels: [male, female]}, before: {column: hsct, type: boolean}, "
         "crs: {levels: [0, 1, 2, 3, 4]}}\n";
}

// Row by row: age in years, sex, before, crs
const std::array<std::array<double, 4>, 5> expected = {
    {{2, 1, 1, 3}, {3, 0, 0, 0}, {4, 1, 0, 1}, {5, 0, 1, 4}, {6, 0, 1, 2}}};

std::size_t row_of(const std::vector<std::vector<double>>& drawn, std::size_t p) {
  const auto row = static_cast<std::size_t>(drawn[0][p]) - 2;
  for (std::size_t a = 0; a < 4; ++a) EXPECT_EQ(drawn[a][p], expected[row][a]);
  return row;
}

// Chi-square with 4 degrees of freedom beyond 33.38, with 3 beyond 30.66, has probability 1e-6.
TEST(Rows, AreResampled) {
  constexpr std::int64_t n = 50'000;
  for (const bool weighted : {false, true}) {
    const World world = cohort("", "", rows(weighted ? "    weight: w\n" : ""), patients);
    const auto drawn = draw(world, n);
    std::array<std::int64_t, 5> counts{};
    for (std::size_t p = 0; p < n; ++p) ++counts[row_of(drawn, p)];
    const std::array<double, 5> weights = {1, 0, 2.5, 0.5, 6};
    double chi = 0;
    for (std::size_t row = 0; row < 5; ++row) {
      const double wanted = static_cast<double>(n) * (weighted ? weights[row] / 10 : 0.2);
      EXPECT_EQ(wanted == 0 && counts[row] != 0, false);
      if (wanted > 0) chi += std::pow(static_cast<double>(counts[row]) - wanted, 2) / wanted;
    }
    EXPECT_LT(chi, weighted ? 30.66 : 33.38);
  }
}

TEST(Rows, InOrder) {
  const World world = cohort("    u: {uniform: {min: 0, max: 1}}\n", "", rows("    pick: in_order\n"), patients);
  const auto drawn = draw(world, 12);
  for (std::size_t p = 0; p < 12; ++p) EXPECT_EQ(row_of(drawn, p), p % 5);
  std::vector<double> values(5);
  EXPECT_EQ(draw_attributes(world.programs[0], std::int64_t{5} << 40, values), 1U);
  EXPECT_EQ(values[0], expected[((std::uint64_t{5} << 40) - 1) % 5][0]);
}

// One number a patient, by the name `rows`; others keep theirs and may use what is in the row.
TEST(Rows, Address) {
  const World world = cohort("    old: {value: age >= 4 years}\n    u: {uniform: {min: 0, max: 1}}\n", "",
                             rows("    weight: w\n"), patients);
  std::vector<double> values(6);
  for (std::uint64_t p = 1; p <= 200; ++p) {
    EXPECT_EQ(draw_attributes(world.programs[0], static_cast<std::int64_t>(p), values), 2U);
    const double u = uniforms({12, 0}, {p, 0, fnv1a32("rows"), 0}).first * 10;
    EXPECT_EQ(values[0], u < 1 ? 2 : u < 3.5 ? 4 : u < 4 ? 5 : 6);
    EXPECT_EQ(values[4], values[0] >= 4);
    EXPECT_EQ(values[5], uniforms({12, 0}, {p, 0, fnv1a32("u"), 0}).first);
  }
}

// Weights at their edges.
TEST(Rows, Inversion) {
  distributions::RowTable table;
  table.rows = 4;
  EXPECT_EQ(table.row_at(0x1p-53), 0U);
  EXPECT_EQ(table.row_at(0.25), 1U);
  EXPECT_EQ(table.row_at(1 - 0x1p-53), 3U);
  table.cumulative = {0, 2, 2, 8, 8};
  table.rows = 5;
  EXPECT_EQ(table.row_at(0x1p-53), 1U);
  EXPECT_EQ(table.row_at(0.25 - 0x1p-53), 1U);
  EXPECT_EQ(table.row_at(0.25), 3U);
  EXPECT_EQ(table.row_at(1 - 0x1p-53), 3U);
}

// The same lives for any number of threads, and a cohort that strategies share.
TEST(Rows, ThreadsAndStrategies) {
  const World world =
      cohort("    n: {normal: {mean: 0, sd: 1}}\n    m: {normal: {mean: 0, sd: 1, min: 1}}\n",
             "strategies: {one: {}, two: {}}\n", rows("    weight: w\n") + "  correlation: [[n, m, 0.5]]\n", patients);
  EXPECT_TRUE(program::same_cohort(world.programs[0], world.programs[1]));
  const auto collect = [&](int threads) {
    std::vector<double> all;
    run(world.programs, {.patients = 3000, .threads = threads}, [&](const history::Block& block) {
      const auto baseline = block.baseline[0];
      return [&all, baseline] { all.insert(all.end(), baseline.begin(), baseline.end()); };
    });
    return all;
  };
  const auto one = collect(1);
  EXPECT_EQ(one.size(), 3000U * 6);
  EXPECT_EQ(collect(4), one);
}

}  // namespace
}  // namespace sojourn::engine::testing
