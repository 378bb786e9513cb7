// Cumulative incidences, their errors and the mean time lost against R's survfit and mstate's Cuminc.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "survival/aalen_johansen.hpp"
#include "survival/confidence.hpp"
#include "survival/gray_test.hpp"
#include "survival/kaplan_meier.hpp"
#include "survival/restricted_mean.hpp"
#include "tables.hpp"

namespace sojourn::survival::testing {
namespace {

constexpr double digits = 1e-11;  // relative

void expect_same(double ours, double theirs, const std::string& what) {
  if (std::isnan(theirs)) {
    EXPECT_TRUE(std::isnan(ours)) << what;
  } else {
    EXPECT_NEAR(ours, theirs, digits * std::max(1e-2, std::fabs(theirs))) << what;
  }
}

IncidenceStep at(const std::vector<IncidenceStep>& curve, double time) {
  const auto found = std::find_if(curve.begin(), curve.end(), [time](const auto& step) { return step.time == time; });
  if (found == curve.end()) throw std::runtime_error("no such time");
  return *found;
}

std::vector<Row> in_one_group(const std::string& group) {
  std::vector<Row> rows = data(group == "all" ? "" : group);
  for (Row& one : rows) one.group = 0;
  return rows;
}

TEST(AalenJohansen, AgreesWithSurvfit) {
  for (const char* group : {"all", "0", "1"}) {
    const RiskTable counted(in_one_group(group), 1, 2);
    const std::vector<IncidenceStep> curves[] = {cumulative_incidence(counted, 1), cumulative_incidence(counted, 2)};
    for (const TableRow& row : r_table("estimators_aj_competing")) {
      if (row.at("group") != group) continue;
      const bool free = row.at("state") == "(s0)";
      const IncidenceStep step = at(curves[row.at("state") == "2" ? 1 : 0], number(row, "time"));
      const double p = free ? step.survival : step.incidence, error = free ? step.survival_error : step.incidence_error;
      const std::string what = row.at("state") + " at " + row.at("time");
      EXPECT_EQ(step.at_risk, std::stoi(row.at("n.risk"))) << what;
      expect_same(p, number(row, "pstate"), what);
      expect_same(error, number(row, "std.err"), what);
      expect_same(interval(Scale::plain, p, error).lower, number(row, "lower.plain"), what + " plain");
      expect_same(interval(Scale::plain, p, error).upper, number(row, "upper.plain"), what + " plain");
      expect_same(interval(Scale::log, p, error).lower, number(row, "lower.log"), what + " log");
      expect_same(interval(Scale::log, p, error).upper, number(row, "upper.log"), what + " log");
      expect_same(interval(Scale::log_log, p, error).lower, number(row, "lower.loglog"), what + " log-log");
      expect_same(interval(Scale::log_log, p, error).upper, number(row, "upper.loglog"), what + " log-log");
    }
  }
}

TEST(AalenJohansen, AgreesWithCuminc) {
  const RiskTable counted(in_one_group("all"), 1, 2);
  const auto first = cumulative_incidence(counted, 1), second = cumulative_incidence(counted, 2);
  for (const TableRow& row : r_table("estimators_cuminc_mstate")) {
    const IncidenceStep one = at(first, number(row, "time")), other = at(second, number(row, "time"));
    expect_same(one.survival, number(row, "Surv"), "Surv");
    expect_same(one.survival_error, number(row, "seSurv"), "seSurv");
    expect_same(one.incidence, number(row, "CI.1"), "CI.1");
    expect_same(one.incidence_error, number(row, "seCI.1"), "seCI.1");
    expect_same(other.incidence, number(row, "CI.2"), "CI.2");
    expect_same(other.incidence_error, number(row, "seCI.2"), "seCI.2");
  }
}

TEST(AalenJohansen, MeanTimeLostAgreesWithSurvfit) {
  const RiskTable counted(in_one_group("all"), 1, 2);
  for (const TableRow& row : r_table("estimators_aj_competing_rmts_tau8")) {
    if (row.at("state") == "(s0)") continue;
    EXPECT_NEAR(restricted_mean_time_lost(counted, std::stoi(row.at("state")), 8).value, number(row, "rmean"), 1e-12);
  }
}

// With one cause F is 1 - S, and the time lost up to tau is tau less the restricted mean, with its error.
TEST(AalenJohansen, OfOneCauseIsKaplanMeier) {
  std::vector<Row> rows = data("", true);
  for (Row& one : rows) one.cause = one.cause > 0 ? 1 : 0, one.group = 0;
  const RiskTable counted(rows);
  const auto curve = kaplan_meier(counted);
  const auto incidence = cumulative_incidence(counted, 1);
  ASSERT_EQ(curve.size(), incidence.size());
  for (std::size_t k = 0; k < curve.size(); ++k) {
    EXPECT_NEAR(incidence[k].incidence, 1 - curve[k].survival, 1e-14);
    EXPECT_NEAR(incidence[k].survival_error, curve[k].error, 1e-14);
    EXPECT_NEAR(incidence[k].incidence_error, curve[k].error, 1e-13);
  }
  const RestrictedMean mean = restricted_mean(curve, 6);
  const TimeLost lost = restricted_mean_time_lost(counted, 1, 6);
  EXPECT_NEAR(lost.value, mean.lost(), 1e-13);
  EXPECT_NEAR(lost.error, std::sqrt(mean.variance), 1e-13);
  EXPECT_FALSE(lost.carried_on);
  EXPECT_TRUE(restricted_mean_time_lost(counted, 1, 1e3).carried_on);
}

TEST(GraysTest, AgreesWithCmprsk) {
  const RiskTable counted(data(), 2, 2);
  for (const TableRow& row : r_table("estimators_gray_test")) {
    const GrayTest gray = gray_test(counted, std::stoi(row.at("cause")));
    EXPECT_NEAR(gray.test.value, number(row, "stat"), 1e-12 * number(row, "stat"));
    EXPECT_NEAR(gray.test.p, number(row, "pv"), 1e-11 * number(row, "pv"));
    EXPECT_EQ(gray.test.degrees, std::stoi(row.at("df")));
    EXPECT_NEAR(gray.score[0], -gray.score[1], 1e-12);
  }
}

TEST(GraysTest, OfThreeGroupsDoesNotDependOnTheirOrder) {
  std::vector<Row> rows = data();
  for (Row& one : rows) one.group = one.stratum;
  const GrayTest first = gray_test(RiskTable(rows, 3, 2), 1);
  for (Row& one : rows) one.group = 2 - one.group;
  const GrayTest second = gray_test(RiskTable(rows, 3, 2), 1);
  EXPECT_EQ(first.test.degrees, 2);
  EXPECT_NEAR(first.test.value, second.test.value, 1e-11);
}

TEST(GraysTest, SaysNothingWhereThereIsNothing) {
  EXPECT_EQ(gray_test(RiskTable(std::vector<Row>{{1, 0, 0}, {2, 2, 1}}, 2, 2), 1).test.p, 1);
  EXPECT_EQ(gray_test(RiskTable(std::vector<Row>{}, 2, 2), 1).test.p, 1);
}

}  // namespace
}  // namespace sojourn::survival::testing
