#include "outcomes/resolved.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.hpp"
#include "outcomes/interval.hpp"

namespace sojourn::outcomes {

namespace {

constexpr int steps = 64;  // of thresholds that are looked at

// Above 0 beyond z errors; with no error the sign tells.
bool above(double value, double variance, double z) {
  return value > 0 && value > z * std::sqrt(variance);
}
bool not_below(double value, double variance, double z) {
  return above(value, variance, z) || (value == 0 && variance == 0);
}

bool is_dominated(const Contrasts& contrasts, std::size_t strategy) {
  const std::size_t others = contrasts.strategies() - 1;
  const double z = simultaneous_quantile(others);
  for (std::size_t other = 0; other <= others; ++other) {
    if (other == strategy) continue;
    const Contrast more = contrasts.between(strategy, other);
    if (!more.identical() && not_below(more.cost, more.cost_variance, z) &&
        not_below(-more.effect, more.effect_variance, z)) {
      return true;
    }
  }
  return false;
}

bool is_extendedly_dominated(const Contrasts& contrasts, const Placed& placed, std::size_t strategy) {
  const Contrast of_mixture = contrasts.between(placed.and_by, placed.by);
  const Contrast to_first = contrasts.between(strategy, placed.by);
  const Contrast to_second = contrasts.between(strategy, placed.and_by);
  const double ratio = of_mixture.cost / of_mixture.effect, share = to_first.effect / of_mixture.effect;
  const double excess = to_first.cost - share * of_mixture.cost;
  // The weights 1, -(1 - w), -w add up to 0: the variance is made of those of differences.
  const double variance = (1 - share) * to_first.net_benefit_variance(ratio) +
                          share * to_second.net_benefit_variance(ratio) -
                          share * (1 - share) * of_mixture.net_benefit_variance(ratio);
  const std::size_t others = contrasts.strategies() - 1;
  return above(excess, variance < 0 ? 0 : variance, simultaneous_quantile(others * (others - 1) / 2));
}

// Better than all others at this threshold, those aside of which nothing is known or from which no patient differs;
// infinite: in the effect.
bool is_best(const Contrasts& contrasts, std::size_t strategy, double threshold, double errors) {
  for (std::size_t other = 0; other < contrasts.strategies(); ++other) {
    if (other == strategy) continue;
    const Contrast more = contrasts.between(strategy, other);
    if (std::isnan(more.cost) || more.identical()) continue;
    const bool better = std::isinf(threshold)
                            ? above(more.effect, more.effect_variance, errors)
                            : above(more.net_benefit(threshold), more.net_benefit_variance(threshold), errors);
    if (!better) return false;
  }
  return true;
}

// Some threshold of the same size as the differences.
double typical(const Contrasts& contrasts) {
  double cost = 0, effect = 0;
  for (std::size_t s = 1; s < contrasts.strategies(); ++s) {
    const Contrast more = contrasts.between(s, 0);
    if (std::isnan(more.cost)) continue;
    cost = std::max(cost, std::abs(more.cost));
    effect = std::max(effect, std::abs(more.effect));
  }
  return cost > 0 && effect > 0 ? cost / effect : 1;
}

bool is_on_frontier(const Contrasts& contrasts, const Frontier& frontier, std::size_t strategy) {
  if (contrasts.strategies() == 1) return true;
  const double errors = std::sqrt(-2 * sojourn::log(0.05 / static_cast<double>(contrasts.strategies() - 1)));
  const auto place = std::find(frontier.members.begin(), frontier.members.end(), strategy);
  const auto ratio_to = [&](std::size_t dearer, std::size_t cheaper) {
    const Contrast more = contrasts.between(dearer, cheaper);
    return more.cost / more.effect;
  };
  const bool first = place == frontier.members.begin(), last = place + 1 == frontier.members.end();
  const double from = first ? 0 : std::max(0.0, ratio_to(strategy, *(place - 1)));
  const double to = last ? std::numeric_limits<double>::infinity() : ratio_to(*(place + 1), strategy);
  const double scale = from > 0 ? from : typical(contrasts);
  for (int i = 0; i <= steps; ++i) {
    const double way = static_cast<double>(i) / steps;
    const double threshold = !last ? from + (to - from) * way : i == steps ? to : from + scale * way / (1 - way);
    if (is_best(contrasts, strategy, threshold, errors)) return true;
  }
  return false;
}

}  // namespace

bool is_resolved(const Contrasts& contrasts, const Frontier& frontier, std::size_t strategy) {
  const Placed& placed = frontier.placed[strategy];
  switch (placed.standing) {
    case Standing::unknown:
      return false;
    case Standing::on_frontier:
      return is_on_frontier(contrasts, frontier, strategy);
    case Standing::equal:
      return contrasts.between(strategy, placed.by).identical();
    case Standing::dominated:
      return is_dominated(contrasts, strategy);
    case Standing::extendedly_dominated:
      return is_extendedly_dominated(contrasts, placed, strategy);
  }
  return false;
}

}  // namespace sojourn::outcomes
