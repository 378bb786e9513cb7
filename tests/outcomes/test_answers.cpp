// Questions are answered by passing over columns; a life looked at row by row (Life) says what is right. Random lives
// with few different times, so that much happens at one instant, states are entered again, and things happen before
// the origin. Planted: an origin's instant not looked at again, a change at the very time not seen, an entry before the
// origin taken for one after it: each seen.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "lives.hpp"
#include "outcomes/queries.hpp"

namespace sojourn::outcomes::testing {
namespace {

constexpr double horizon = 8;

class Dice {
 public:
  int below(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  std::vector<double> times(int most) {
    std::vector<double> some(static_cast<std::size_t>(below(most + 1)));
    for (double& time : some) time = below(9);
    std::sort(some.begin(), some.end());
    return some;
  }

 private:
  std::mt19937 engine_{20261127};
};

Course random_course(Dice& dice) {
  Course course;
  course.states.clear();
  course.states.push_back({static_cast<std::int16_t>(dice.below(3)), 0});
  for (const double time : dice.times(5)) {
    course.states.push_back({static_cast<std::int16_t>(dice.below(3)), time});
  }
  if (dice.below(2) == 0) course.states.push_back({dead, std::max(course.states.back().second, 1.0 * dice.below(9))});
  course.fevers = dice.times(3);
  for (const double time : dice.times(4)) {
    const auto attribute = static_cast<std::int16_t>(dice.below(3));
    course.changes.push_back({attribute, time, static_cast<double>(dice.below(attribute == severe ? 2 : 3))});
  }
  return course;
}

std::vector<Code> compiled(const std::string& text) {
  const std::vector<double> parameters = {2};
  return {expression::compile(parsed(text), parameters, 4)};
}

TEST(Answers, are_those_of_lives_looked_at_row_by_row) {
  const auto model = small_model(horizon, 1);
  const MarkId marks[] = {MarkId{}, MarkId{ill}, MarkId{well_again}, fever};
  const model::Occurrence watched[] = {in_states({dead}), in_states({ill}), in_states({ill, dead}, {fever}),
                                       in_states({}, {fever})};
  const std::string conditions[] = {"true",
                                    "severe",
                                    "site == cns",
                                    "grade >= cut and not severe",
                                    "in(sick)",
                                    "visited(well_again)",
                                    "count(ill) == 2 and site != marrow",
                                    "now >= 3 years",
                                    "severe and grade > 0 and in(alive)"};
  const double offsets[] = {0, 1, 2.5, horizon};

  Queries queries(model);
  struct First {
    MarkId origin;
    Watch watch;
    Code where;
    std::int32_t query;
  };
  struct Value {
    bool from_the_start;
    MarkId origin;
    double offset;
    Code code;
    std::int32_t query;
  };
  std::vector<First> firsts;
  std::vector<Value> values;
  for (const MarkId mark : marks) {
    const std::int32_t origin = queries.origin(mark);
    for (const auto& condition : conditions) {
      for (const auto& one : watched) {
        const Watch watch(model, one);
        firsts.push_back({mark, watch, compiled(condition).front(), queries.first(origin, watch, compiled(condition))});
      }
      for (const double offset : offsets) {
        if (condition == "true") continue;
        values.push_back(
            {false, mark, offset, compiled(condition).front(), queries.value(origin, offset, compiled(condition))});
        values.push_back(
            {true, mark, offset, compiled(condition).front(), queries.value(from_start, offset, compiled(condition))});
      }
    }
  }

  Dice dice;
  Lives lives{Life(model)};
  Answers answers;
  for (int round = 0; round < 4; ++round) {  // remembered values serve the next block as well
    std::vector<Course> courses;
    for (int i = 0; i < 500; ++i) courses.push_back(random_course(dice));
    const history::Block block = block_of({courses}, horizon);
    lives.block = &block;
    lives.places.clear();
    for (std::uint32_t p = 0; p < 500; ++p) lives.places.push_back({0, p});
    lives.parameter_set.assign(500, 0);
    lives.table.fill(queries.columns(), block, lives.places);
    queries.answer(lives, answers);
    Life life(model);
    for (std::size_t l = 0; l < 500; ++l) {
      life.open(block, 0, l);
      for (const First& one : firsts) {
        const auto origin = life.origin(one.origin);
        const auto holds = [&](double time) { return life.holds(one.where, time); };
        const double right = origin ? life.first_time(one.watch, *origin, holds) : never;
        ASSERT_EQ(answers.first(one.query, l), right) << "life " << l << ", origin " << one.origin.value;
      }
      for (const Value& one : values) {
        const auto origin = one.from_the_start ? Origin{} : life.origin(one.origin);
        const double time = origin ? origin->time + one.offset : never;
        const double found = answers.value(one.query, l);
        if (time > horizon) {
          ASSERT_TRUE(std::isnan(found));
        } else {
          ASSERT_EQ(found, life.value(one.code, time)) << "life " << l << " at " << time;
        }
      }
    }
    for (std::size_t q = 0; q < answers.firsts.size(); ++q) {
      std::vector<std::uint32_t> happened;
      for (std::uint32_t l = 0; l < 500; ++l) {
        if (answers.firsts[q][l] < never) happened.push_back(l);
      }
      ASSERT_EQ(answers.happened[q], happened);
    }
  }
}

// Strategies A, B, C whose lives are the same or not, by patient, patterns mixed: told by the block or found by
// comparing rows.
TEST(Answers, of_shared_lives_count_for_each_strategy) {
  auto m = small_model(horizon, 3);
  m.outcomes = {overall_survival({1, 4})};
  m.outcomes[0].until = 5;
  Dice dice;
  std::vector<std::vector<Course>> courses(3);
  std::vector<std::uint16_t> lived_as(3 * 400);
  for (std::size_t p = 0; p < 400; ++p) {
    for (std::uint16_t s = 0; s < 3; ++s) {
      const auto as = static_cast<std::uint16_t>(dice.below(s + 1));
      const std::uint16_t first = as == s ? s : lived_as[as * 400U + p];
      lived_as[s * 400U + p] = first;
      courses[s].push_back(first == s ? random_course(dice) : courses[first][p]);
    }
  }
  const Plan plan = plan_of(m);
  history::Block block = block_of(courses, horizon);
  Accumulator compared(plan), told(plan);
  compared.update(block);
  block.lived_as = lived_as;
  told.update(block);
  const Results a = finish(plan, compared.sums()), b = finish(plan, told.sums());
  const auto years = [](const Course& course) {
    return course.states.back().first == dead ? std::min(course.states.back().second, 5.0) : 5.0;
  };
  for (std::size_t s = 0; s < 3; ++s) {
    double sum = 0, difference = 0, squares = 0;
    for (std::size_t p = 0; p < 400; ++p) {
      const double d = years(courses[s][p]) - years(courses[0][p]);
      sum += years(courses[s][p]);
      difference += d / 400;
      squares += d * d;
    }
    const Row &row = row_of(a, "os", 2, s), &same = row_of(b, "os", 2, s);
    EXPECT_NEAR(row.estimate, sum / 400, 1e-9);
    EXPECT_EQ(same.estimate, row.estimate);
    EXPECT_EQ(same.se, row.se);
    if (s == 0) continue;
    EXPECT_NEAR(row.difference, difference, 1e-9);
    EXPECT_NEAR(row.difference_se, std::sqrt((squares / 400 - difference * difference) / 399), 1e-9);
    EXPECT_EQ(same.difference, row.difference);
    EXPECT_EQ(same.difference_se, row.difference_se);
    EXPECT_EQ(row_of(b, "os", 0, s).difference_se, row_of(a, "os", 0, s).difference_se);
  }
}

}  // namespace
}  // namespace sojourn::outcomes::testing
