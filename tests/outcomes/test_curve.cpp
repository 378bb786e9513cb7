// Kaplan-Meier and Aalen-Johansen against R (tests/data/outcomes), and the bound on what the bins hide.
#include <gtest/gtest.h>

#include <cmath>

#include "lives.hpp"
#include "r_tables.hpp"

namespace sojourn::outcomes::testing {
namespace {

using model::OutcomeKind;
using sojourn::testing::r_table;
using sojourn::testing::TableRow;

// R's times are hundredths; `steps` quarter days for each unit of R's time. With 100 every time is an edge of the grid.
double years(double r_time, double steps) {
  return std::round(r_time * 100) * (steps / 100) / steps_per_year;
}

// cause 1: dead; cause 2: well_again; censored: ill.
std::vector<Course> courses_of_data(double steps, const std::string& group = "") {
  std::vector<Course> courses;
  for (const auto& row : r_table("survival/estimators_data")) {
    if (!group.empty() && row.at("group") != group) continue;
    const double time = years(std::stod(row.at("time")), steps);
    const std::int16_t to = row.at("cause") == "1" ? dead : row.at("cause") == "2" ? well_again : ill;
    Course course;
    course.states.emplace_back(to, time);
    courses.push_back(course);
  }
  return courses;
}

model::Outcome censored(OutcomeKind kind, std::vector<std::int16_t> target, std::vector<double> at) {
  model::Outcome o = outcome(kind, "o", in_states(std::move(target)), std::move(at));
  o.censor = in_states({ill});
  return o;
}

void compare_with_r(const std::string& table, const std::string& stratum, const std::string& group) {
  std::vector<double> times;
  std::vector<TableRow> expected;
  for (const auto& row : r_table("outcomes/" + table)) {
    if (row.at("stratum") != stratum || row.at("surv") == "0") continue;
    expected.push_back(row);
    times.push_back(years(std::stod(row.at("time")), 100));
  }
  ASSERT_GT(expected.size(), 100U);
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, times)};
  const Results r = results_of(m, {courses_of_data(100, group)});
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const Row& row = row_of(r, "o", k);
    EXPECT_NEAR(row.estimate, std::stod(expected[k]["surv"]), 1e-13) << expected[k]["time"];
    EXPECT_NEAR(row.se, std::stod(expected[k]["std.err"]), 1e-13);
    EXPECT_NEAR(row.lower, std::stod(expected[k]["lower"]), 1e-12);
    EXPECT_NEAR(row.upper, std::stod(expected[k]["upper"]), 1e-12);
  }
}

TEST(KaplanMeier, AgreesWithSurvfitOverall) {
  compare_with_r("estimators_km_all", "all", "");
}
TEST(KaplanMeier, AgreesWithSurvfitByGroup) {
  compare_with_r("estimators_km_group", "group=0", "0");
  compare_with_r("estimators_km_group", "group=1", "1");
}

TEST(KaplanMeier, IntervalsOnOtherScalesAgreeWithSurvfit) {
  std::vector<double> times;
  std::vector<TableRow> expected;
  for (const auto& row : r_table("survival/estimators_km_all")) {
    if (row.at("surv") == "0") continue;
    expected.push_back(row);
    times.push_back(years(std::stod(row.at("time")), 100));
  }
  ASSERT_GT(times.size(), 100U);
  for (const auto scale : {model::IntervalScale::plain, model::IntervalScale::log}) {
    auto m = small_model(1, 1);
    m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, times)};
    m.outcomes[0].interval = scale;
    const Results r = results_of(m, {courses_of_data(100)});
    const std::string name = scale == model::IntervalScale::log ? ".log" : ".plain";
    for (std::size_t k = 0; k < expected.size(); ++k) {
      EXPECT_NEAR(row_of(r, "o", k).lower, std::stod(expected[k].at("lower" + name)), 1e-12) << expected[k].at("time");
      EXPECT_NEAR(row_of(r, "o", k).upper, std::stod(expected[k].at("upper" + name)), 1e-12) << expected[k].at("time");
    }
  }
}

TEST(KaplanMeier, QuantilesAgreeWithSurvfit) {
  for (const auto& expected : r_table("survival/estimators_km_quantiles")) {
    auto m = small_model(1, 1);
    m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, {})};
    m.outcomes[0].quantiles = {std::stod(expected.at("p"))};
    const std::string& type = expected.at("conf.type");
    m.outcomes[0].interval = type == "plain" ? model::IntervalScale::plain
                             : type == "log" ? model::IntervalScale::log
                                             : model::IntervalScale::log_log;
    const Row& row = row_of(results_of(m, {courses_of_data(100, expected.at("group"))}), "o");
    EXPECT_EQ(row.measure, "quantile");
    const double unit = years(1, 100);
    EXPECT_NEAR(row.estimate / unit, std::stod(expected.at("q")), 1e-9);
    EXPECT_NEAR(row.lower / unit, std::stod(expected.at("lower")), 1e-9) << type << expected.at("p");
    EXPECT_NEAR(row.upper / unit, std::stod(expected.at("upper")), 1e-9) << type << expected.at("p");
    EXPECT_NEAR(row.estimate - row.low, 1 / steps_per_year, 1e-12);
  }
}

TEST(KaplanMeier, RestrictedMeansAgreeWithR) {
  for (const auto& expected : r_table("survival/estimators_rmst")) {
    auto m = small_model(1, 1);
    m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, {})};
    m.outcomes[0].until = years(std::stod(expected.at("tau")), 100);
    const std::string group = expected.at("group") == "all" ? "" : expected.at("group");
    const Row& row = row_of(results_of(m, {courses_of_data(100, group)}), "o");
    const double unit = years(1, 100);
    EXPECT_NEAR(row.estimate / unit, std::stod(expected.at("rmst")), 1e-12);
    EXPECT_NEAR(row.se / unit, std::stod(expected.at("se")), 1e-12);
  }
}

// Several of R's times in a bin: R's estimate from exact times lies within the bound, and the bound is narrow.
TEST(KaplanMeier, BoundsWhatTheBinsHide) {
  const double steps = 7.3;  // a bin holds about 14 of R's times
  std::vector<double> times;
  std::vector<double> expected;
  for (const auto& row : r_table("outcomes/estimators_km_all")) {
    times.push_back(years(std::stod(row.at("time")), steps));
    expected.push_back(std::stod(row.at("surv")));
  }
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, {times[50], times[100], times[200]})};
  m.outcomes[0].until = years(8, steps);
  const Results r = results_of(m, {courses_of_data(steps)});
  const double exact[] = {expected[50], expected[100], expected[200]};
  for (std::size_t k = 0; k < 3; ++k) {
    const Row& row = row_of(r, "o", k);
    EXPECT_LE(row.low, exact[k] + 1e-12);
    EXPECT_GE(row.high, exact[k] - 1e-12);
    EXPECT_LT(row.high - row.low, 0.02);
    EXPECT_LE(row.low, row.high);
  }
  EXPECT_LT(row_of(r, "o", 2).low, row_of(r, "o", 2).high);
  const Row& mean = row_of(r, "o", 3);
  const double unit = years(1, steps);
  EXPECT_LE(mean.low / unit, 4.21189178958296 + 1e-4);
  EXPECT_GE(mean.high / unit, 4.21189178958296 - 1e-4);
}

TEST(AalenJohansen, AgreesWithCuminc) {
  std::vector<double> times;
  std::vector<TableRow> expected;
  for (const auto& row : r_table("outcomes/estimators_cuminc_mstate")) {
    expected.push_back(row);
    times.push_back(years(std::stod(row.at("time")), 100));
  }
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::incidence, {dead}, times), censored(OutcomeKind::incidence, {well_again}, times)};
  m.outcomes[0].competing = in_states({well_again});
  m.outcomes[1].competing = in_states({dead});
  m.outcomes[0].name = "1";
  m.outcomes[1].name = "2";
  const Results r = results_of(m, {courses_of_data(100)});
  for (const std::string cause : {"1", "2"}) {
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const Row& row = row_of(r, cause, k);
      EXPECT_EQ(row.method, Method::aalen_johansen);
      EXPECT_NEAR(row.estimate, std::stod(expected[k]["CI." + cause]), 1e-13);
      const double se = std::isnan(row.se) ? 0 : row.se;
      EXPECT_NEAR(se, std::stod(expected[k]["seCI." + cause]), 1e-12) << cause << " at " << expected[k]["time"];
    }
  }
}

TEST(AalenJohansen, MeanTimeLostAgreesWithSurvfit) {
  for (const auto& expected : r_table("survival/estimators_aj_competing_rmts_tau8")) {
    if (expected.at("state") == "(s0)") continue;
    const std::int16_t target = expected.at("state") == "1" ? dead : well_again;
    const std::int16_t other = target == dead ? well_again : dead;
    auto m = small_model(1, 1);
    m.outcomes = {censored(OutcomeKind::incidence, {target}, {})};
    m.outcomes[0].competing = in_states({other});
    m.outcomes[0].until = years(8, 100);
    const Row& row = row_of(results_of(m, {courses_of_data(100)}), "o");
    EXPECT_NEAR(row.estimate / years(1, 100), std::stod(expected.at("rmean")), 1e-12);
  }
}

// Without censoring, the curve is the ratio: same estimates, same errors.
TEST(Curve, IsTheProportionWhereNobodyIsCensored) {
  auto m = small_model(1, 1);
  const double t = years(3, 100);
  for (const auto kind : {OutcomeKind::survival, OutcomeKind::incidence}) {
    for (const bool curve : {false, true}) {
      model::Outcome o = outcome(kind, kind == OutcomeKind::survival ? "s" : "i", in_states({dead}), {t});
      o.name += curve ? "_curve" : "";
      if (kind == OutcomeKind::incidence) o.competing = in_states({well_again});
      if (curve) o.censor = in_states({}, {fever});  // never happens
      o.until = t * 2;
      m.outcomes.push_back(o);
    }
  }
  const Results r = results_of(m, {courses_of_data(100)});
  for (const std::string name : {"s", "i"}) {
    EXPECT_NEAR(row_of(r, name, 0).estimate, row_of(r, name + "_curve", 0).estimate, 1e-14);
    EXPECT_NEAR(row_of(r, name, 0).se, row_of(r, name + "_curve", 0).se, 1e-14);
    EXPECT_NEAR(row_of(r, name, 1).estimate, row_of(r, name + "_curve", 1).estimate, 1e-12);
    EXPECT_NEAR(row_of(r, name, 1).se, row_of(r, name + "_curve", 1).se * std::sqrt(500.0 / 499), 1e-12);
    EXPECT_EQ(row_of(r, name, 0).events, row_of(r, name + "_curve", 0).events);
  }
}

TEST(Curve, EventsComeBeforeCensoringsAtTheSameInstant) {
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::survival, {dead}, {0.5})};
  Course died{{{alive, 0}, {dead, 0.5}}}, left{{{alive, 0}, {ill, 0.5}}}, both{{{alive, 0}, {ill, 0.5}, {dead, 0.5}}};
  const Row& row = row_of(results_of(m, {{died, left, both, {}}}), "o");
  EXPECT_EQ(row.events, 2);
  EXPECT_EQ(row.estimate, 0.5);
}

TEST(Curve, NobodyFollowedThatLongIsNotAnEstimate) {
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::survival, {dead}, {0.25, 0.75})};
  Course left{{{alive, 0}, {ill, 0.5}}};
  const Results r = results_of(m, {{left, left}});
  EXPECT_EQ(row_of(r, "o", 0).estimate, 1);
  EXPECT_LT(row_of(r, "o", 0).lower, 1);
  EXPECT_TRUE(std::isnan(row_of(r, "o", 1).estimate));
  EXPECT_EQ(row_of(r, "o", 1).note, "nobody is followed that long");
}

TEST(Curve, TheHorizonCensors) {
  auto m = small_model(1, 1);
  m.outcomes = {censored(OutcomeKind::survival, {dead}, {0.25, 0.5})};
  m.outcomes[0].origin = fever;
  Course early{{{alive, 0}, {dead, 0.5}}, {0.0}}, late{{}, {0.75}};
  late.states = {{alive, 0}};
  const Results r = results_of(m, {{early, late}});
  EXPECT_EQ(row_of(r, "o", 0).estimate, 1);
  EXPECT_EQ(row_of(r, "o", 1).estimate, 0);  // the second patient is followed for 0.25 only
  EXPECT_EQ(row_of(r, "o", 1).n, 2);
}

TEST(Curve, DifferencesAreUnpairedAndIdenticalCurvesAreSaidToBe) {
  auto m = small_model(1, 3);
  m.outcomes = {censored(OutcomeKind::survival, {dead, well_again}, {years(3, 100)})};
  auto first = courses_of_data(100), other = first;
  other[0].states[1].second = years(9, 100);
  const Results r = results_of(m, {first, first, other});
  const Row& same = row_of(r, "o", 0, 1);
  EXPECT_EQ(same.difference, 0);
  EXPECT_TRUE(std::isnan(same.difference_se));
  EXPECT_EQ(same.difference_note, "identical: the same events and censorings");
  const Row& differs = row_of(r, "o", 0, 2);
  EXPECT_FALSE(differs.paired);
  EXPECT_NEAR(differs.difference_se, std::hypot(differs.se, row_of(r, "o").se), 1e-15);
}

}  // namespace
}  // namespace sojourn::outcomes::testing
