// Many lives together, against sums over cells of an eighth of a year, in which nothing changes: states, attributes and
// what lasts are looked up anew at the middle of each. Random lives, so that what is remembered of a state meets all
// its situations, with levels beyond the few that are remembered. Planted: the attributes left out of what is
// remembered, a clock not looked at again, a payment discounted as a piece, the last account of a row left out: each
// seen.
#include <random>

#include "worth_lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

constexpr double horizon = 10, cell = 0.125;

const std::string rules =
    "costs:\n"
    "  ward: {in: ill, when: severe, rate: 1000 per year}\n"
    "  staged: {in: [ill, cured], rate: ['10 per year', stage]}\n"
    "  follow: {in: cured, rate: {piecewise: {clock: since cured, times: [1 year, 2 years], "
    "values: [100 per year, 40 per year, 7 per year]}}}\n"
    "  drug: {on_entry: ill, amount: 55}\n"
    "  course: {on_event: fever, rate: 12 per year, for: 0.5 years}\n"
    "  grave: {on_entry: dead, amount: 3}\n"
    "utilities:\n"
    "  w: {value: 0.9}\n"
    "  illness: {in: ill, multiply: 0.7}\n"
    "  age: {multiply: {piecewise: {clock: age, times: [32 years, 35 years], values: [1, 0.9, 0.8]}}}\n"
    "  shivers: {on_event: fever, loss: 0.1, for: 0.25 years}\n"
    "discounting: {costs: 0.035, effects: 0.015}\n";

class Dice {
 public:
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  double time() { return cell * below(80); }
  std::vector<double> times(int most) {
    std::vector<double> some(static_cast<std::size_t>(below(most + 1)));
    for (double& one : some) one = time();
    std::sort(some.begin(), some.end());
    return some;
  }

 private:
  std::mt19937 engine_{20261127};
};

LifeRows random_life(Dice& dice) {
  LifeRows life;
  life.age = 30 + cell * dice.below(16);
  for (const double time : dice.times(4)) {
    life.stays.push_back({static_cast<std::int16_t>(dice.below(3)), time, falls_ill});
  }
  const double death = dice.below(2) == 0 ? dice.time() : horizon + 1;
  std::erase_if(life.stays, [death](const Stay& one) { return one.start > 0 && one.start >= death; });
  if (death <= horizon && death > 0) life.stays.push_back({dead_state, death, dies});
  for (const double time : dice.times(4)) {
    if (time < death) life.fevers.push_back(time);
  }
  const double stages[] = {0, 1, 2, 15, 20.5, 1234};
  for (const double time : dice.times(6)) {
    if (dice.below(2) == 0) {
      life.changes.push_back({severe_attribute, time, static_cast<double>(dice.below(2))});
    } else {
      life.changes.push_back({stage_attribute, time, stages[dice.below(6)]});
    }
  }
  return life;
}

struct Expected {
  double cost[6] = {}, qalys = 0, years = 0;  // discounted
  double plain_follow = 0, plain_qalys = 0;
};

struct Present {
  double rho;
  [[nodiscard]] double factor(double t) const { return std::exp(-rho * t); }
  [[nodiscard]] double between(double a, double b) const { return (factor(a) - factor(b)) / rho; }
};

Expected expected(const LifeRows& life, double from, double until) {
  const Present costs{std::log1p(0.035)}, effects{std::log1p(0.015)};
  Expected sum;
  for (double a = from; a < until; a += cell) {
    const double b = a + cell, middle = a + cell / 2, paid = costs.between(a, b), lived = effects.between(a, b);
    std::int16_t state = well;
    double cured_since = 0, severe = 0, stage = 1, fever = -1;
    for (const Stay& one : life.stays) {
      if (one.start > middle) break;
      state = one.state;
      if (state == cured) cured_since = one.start;
    }
    if (state == dead_state) continue;
    for (const Change& one : life.changes) {
      if (one.time <= middle) (one.attribute == severe_attribute ? severe : stage) = one.value;
    }
    for (const double time : life.fevers) fever = time <= middle ? time : fever;
    double weight = 0.9;
    if (state == ill) {
      weight *= 0.7;
      if (severe != 0) sum.cost[0] += 1000 * paid;
    }
    if (state == ill || state == cured) sum.cost[1] += 10 * stage * paid;
    if (state == cured) {
      const double since = middle - cured_since, rate = since < 1 ? 100 : since < 2 ? 40 : 7;
      sum.cost[2] += rate * paid;
      sum.plain_follow += rate * cell;
    }
    if (fever >= 0 && middle < fever + 0.5) sum.cost[4] += 12 * paid;
    const double age = life.age + middle;
    weight *= age < 32 ? 1 : age < 35 ? 0.9 : 0.8;
    if (fever >= 0 && middle < fever + 0.25) weight -= 0.1;
    sum.qalys += weight * lived;
    sum.plain_qalys += weight * cell;
    sum.years += lived;
  }
  for (const Stay& one : life.stays) {
    if (one.start < from || (one.start >= until && until < horizon)) continue;
    if (one.state == ill) sum.cost[3] += 55 * costs.factor(one.start);
    if (one.state == dead_state) sum.cost[5] += 3 * costs.factor(one.start);
  }
  return sum;
}

TEST(Worth, of_many_lives_is_the_sum_over_cells_in_which_nothing_changes) {
  Dice dice;
  std::vector<LifeRows> lives;
  for (int i = 0; i < 500; ++i) lives.push_back(random_life(dice));
  Valued v("10 years", rules);
  for (const auto& [from, until] : {std::pair(0.0, horizon), std::pair(1.5, 7.0), std::pair(0.0, horizon)}) {
    const WorthColumns& columns = v.of_all(lives, from, until);
    for (std::size_t l = 0; l < lives.size(); ++l) {
      const Found found{columns, l};
      const Expected right = expected(lives[l], from, until);
      for (std::size_t c = 0; c < 6; ++c) {
        ASSERT_NEAR(v.discounted_money(found.cost(c)), right.cost[c], 0.0002) << "life " << l << ", cost " << c;
      }
      ASSERT_NEAR(v.money(found.cost(2)), right.plain_follow, 0.0002) << "life " << l;
      ASSERT_NEAR(v.discounted_years(found.qalys(0)), right.qalys, 1e-9) << "life " << l;
      ASSERT_NEAR(v.years(found.qalys(0)), right.plain_qalys, 1e-9) << "life " << l;
      ASSERT_NEAR(v.discounted_years(found.life_years(0)), right.years, 1e-9) << "life " << l;
    }
  }
}

}  // namespace
}  // namespace sojourn::outcomes::testing
