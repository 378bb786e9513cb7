// Kaplan-Meier curves, their intervals and quantiles against R's survfit, digit by digit, and small sets by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "survival/kaplan_meier.hpp"
#include "tables.hpp"

namespace sojourn::survival::testing {
namespace {

constexpr double digits = 1e-12;  // relative; the tables have 15 significant digits

void expect_same(double ours, double theirs, const std::string& what) {
  if (std::isnan(theirs)) {
    EXPECT_TRUE(std::isnan(ours)) << what << ": " << ours;
  } else {
    EXPECT_NEAR(ours, theirs, digits * std::max(1e-3, std::fabs(theirs))) << what;
  }
}

void expect_interval(const Step& step, Scale scale, const TableRow& row, const std::string& name) {
  const Interval limits = interval(scale, step.survival, step.error);
  expect_same(limits.lower, number(row, "lower." + name), name + " lower at " + row.at("time"));
  expect_same(limits.upper, number(row, "upper." + name), name + " upper at " + row.at("time"));
}

// All the rows of a table that belong to one curve.
void compare(const std::string& table, const std::string& stratum, const std::vector<Row>& rows) {
  const RiskTable counted(rows, 1, 2);
  const std::vector<Step> curve = kaplan_meier(counted);
  std::size_t compared = 0;
  for (const TableRow& row : r_table(table)) {
    if (row.at("stratum") != stratum) continue;
    ++compared;
    const Step step = step_at(curve, number(row, "time"));
    EXPECT_EQ(step.time, number(row, "time"));
    EXPECT_EQ(step.at_risk, std::stoi(row.at("n.risk"))) << row.at("time");
    EXPECT_EQ(step.events, std::stoi(row.at("n.event"))) << row.at("time");
    EXPECT_EQ(step.censored, std::stoi(row.at("n.censor"))) << row.at("time");
    expect_same(step.survival, number(row, "surv"), "surv");
    expect_same(step.error, number(row, "std.err"), "std.err");
    expect_same(step.hazard, number(row, "cumhaz"), "cumhaz");
    expect_same(step.hazard_error, number(row, "std.chaz"), "std.chaz");
    expect_interval(step, Scale::plain, row, "plain");
    expect_interval(step, Scale::log, row, "log");
    expect_interval(step, Scale::log_log, row, "loglog");
  }
  EXPECT_GT(compared, 60U);
}

TEST(KaplanMeier, AgreesWithSurvfit) {
  compare("estimators_km_all", "all", data());
}
TEST(KaplanMeier, AgreesWithSurvfitByGroup) {
  compare("estimators_km_group", "group=0", data("0"));
  compare("estimators_km_group", "group=1", data("1"));
}
TEST(KaplanMeier, AgreesWithSurvfitLeftTruncated) {
  compare("estimators_km_lefttrunc", "all", data("", true));
}

TEST(KaplanMeier, CountsGroupsOfOneTableApart) {
  const RiskTable both(data(), 2, 2);
  for (const char* group : {"0", "1"}) {
    const RiskTable alone(data(group), 1, 2);
    const auto one = kaplan_meier(both, std::stoi(group)), other = kaplan_meier(alone);
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t k = 0; k < one.size(); ++k) {
      EXPECT_EQ(one[k].time, other[k].time);
      EXPECT_EQ(one[k].survival, other[k].survival);
      EXPECT_EQ(one[k].error, other[k].error);
    }
  }
}

TEST(KaplanMeier, DoesNotDependOnTheOrderOfRows) {
  std::vector<Row> rows = data("", true);
  const auto forward = kaplan_meier(RiskTable(rows, 2, 2), 1);
  std::reverse(rows.begin(), rows.end());
  const auto backward = kaplan_meier(RiskTable(rows, 2, 2), 1);
  ASSERT_EQ(forward.size(), backward.size());
  for (std::size_t k = 0; k < forward.size(); ++k) EXPECT_EQ(forward[k].survival, backward[k].survival);
}

TEST(KaplanMeier, WithoutCensoringIsTheProportion) {
  std::vector<Row> rows;
  for (int i = 1; i <= 10; ++i) rows.push_back({static_cast<double>(i), 1});
  const auto curve = kaplan_meier(RiskTable(rows));
  ASSERT_EQ(curve.size(), 10U);
  EXPECT_EQ(step_at(curve, 0.5).survival, 1);
  EXPECT_EQ(step_at(curve, 0.5).error, 0);
  for (int i = 1; i < 10; ++i) {
    const double s = (10 - i) / 10.0;
    EXPECT_NEAR(step_at(curve, i + 0.5).survival, s, 1e-15);
    EXPECT_NEAR(step_at(curve, i).error, std::sqrt(s * (1 - s) / 10), 1e-15);
  }
  EXPECT_EQ(curve.back().survival, 0);
  EXPECT_TRUE(std::isnan(curve.back().error));
}

TEST(KaplanMeier, OfNobodyIsEmpty) {
  EXPECT_TRUE(kaplan_meier(RiskTable(std::vector<Row>{})).empty());
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
}

// What survfit prints where S is 1 and where it is 0.
TEST(Intervals, AtTheEndsAreThoseOfSurvfit) {
  const Interval plain = interval(Scale::plain, 1, 0), log = interval(Scale::log, 1, 0);
  EXPECT_EQ(plain.lower, 1);
  EXPECT_EQ(plain.upper, 1);
  EXPECT_EQ(log.lower, 1);
  EXPECT_EQ(log.upper, 1);
  EXPECT_TRUE(std::isnan(interval(Scale::log_log, 1, 0).lower));
  for (const Scale scale : {Scale::plain, Scale::log, Scale::log_log}) {
    EXPECT_TRUE(std::isnan(interval(scale, 0, std::nan("")).lower));
    EXPECT_TRUE(std::isnan(interval(scale, 0, std::nan("")).upper));
  }
}

Scale scale_of(const std::string& name) {
  return name == "plain" ? Scale::plain : name == "log" ? Scale::log : Scale::log_log;
}

TEST(Quantiles, AgreeWithSurvfit) {
  for (const TableRow& row : r_table("estimators_km_quantiles")) {
    const auto curve = kaplan_meier(RiskTable(data(row.at("group")), 1, 2));
    const double p = number(row, "p");
    EXPECT_EQ(quantile(curve, p), number(row, "q"));
    const Interval limits = quantile_interval(curve, p, scale_of(row.at("conf.type")));
    EXPECT_EQ(limits.lower, number(row, "lower")) << row.at("conf.type") << p;
    EXPECT_EQ(limits.upper, number(row, "upper")) << row.at("conf.type") << p;
  }
}

// Small sets with many ties, levels hit exactly, curves that end above a level.
TEST(Quantiles, AgreeWithSurvfitInSmallSets) {
  std::size_t compared = 0;
  for (const TableRow& row : r_table("small_quantiles")) {
    std::vector<Row> rows;
    const auto times = cells(row.at("times"), ' '), status = cells(row.at("status"), ' ');
    for (std::size_t i = 0; i < times.size(); ++i) rows.push_back({std::stod(times[i]), std::stoi(status[i])});
    const auto curve = kaplan_meier(RiskTable(rows));
    const Interval limits = quantile_interval(curve, number(row, "p"), scale_of(row.at("type")));
    expect_same(quantile(curve, number(row, "p")), number(row, "q"), row.at("times") + " of " + row.at("status"));
    expect_same(limits.lower, number(row, "lower"), row.at("type") + " lower of " + row.at("times"));
    expect_same(limits.upper, number(row, "upper"), row.at("type") + " upper of " + row.at("times"));
    ++compared;
  }
  EXPECT_GT(compared, 100U);
}

}  // namespace
}  // namespace sojourn::survival::testing
