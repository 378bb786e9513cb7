// The efficiency frontier of points (cost, effect): constructed cases, those that other programs got wrong, and the
// definition itself over many small sets of whole numbers, in which ties abound.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "outcomes/frontier.hpp"

namespace sojourn::outcomes {
namespace {

using Points = std::vector<CostAndEffect>;
using List = std::vector<std::size_t>;

Standing standing(const Points& points, std::size_t point) {
  return frontier_of(points).placed[point].standing;
}

TEST(Frontier, one_strategy_is_on_it) {
  const Frontier found = frontier_of(Points{{10, 1}});
  EXPECT_EQ(found.members, (List{0}));
  EXPECT_EQ(found.placed[0].against, nobody);
  EXPECT_TRUE(frontier_of(Points{}).members.empty());
}

TEST(Frontier, increments_are_to_the_one_before) {
  const Frontier found = frontier_of(Points{{300, 3}, {100, 1}, {180, 2}});
  EXPECT_EQ(found.members, (List{1, 2, 0}));
  EXPECT_EQ(found.by_cost, (List{1, 2, 0}));
  EXPECT_EQ(found.placed[0].against, 2U);
  EXPECT_EQ(found.placed[2].against, 1U);
  EXPECT_EQ(found.placed[1].against, nobody);
}

TEST(Frontier, dominated_by_the_most_effective_of_those_that_cost_no_more) {
  const Frontier found = frontier_of(Points{{0, 0}, {50, 2}, {60, 1}, {50, 1}, {0, -1}, {40, 2}});
  EXPECT_EQ(found.members, (List{0, 5}));
  for (const std::size_t p : {1U, 2U, 3U}) {
    EXPECT_EQ(found.placed[p].standing, Standing::dominated) << p;  // also at the same cost, or the same effect
    EXPECT_EQ(found.placed[p].by, 5U) << p;
    EXPECT_EQ(found.placed[p].against, 5U) << p;
  }
  EXPECT_EQ(found.placed[4].standing, Standing::dominated);
  EXPECT_EQ(found.placed[4].by, 0U);
}

TEST(Frontier, cheaper_and_better_than_all_others) {
  const Frontier found = frontier_of(Points{{10, 1}, {5, 2}, {20, 1.5}});
  EXPECT_EQ(found.members, (List{1}));
  EXPECT_EQ(found.placed[0].standing, Standing::dominated);
  EXPECT_EQ(found.placed[2].standing, Standing::dominated);
  EXPECT_EQ(found.placed[1].against, nobody);
}

TEST(Frontier, extendedly_dominated_between_two) {
  const Frontier found = frontier_of(Points{{0, 0}, {60, 1}, {80, 2}});
  EXPECT_EQ(found.members, (List{0, 2}));
  EXPECT_EQ(found.placed[1].standing, Standing::extendedly_dominated);
  EXPECT_EQ(found.placed[1].by, 0U);
  EXPECT_EQ(found.placed[1].and_by, 2U);
  EXPECT_EQ(found.placed[2].against, 0U);
}

TEST(Frontier, exactly_between_two_is_on_it) {
  EXPECT_EQ(frontier_of(Points{{0, 0}, {50, 1}, {100, 2}}).members, (List{0, 1, 2}));
}

TEST(Frontier, equal_points) {
  const Frontier found = frontier_of(Points{{10, 1}, {10, 1}, {20, 1}, {20, 1}, {10, 1}});
  EXPECT_EQ(found.members, (List{0}));
  for (const std::size_t p : {1U, 4U}) {
    EXPECT_EQ(found.placed[p].standing, Standing::equal);
    EXPECT_EQ(found.placed[p].by, 0U);
  }
  for (const std::size_t p : {2U, 3U}) EXPECT_EQ(found.placed[p].standing, Standing::dominated);
  // Equal to one that is extendedly dominated is no better than that.
  const Frontier twice = frontier_of(Points{{0, 0}, {60, 1}, {60, 1}, {80, 2}});
  EXPECT_EQ(twice.placed[2].standing, Standing::extendedly_dominated);
  EXPECT_EQ(twice.placed[2].by, 0U);
}

TEST(Frontier, what_is_unknown_stands_aside) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Frontier found = frontier_of(Points{{nan, nan}, {20, 2}, {10, 1}, {nan, 3}});
  EXPECT_EQ(found.by_cost, (List{2, 1, 0, 3}));
  EXPECT_EQ(found.members, (List{2, 1}));
  EXPECT_EQ(found.placed[0].standing, Standing::unknown);
}

// github.com/DARTH-git/dampack/issues/37: an error instead of an answer, and later a ratio of one against nothing.
TEST(Frontier, one_that_saves_money_at_the_same_effect) {
  const Points points = {{163771.0, 6.48273}, {164848.7, 6.52861}, {163765.1, 6.52861}};
  const Frontier found = frontier_of(points);
  EXPECT_EQ(found.members, (List{2}));
  EXPECT_EQ(found.placed[2].against, nobody);
  EXPECT_EQ(standing(points, 0), Standing::dominated);
  EXPECT_EQ(standing(points, 1), Standing::dominated);
}

// github.com/pierucci/heemod/issues/182: "fails to correctly identify frontier strategies in all but the simplest".
TEST(Frontier, of_eight_strategies) {
  const Points points = {{14807, 9.635},  {26041, 10.2497}, {49706, 11.1654}, {64266, 11.5152},
                         {40022, 11.582}, {57392, 11.6248}, {91744, 11.6296}, {54651, 11.6588}};
  EXPECT_EQ(frontier_of(points).members, (List{0, 4, 7}));
  EXPECT_EQ(standing(points, 1), Standing::extendedly_dominated);
  for (const std::size_t p : {2U, 3U, 5U, 6U}) EXPECT_EQ(standing(points, p), Standing::dominated) << p;
  const Points fewer = {{26041, 9.13}, {14807, 9.635}, {49706, 11.1654}, {64266, 11.5152}, {40022, 11.582}};
  EXPECT_EQ(frontier_of(fewer).members, (List{1, 4}));
}

// github.com/SilverDecisions/SilverDecisions/issues/200: with one of two gone, the other was no longer noticed.
TEST(Frontier, several_extendedly_dominated_in_a_row) {
  const Points points = {{0, 0}, {30, 1}, {70, 2}, {100, 3}, {105, 4}};
  EXPECT_EQ(frontier_of(points).members, (List{0, 4}));
  for (const std::size_t p : {1U, 2U, 3U}) {
    EXPECT_EQ(standing(points, p), Standing::extendedly_dominated) << p;
    EXPECT_EQ(frontier_of(points).placed[p].and_by, 4U) << p;
  }
}

bool dominates(const CostAndEffect& a, const CostAndEffect& b) {
  return a.cost <= b.cost && a.effect >= b.effect && (a.cost < b.cost || a.effect > b.effect);
}

// Some mixture of a (less effective) and b has p's effect and costs less.
bool mixture_dominates(const CostAndEffect& a, const CostAndEffect& b, const CostAndEffect& p) {
  if (!(a.effect < p.effect && p.effect < b.effect)) return false;
  return a.cost * (b.effect - p.effect) + b.cost * (p.effect - a.effect) < p.cost * (b.effect - a.effect);
}

Standing by_definition(const Points& points, std::size_t p) {
  Standing found = Standing::on_frontier;
  for (std::size_t a = 0; a < points.size(); ++a) {
    if (dominates(points[a], points[p])) return Standing::dominated;
    if (a < p && points[a].cost == points[p].cost && points[a].effect == points[p].effect) found = Standing::equal;
  }
  for (const CostAndEffect& a : points) {
    for (const CostAndEffect& b : points) {
      if (mixture_dominates(a, b, points[p])) return Standing::extendedly_dominated;
    }
  }
  return found;
}

TEST(Frontier, is_what_the_words_say) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> size(1, 8), value(0, 6);
  for (int trial = 0; trial < 20000; ++trial) {
    Points points(static_cast<std::size_t>(size(random)));
    for (CostAndEffect& one : points) one = {double(value(random)), double(value(random))};
    const Frontier found = frontier_of(points);
    for (std::size_t p = 0; p < points.size(); ++p) {
      const Placed& placed = found.placed[p];
      ASSERT_EQ(placed.standing, by_definition(points, p)) << "trial " << trial << " point " << p;
      if (placed.standing == Standing::dominated) {
        ASSERT_TRUE(dominates(points[placed.by], points[p]));
      }
      if (placed.standing == Standing::extendedly_dominated) {
        ASSERT_TRUE(mixture_dominates(points[placed.by], points[placed.and_by], points[p])) << trial;
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::outcomes
