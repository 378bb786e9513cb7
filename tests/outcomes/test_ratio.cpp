// Ratios: exactness, pairing, and what reviewers check by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/error.hpp"
#include "lives.hpp"
#include "outcomes/interval.hpp"
#include "outcomes/ratio.hpp"

namespace sojourn::outcomes::testing {
namespace {

using model::OutcomeKind;

double uniform(std::mt19937_64& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

// Strategy s multiplies the hazards of illness by (1 - 0.2 s) and of death by 1; the same uniforms under each.
std::vector<std::vector<Course>> random_courses(std::uint64_t seed, std::size_t patients, std::size_t strategies,
                                                double horizon) {
  std::mt19937_64 random(seed);
  std::vector<std::vector<Course>> courses(strategies);
  for (std::size_t p = 0; p < patients; ++p) {
    const double to_ill = -std::log(uniform(random)), to_dead = -std::log(uniform(random)) / 0.3;
    const double ill_to_dead = -std::log(uniform(random)) / 0.5, to_fever = -std::log(uniform(random));
    const bool in_cns = uniform(random) < 0.4;
    for (std::size_t s = 0; s < strategies; ++s) {
      Course c;
      const double ill_at = to_ill / (1 - 0.2 * static_cast<double>(s));
      if (ill_at < to_dead && ill_at < horizon) {
        c.states.emplace_back(ill, ill_at);
        c.changes.push_back({site, ill_at, in_cns ? 1.0 : 0.0});
        if (ill_at + ill_to_dead < horizon) c.states.emplace_back(dead, ill_at + ill_to_dead);
      } else if (to_dead < horizon) {
        c.states.emplace_back(dead, to_dead);
      }
      if (to_fever < horizon) c.fevers.push_back(to_fever);
      courses[s].push_back(c);
    }
  }
  return courses;
}

model::Model rich_model(std::size_t strategies) {
  auto m = small_model(5, strategies);
  m.outcomes = {overall_survival({1, 2, 5}),
                outcome(OutcomeKind::incidence, "cns", in_states({ill}), {1, 4}),
                outcome(OutcomeKind::time_in, "ill", in_states({ill}), {}),
                outcome(OutcomeKind::distribution, "site", {}, {}),
                outcome(OutcomeKind::share, "fever", {}, {}),
                outcome(OutcomeKind::survival, "after", in_states({dead}), {1, 3}),
                overall_survival({1}),
                overall_survival({1, 3})};
  m.outcomes[0].until = 3;
  m.outcomes[1].where = parsed("site == cns");
  m.outcomes[1].competing = in_states({dead});
  m.outcomes[3].attribute = AttributeId{site};
  m.outcomes[4].share = parsed("visited(fever) and not visited(dead)");
  m.outcomes[5].origin = MarkId{ill};
  m.outcomes[6].name = "grouped";
  m.outcomes[6].group = parsed("visited(ill)");
  m.outcomes[6].group_at = model::GroupAt::end;
  m.outcomes[7].name = "censored";
  m.outcomes[7].censor = in_states({}, {fever});
  m.outcomes[7].until = 2;
  return m;
}

TEST(Accumulator, AnySplitAndOrderOfBlocksGivesTheSameBytes) {
  const auto m = rich_model(3);
  const auto courses = random_courses(1, 1000, 3, 5);
  const Plan plan = plan_of(m);
  Accumulator whole(plan);
  whole.update(block_of(courses, 5));
  const std::string expected = json(finish(plan, whole.sums()));
  std::vector<history::Block> blocks;
  for (const std::size_t first : {0U, 1U, 130U, 400U, 999U}) {
    const std::size_t last = first == 0 ? 1 : first == 1 ? 130 : first == 130 ? 400 : first == 400 ? 999 : 1000;
    blocks.push_back(block_of(courses, 5, first, last - first));
  }
  Accumulator backwards(plan);
  for (std::size_t i = blocks.size(); i-- > 0;) backwards.update(blocks[i]);
  EXPECT_EQ(json(finish(plan, backwards.sums())), expected);
  Accumulator left(plan), right(plan);
  left.update(blocks[3]);
  left.update(blocks[0]);
  right.update(blocks[4]);
  right.update(blocks[1]);
  right.update(blocks[2]);
  Sums both = right.sums();
  both.combine(Sums(plan));
  both.combine(left.sums());
  EXPECT_EQ(json(finish(plan, both)), expected);
}

TEST(Accumulator, RefusesWhatItWasNotPlannedFor) {
  const Plan plan = plan_of(rich_model(3)), other = plan_of(small_model(5, 1));
  EXPECT_THROW(Accumulator(plan).update(block_of({{{}}}, 5)), RunError);
  EXPECT_THROW(Sums(plan).combine(Sums(other)), RunError);
}

TEST(Accumulator, WithoutPatientsThereIsNoEstimate) {
  const Plan plan = plan_of(rich_model(2));
  for (const Row& row : finish(plan, Sums(plan)).rows) {
    EXPECT_TRUE(std::isnan(row.estimate));
    EXPECT_EQ(row.note, "no patients");
  }
}

TEST(Differences, IdenticalStrategiesDifferByExactlyNothing) {
  const auto m = rich_model(2);
  const auto one = random_courses(2, 500, 1, 5);
  const Results r = results_of(m, {one[0], one[0]});
  for (const Row& row : r.rows) {
    if (row.strategy == 0) continue;
    EXPECT_EQ(row.difference, 0) << row.name;
    EXPECT_TRUE(row.difference_note.starts_with("identical")) << row.name;
    EXPECT_TRUE(std::isnan(row.difference_se)) << row.name;
    if (!row.paired) continue;
    EXPECT_LT(row.difference_lower, 0) << row.name;
    EXPECT_GT(row.difference_upper, 0) << row.name;
  }
  EXPECT_NE(terminal_table(r, 120).find("No patient differs"), std::string::npos);
}

TEST(Differences, SwappingTheReferenceFlipsTheSign) {
  const auto m = rich_model(2);
  const auto courses = random_courses(3, 500, 2, 5);
  const Results first = results_of(m, courses, 0), second = results_of(m, courses, 1);
  for (std::size_t i = 0; i < first.rows.size(); i += 2) {
    const Row& a = first.rows[i + 1];  // strategy 1 against 0
    const Row& b = second.rows[i];     // strategy 0 against 1
    EXPECT_EQ(a.difference, -b.difference) << a.name;
    if (!std::isnan(a.difference_se)) {
      EXPECT_DOUBLE_EQ(a.difference_se, b.difference_se) << a.name;
    }
    if (!std::isnan(a.variance_reduction)) {
      EXPECT_DOUBLE_EQ(a.variance_reduction, b.variance_reduction);
    }
  }
}

TEST(Errors, TwiceThePatientsGiveTheErrorOverRootTwo) {
  const auto m = rich_model(2);
  auto courses = random_courses(4, 400, 2, 5);
  const Results once = results_of(m, courses);
  for (auto& strategy : courses) {
    const auto copy = strategy;
    strategy.insert(strategy.end(), copy.begin(), copy.end());
  }
  const Results twice = results_of(m, courses);
  for (std::size_t i = 0; i < once.rows.size(); ++i) {
    const Row &a = once.rows[i], &b = twice.rows[i];
    const double tolerance = a.method == Method::proportion ? 1e-14 : 0.002;  // means: n - 1; curves: ties
    EXPECT_DOUBLE_EQ(a.estimate, b.estimate) << a.name;
    if (std::isnan(a.se)) continue;
    EXPECT_NEAR(b.se / a.se * std::sqrt(2.0), 1, tolerance) << a.name;
    if (a.difference_se > 0) {
      EXPECT_NEAR(b.difference_se / a.difference_se * std::sqrt(2.0), 1, tolerance) << a.name;
    }
  }
}

// The difference of two shares of the same patients: McNemar's counts, by hand. 10 patients: both 4, only A 3, only
// the reference 1, neither 2.
TEST(Differences, OfSharesFollowTheDiscordantPatients) {
  PairCounts differing;
  differing.add(Mark::yes, Mark::no, 3);
  differing.add(Mark::no, Mark::yes, 1);
  const RatioSums sums = differing.with({10, 7, 0}, {10, 5, 0});
  const RatioEstimate e = estimate_ratio(sums, Quantity::proportion, 1);
  EXPECT_EQ(static_cast<int>(sums.higher), 3);
  EXPECT_EQ(static_cast<int>(sums.lower), 1);
  EXPECT_DOUBLE_EQ(e.estimate, 0.7);
  EXPECT_DOUBLE_EQ(e.difference, 0.2);
  EXPECT_DOUBLE_EQ(e.difference_variance, (3 + 1 - 4.0 / 10) / 100);
  EXPECT_DOUBLE_EQ(e.independent_variance, (0.7 * 0.3 + 0.5 * 0.5) / 10);
}

// Patients counted under one strategy only: against the definition sum (r_A/N_A - r_R/N_R)^2.
TEST(Differences, OfDifferentPopulationsFollowTheResiduals) {
  std::mt19937_64 random(5);
  MeanSums own, reference;
  PairMeans pair;
  std::vector<std::pair<std::int64_t, std::int64_t>> values;  // -1: not counted
  for (int p = 0; p < 200; ++p) {
    const std::int64_t x = random() % 4 == 0 ? -1 : static_cast<std::int64_t>(random() % 1000);
    const std::int64_t y = random() % 4 == 0 ? -1 : static_cast<std::int64_t>(random() % 1000) + x / 2;
    values.emplace_back(x, std::max<std::int64_t>(y, -1));
    const std::int64_t a = values.back().first, r = values.back().second;
    if (a >= 0) own.add(a);
    if (r >= 0) reference.add(r);
    if (a != r) pair.add(a >= 0 ? a : no_number, r >= 0 ? r : no_number);
  }
  double n = 0, m = 0, x = 0, y = 0, either = 0;
  for (const auto& [a, r] : values) {
    n += a >= 0;
    m += r >= 0;
    x += a >= 0 ? static_cast<double>(a) : 0;
    y += r >= 0 ? static_cast<double>(r) : 0;
    either += a >= 0 || r >= 0;
  }
  double variance = 0;
  for (const auto& [a, r] : values) {
    const double residual =
        (a >= 0 ? (static_cast<double>(a) - x / n) / n : 0) - (r >= 0 ? (static_cast<double>(r) - y / m) / m : 0);
    variance += residual * residual;
  }
  const RatioEstimate e = estimate_ratio(pair.with(own, reference), Quantity::mean, 0.5);
  EXPECT_DOUBLE_EQ(e.estimate, x / n * 0.5);
  EXPECT_NEAR(e.difference, (x / n - y / m) * 0.5, 1e-12);
  EXPECT_NEAR(e.difference_variance / (variance * 0.25 * either / (either - 1)), 1, 1e-12);
}

// One patient in 2^40 differs: a variance of 1e-24 next to variances of 1e-13 comes out exactly.
TEST(Differences, DoNotCancel) {
  RatioSums s;
  s.n = s.n_r = s.both = Int128{1} << 40;
  s.x_r = s.xx_r = s.n_xr = s.cross = s.x_nr = Int128{1} << 39;
  s.x = s.xx = s.x_nr = (Int128{1} << 39) + 1;
  const RatioEstimate e = estimate_ratio(s, Quantity::proportion, 1);
  EXPECT_EQ(e.difference, 0x1p-40);
  EXPECT_EQ(e.difference_variance, 0x1p-80 * (1 - 0x1p-40));
}

// True values are known: exponential times, rate 1 and 0.8. Over 400 repetitions of 400 patients the mean of the
// squared deviation over the estimated variance is 1 within 5 of its standard errors sqrt(2/400): a false alarm of
// 6e-7 for each of the 6 checks.
TEST(Errors, AreThoseOfRepeatedSimulation) {
  auto m = small_model(10, 2);
  m.outcomes = {overall_survival({1}), overall_survival({1})};
  m.outcomes[0].until = 2;
  m.outcomes[1].name = "km";
  m.outcomes[1].until = 2;
  m.outcomes[1].censor = in_states({}, {fever});
  const double rate[] = {1, 0.8};
  const auto survival = [&](int s) { return std::exp(-rate[s]); };
  const auto mean = [&](int s) { return (1 - std::exp(-2 * rate[s])) / rate[s]; };
  double own = 0, paired = 0, own_mean = 0, paired_mean = 0, km = 0, km_mean = 0;
  std::mt19937_64 random(6);
  const int repetitions = 400;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    std::vector<std::vector<Course>> courses(2);
    for (int p = 0; p < 400; ++p) {
      const double e = -std::log(uniform(random)), censored = -std::log(uniform(random)) / 0.4;
      for (std::size_t s = 0; s < 2; ++s) {
        Course c;
        if (e / rate[s] < 10) c.states.emplace_back(dead, e / rate[s]);
        if (censored < 10) c.fevers.push_back(censored);
        courses[s].push_back(c);
      }
    }
    const Results r = results_of(m, courses);
    const auto squared = [](double deviation, double se) { return deviation * deviation / (se * se); };
    const Row &a = row_of(r, "os", 0, 0), &b = row_of(r, "os", 0, 1), &c = row_of(r, "os", 1, 0),
              &d = row_of(r, "os", 1, 1);
    own += squared(a.estimate - survival(0), a.se);
    paired += squared(b.difference - (survival(1) - survival(0)), b.difference_se);
    own_mean += squared(c.estimate - mean(0), c.se);
    paired_mean += squared(d.difference - (mean(1) - mean(0)), d.difference_se);
    km += squared(row_of(r, "km", 0, 0).estimate - survival(0), row_of(r, "km", 0, 0).se);
    km_mean += squared(row_of(r, "km", 1, 0).estimate - mean(0), row_of(r, "km", 1, 0).se);
  }
  const double allowed = 5 * std::sqrt(2.0 / repetitions);
  for (const double sum : {own, paired, own_mean, paired_mean, km, km_mean}) EXPECT_NEAR(sum / repetitions, 1, allowed);
}

TEST(Intervals, OfNoEventsAreClopperAndPearsons) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1})};
  const Results r = results_of(m, {std::vector<Course>(100)});
  const Row& row = row_of(r, "os");
  EXPECT_EQ(row.estimate, 1);
  EXPECT_TRUE(std::isnan(row.se));
  EXPECT_NEAR(row.lower, std::pow(0.025, 0.01), 1e-15);  // R: binom.test(100, 100)$conf.int[1] = 0.963783307355
  EXPECT_NEAR(row.lower, 0.963783307355, 1e-12);
  EXPECT_EQ(row.upper, 1);
  EXPECT_EQ(row.note, "no events: 95% bound");
  const Interval one = proportion_interval(0, 1);
  EXPECT_EQ(one.lower, 0);
  EXPECT_NEAR(one.upper, 0.975, 1e-15);
}

TEST(Intervals, OfSharesAreWilsons) {
  const Interval i = proportion_interval(15, 50);  // R: prop.test(15, 50, correct = FALSE)
  EXPECT_NEAR(i.lower, 0.191035535009, 1e-12);
  EXPECT_NEAR(i.upper, 0.437503504645, 1e-12);
}

TEST(FixedPoint, KeepsSumsOfSquaresBelowTheTopBit) {
  EXPECT_EQ(fraction_bits_for(5), 40);
  EXPECT_EQ(fraction_bits_for(7.99), 40);
  EXPECT_EQ(fraction_bits_for(8), 39);
  EXPECT_EQ(fraction_bits_for(100), 36);
  for (const double range : {0.01, 1.0, 5.0, 60.0, 1000.0}) {
    const double largest = range * binary_power(fraction_bits_for(range));
    EXPECT_LT(largest * largest * 0x1p40, 0x1p127);
  }
}

}  // namespace
}  // namespace sojourn::outcomes::testing
