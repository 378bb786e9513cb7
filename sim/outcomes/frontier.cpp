#include "outcomes/frontier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::outcomes {

namespace {

using Points = std::span<const CostAndEffect>;

bool unknown(const CostAndEffect& point) {
  return std::isnan(point.cost) || std::isnan(point.effect);
}

std::vector<std::size_t> in_order(Points points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [points](std::size_t a, std::size_t b) {
    if (unknown(points[a]) || unknown(points[b])) return !unknown(points[a]) && unknown(points[b]);
    if (points[a].cost != points[b].cost) return points[a].cost < points[b].cost;
    return points[a].effect > points[b].effect;
  });
  return order;
}

// Those that no other dominates, the first of equal ones: cost and effect rise strictly.
std::vector<std::size_t> undominated(Points points, Frontier& made) {
  std::vector<std::size_t> kept;
  for (const std::size_t p : made.by_cost) {
    if (unknown(points[p])) break;
    if (kept.empty() || points[p].effect > points[kept.back()].effect) {
      kept.push_back(p);
      continue;
    }
    const std::size_t best = kept.back();
    const bool same = points[p].cost == points[best].cost && points[p].effect == points[best].effect;
    made.placed[p] = {same ? Standing::equal : Standing::dominated, best, nobody, best};
  }
  return kept;
}

// From a to b costs more a unit of effect than from b to c.
bool steeper_before(const CostAndEffect& a, const CostAndEffect& b, const CostAndEffect& c) {
  return (b.cost - a.cost) * (c.effect - b.effect) > (c.cost - b.cost) * (b.effect - a.effect);
}

std::vector<std::size_t> lower_hull(Points points, const std::vector<std::size_t>& kept) {
  std::vector<std::size_t> hull;
  for (const std::size_t p : kept) {
    while (hull.size() > 1 && steeper_before(points[hull[hull.size() - 2]], points[hull.back()], points[p])) {
      hull.pop_back();
    }
    hull.push_back(p);
  }
  return hull;
}

}  // namespace

std::string_view words_of(Standing standing) {
  switch (standing) {
    case Standing::unknown:
      return "unknown";
    case Standing::on_frontier:
      return "on the frontier";
    case Standing::equal:
      return "equal";
    case Standing::dominated:
      return "dominated";
    case Standing::extendedly_dominated:
      return "extendedly dominated";
  }
  return "";
}

Frontier frontier_of(Points points) {
  Frontier made;
  made.by_cost = in_order(points);
  made.placed.resize(points.size());
  const std::vector<std::size_t> kept = undominated(points, made);
  made.members = lower_hull(points, kept);
  std::size_t next = 0;  // of the members: the first that has not come yet
  for (const std::size_t p : kept) {
    const std::size_t before = next > 0 ? made.members[next - 1] : nobody;
    if (next < made.members.size() && made.members[next] == p) {
      made.placed[p] = {Standing::on_frontier, nobody, nobody, before};
      ++next;
    } else {
      made.placed[p] = {Standing::extendedly_dominated, before, made.members[next], before};
    }
  }
  for (const std::size_t p : made.by_cost) {  // equal to one that is no good: no better
    Placed& placed = made.placed[p];
    if (placed.standing != Standing::equal) continue;
    if (const Placed& same = made.placed[placed.by]; same.standing != Standing::on_frontier) placed = same;
  }
  return made;
}

}  // namespace sojourn::outcomes
