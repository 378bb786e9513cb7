// Restricted means, log-rank tests and their tails against R's survfit, survRM2 and survdiff, and closed forms.
#include <gtest/gtest.h>

#include <cmath>

#include "survival/hazard_ratio.hpp"
#include "survival/log_rank.hpp"
#include "survival/restricted_mean.hpp"
#include "survival/tail.hpp"
#include "tables.hpp"

namespace sojourn::survival::testing {
namespace {

constexpr double digits = 1e-12;  // relative

void expect_same(double ours, double theirs) {
  EXPECT_NEAR(ours, theirs, digits * std::fabs(theirs));
}

RestrictedMean mean_of_group(const std::string& group, double tau) {
  return restricted_mean(kaplan_meier(RiskTable(data(group), 1, 2)), tau);
}

TEST(RestrictedMeans, AgreeWithSurvfitAndSurvRM2) {
  for (const TableRow& row : r_table("estimators_rmst")) {
    const std::string group = row.at("group") == "all" ? "" : row.at("group");
    std::vector<Row> rows = data(group);
    for (Row& one : rows) one.group = 0;
    const RestrictedMean mean = restricted_mean(kaplan_meier(RiskTable(rows, 1, 2)), number(row, "tau"));
    expect_same(mean.value, number(row, "rmst"));
    expect_same(std::sqrt(mean.variance), number(row, "se"));
    EXPECT_FALSE(mean.carried_on);
  }
}

TEST(RestrictedMeans, ContrastsAgreeWithSurvRM2) {
  for (const TableRow& row : r_table("estimators_rmst_contrast")) {
    const double tau = number(row, "tau");
    const RestrictedMean one = mean_of_group("1", tau), other = mean_of_group("0", tau);
    const std::string& what = row.at("what");
    const Contrast contrast = what == "RMST (arm=1)-(arm=0)"   ? difference(one, other)
                              : what == "RMST (arm=1)/(arm=0)" ? ratio(one, other)
                                                               : ratio_of_lost(one, other);
    EXPECT_NEAR(contrast.estimate, number(row, "est"), 1e-12);
    EXPECT_NEAR(contrast.lower, number(row, "lower"), 1e-12);
    EXPECT_NEAR(contrast.upper, number(row, "upper"), 1e-12);
    EXPECT_NEAR(contrast.p, number(row, "p"), 1e-11 * number(row, "p"));
  }
}

// All three die, at 1, 2, 4: up to 3 the mean of 1, 2, 3; up to 10 the mean of all, with the error of a plain mean
// (Greenwood's last term, with n = d, has no area after it).
TEST(RestrictedMeans, WithoutCensoringAreMeans) {
  const std::vector<Row> rows = {{1, 1}, {2, 1}, {4, 1}};
  const auto curve = kaplan_meier(RiskTable(rows));
  EXPECT_NEAR(restricted_mean(curve, 3).value, 2, 1e-15);
  EXPECT_NEAR(restricted_mean(curve, 3).variance, (1.0 + 0 + 1) / 3 / 3, 1e-15);
  const RestrictedMean all = restricted_mean(curve, 10);
  EXPECT_NEAR(all.value, 7.0 / 3, 1e-15);
  EXPECT_NEAR(all.variance, (16.0 / 9 + 1.0 / 9 + 25.0 / 9) / 9, 1e-15);
  EXPECT_FALSE(all.carried_on);
}

TEST(RestrictedMeans, SayWhenTheCurveIsCarriedOn) {
  const std::vector<Row> rows = {{1, 1}, {2, 0}, {4, 0}};
  const auto curve = kaplan_meier(RiskTable(rows));
  EXPECT_FALSE(restricted_mean(curve, 4).carried_on);
  EXPECT_TRUE(restricted_mean(curve, 4.5).carried_on);
  EXPECT_NEAR(restricted_mean(curve, 4.5).value, 1 + 3.5 * 2 / 3, 1e-15);
}

TEST(LogRankTest, AgreesWithSurvdiff) {
  for (const TableRow& row : r_table("estimators_logrank")) {
    const std::string& test = row.at("test");
    std::vector<Row> rows = data();
    if (test != "stratified_logrank") {
      for (Row& one : rows) one.stratum = 0;
    }
    const LogRank result = log_rank(rows, 2, test == "peto_rho1" ? 1 : 0);
    expect_same(result.test.value, number(row, "chisq"));
    EXPECT_EQ(result.test.degrees, std::stoi(row.at("df")));
    EXPECT_NEAR(result.test.p, number(row, "p"), 1e-11 * number(row, "p"));
    expect_same(result.observed[0], number(row, "obs0"));
    expect_same(result.expected[0], number(row, "exp0"));
    expect_same(result.variance[0], number(row, "var00"));
    expect_same(result.z() * result.z(), number(row, "chisq"));
    EXPECT_GT(result.z(), 0);  // group 1 lives longer
  }
}

// Two patients a group: at 1 one of A dies (n 4), at 2 one of B (n 3), at 3 one of A (n 2), at 4 the last.
TEST(LogRankTest, OfFourPatientsByHand) {
  const std::vector<Row> rows = {{1, 1, 0}, {2, 1, 1}, {3, 1, 0}, {4, 1, 1}};
  const LogRank result = log_rank(rows, 2);
  EXPECT_NEAR(result.expected[1], 0.5 + 2.0 / 3 + 0.5 + 1, 1e-15);
  EXPECT_NEAR(result.variance[3], 0.25 + 2.0 / 9 + 0.25, 1e-15);
  EXPECT_NEAR(result.z(), (8.0 / 3 - 2) / std::sqrt(0.5 + 2.0 / 9), 1e-15);
}

TEST(LogRankTest, OfThreeGroupsDoesNotDependOnTheirOrder) {
  std::vector<Row> rows = data();
  for (Row& one : rows) one.group = one.stratum, one.stratum = 0;
  const LogRank first = log_rank(rows, 3);
  for (Row& one : rows) one.group = 2 - one.group;
  const LogRank second = log_rank(rows, 3);
  EXPECT_EQ(first.test.degrees, 2);
  EXPECT_NEAR(first.test.value, second.test.value, 1e-12);
  EXPECT_NEAR(first.test.p, std::exp(-first.test.value / 2), 1e-14);  // two degrees of freedom
}

TEST(LogRankTest, SaysNothingWhereThereIsNothing) {
  EXPECT_EQ(log_rank(std::vector<Row>{}, 2).test.p, 1);
  EXPECT_EQ(log_rank(std::vector<Row>{{1, 0, 0}, {2, 0, 1}}, 2).z(), 0);
  EXPECT_EQ(log_rank(std::vector<Row>{{1, 0, 0}, {2, 0, 1}}, 2).test.p, 1);
  EXPECT_EQ(log_rank(std::vector<Row>{{1, 0, 0}, {2, 1, 1}, {3, 1, 1}}, 2).test.value, 0);  // group 0 has gone
}

HazardRatio ratio_of(const std::vector<Row>& rows, bool stratified) {
  std::vector<std::vector<Row>> parts(3);
  for (const Row& row : rows) parts[stratified ? static_cast<std::size_t>(row.stratum) : 0].push_back(row);
  std::vector<RiskTable> strata;
  for (const auto& part : parts) strata.emplace_back(part, 2);
  return hazard_ratio(strata);
}

TEST(HazardRatios, AgreeWithCoxph) {
  for (const TableRow& row : r_table("coxph")) {
    const std::string& model = row.at("model");
    const HazardRatio ratio = ratio_of(data("", model == "left_truncated"), model == "stratified");
    expect_same(ratio.logarithm, number(row, "loghr"));
    expect_same(ratio.error, number(row, "se"));
  }
}

// Two of each group are at risk at 1, when one of group 1 dies; then two and one: likelihood r/(2 + 2 r) 1/(2 + r).
TEST(HazardRatios, OfFourPatientsByHand) {
  const std::vector<Row> rows = {{1, 1, 1}, {2, 1, 0}, {3, 0, 0}, {3, 0, 1}};
  const HazardRatio ratio = ratio_of(rows, false);
  const double r = std::sqrt(2.0);  // 1 - r/(1 + r) - r/(2 + r) = 0
  EXPECT_NEAR(std::exp(ratio.logarithm), r, 1e-12);
}

TEST(HazardRatios, AreNotKnownWhereOneGroupHasNoEvent) {
  EXPECT_TRUE(std::isnan(ratio_of({{1, 1, 1}, {2, 0, 0}}, false).logarithm));
  EXPECT_TRUE(std::isnan(ratio_of({}, false).logarithm));
}

TEST(QuadraticForm, IsThatOfTheInverse) {
  EXPECT_NEAR(quadratic_form({2, 1, 1, 3}, {1, -1}), (3 * 1 + 2 + 2 * 1) / 5.0, 1e-15);
  EXPECT_NEAR(quadratic_form({1, 1, 1, 1}, {2, 2}), 4, 1e-15);  // one direction is none
}

TEST(Tails, AreThoseOfTheClosedForms) {
  for (const double x : {0.1, 1.0, 5.0, 40.0, 300.0}) {
    EXPECT_NEAR(chi_squared_p(x, 2) / std::exp(-x / 2), 1, 1e-12);
    EXPECT_NEAR(chi_squared_p(x, 4) / (std::exp(-x / 2) * (1 + x / 2)), 1, 1e-12);
    EXPECT_NEAR(chi_squared_p(x, 1) / two_sided_p(std::sqrt(x)), 1, 1e-12);
    EXPECT_NEAR(two_sided_p(x / 10) / std::erfc(x / 10 / std::sqrt(2.0)), 1, 1e-12);
  }
  EXPECT_EQ(chi_squared_p(0, 3), 1);
}

}  // namespace
}  // namespace sojourn::survival::testing
