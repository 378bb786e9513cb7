#include "sweep/least_squares.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/linear_model.hpp"

namespace sojourn::sweep {

namespace {

constexpr double first_radius = 5, largest_radius = 20, smallest_radius = 1e-9;
constexpr double least_telling = 0.01;  // shorter steps show the roughness and no slope
constexpr double widening = 4;          // of a step that changes nothing

using Vector = std::vector<double>;

// From one start.
class Search {
 public:
  Search(const std::vector<SearchVariable>& variables, const Residuals& residuals, const SearchRules& rules)
      : variables_(variables), residuals_(residuals), rules_(rules) {}

  struct Found {
    Vector at, residuals;
    std::int64_t evaluations = 0;
    Ended ended = Ended::goal;
  };

  // Nothing: there are no values at the start.
  std::optional<Found> run(Vector start) {
    at_ = std::move(start);
    auto first = evaluate(at_);
    if (!first) return std::nullopt;
    model_.values = std::move(*first);
    bool on = !at_goal();
    if (on) differences();
    while (on && !at_goal() && !used_up()) on = radius_ > smallest_radius && advance();
    return Found{at_, model_.values, evaluations_,
                 at_goal() ? Ended::goal
                 : on      ? Ended::evaluations_used
                           : Ended::converged};
  }

 private:
  std::optional<Vector> evaluate(const Vector& at) {
    ++evaluations_;
    return residuals_(at);
  }

  [[nodiscard]] bool at_goal() const { return largest(model_.values) <= rules_.goal; }
  [[nodiscard]] bool used_up() const { return evaluations_ >= rules_.most_evaluations; }

  [[nodiscard]] Vector moved(const Vector& step) const {
    Vector there = at_;
    for (std::size_t k = 0; k < there.size(); ++k) {
      there[k] = std::clamp(there[k] + step[k], variables_[k].low, variables_[k].high);
    }
    return there;
  }

  // To the side that has more room; to the other one where that has no values, or all are the same. Again from where
  // that has led.
  void differences() {
    const std::size_t n = at_.size();
    model_.slopes.assign(model_.values.size() * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      const double up = variables_[k].high - at_[k], down = variables_[k].low - at_[k];
      const double first = std::min(up, 1.0) >= -std::max(down, -1.0) ? up : down;
      if (difference(k, first) || difference(k, first == up ? down : up) || !moved_) continue;
      moved_ = false;
      if (used_up() || at_goal()) break;
      return differences();
    }
    fresh_ = true;
  }

  // One unit long; longer, up to the bound, as long as nothing changes. Where such a long step leads to less the search
  // goes on from there (moved_).
  bool difference(std::size_t k, double room) {
    if (room == 0 || moved_) return false;
    for (double length = std::min(1.0, std::abs(room));; length = std::min(widening * length, std::abs(room))) {
      Vector step(at_.size(), 0.0);
      step[k] = std::copysign(length, room);
      const auto there = evaluate(moved(step));
      if (!there) return false;
      if (*there == model_.values) {
        if (length == std::abs(room) || used_up()) return false;
        continue;
      }
      if (length > 1 && half_square(*there) < half_square(model_.values)) {
        at_ = moved(step);
        model_.values = *there;
        moved_ = true;
        return false;
      }
      for (std::size_t i = 0; i < there->size(); ++i) {
        model_.slopes[i * at_.size() + k] = ((*there)[i] - model_.values[i]) / step[k];
      }
      return true;
    }
  }

  bool advance() {
    Vector low, high;
    for (std::size_t k = 0; k < at_.size(); ++k) {
      low.push_back(std::max(variables_[k].low - at_[k], -radius_));
      high.push_back(std::min(variables_[k].high - at_[k], radius_));
    }
    const Vector step = best_step(model_, low, high);
    const double here = half_square(model_.values), promised = here - half_square(model_.at(step.data(), step.size()));
    if (!(promised > rules_.least_gain)) {
      if (fresh_) return false;
      differences();
      return true;
    }
    const double length = largest(step);
    const auto there = evaluate(moved(step));
    if (!there) {
      radius_ = length / 4;
      return true;
    }
    const double gain = here - half_square(*there);
    if (length >= least_telling) learn(step, *there);
    if (gain >= 0) {  // 0: on a step of rough values, whose end is looked for
      at_ = moved(step);
      model_.values = *there;
    }
    if (gain < 0) radius_ = length / 2;
    if (gain > 0.75 * promised && length > 0.9 * radius_) radius_ = std::min(2 * radius_, largest_radius);
    return true;
  }

  // The slopes that would have told this step right and are the nearest to those so far.
  void learn(const Vector& step, const Vector& there) {
    const Vector told = model_.at(step.data(), step.size());
    const double square = 2 * half_square(step);
    for (std::size_t i = 0; i < there.size(); ++i) {
      for (std::size_t k = 0; k < step.size(); ++k) {
        model_.slopes[i * step.size() + k] += (there[i] - told[i]) * step[k] / square;
      }
    }
    fresh_ = false;
  }

  const std::vector<SearchVariable>& variables_;
  const Residuals& residuals_;
  SearchRules rules_;
  Vector at_;
  LinearModel model_;
  double radius_ = first_radius;
  bool fresh_ = false, moved_ = false;
  std::int64_t evaluations_ = 0;
};

// All variables the same part of the way between their bounds.
Vector between(const std::vector<SearchVariable>& variables, double part) {
  Vector made;
  for (const SearchVariable& one : variables) made.push_back(one.low + part * (one.high - one.low));
  return made;
}

}  // namespace

std::optional<LeastSquares> least_squares(const std::vector<SearchVariable>& variables, const Residuals& residuals,
                                          const SearchRules& rules) {
  Vector start;
  for (const SearchVariable& one : variables) start.push_back(one.start);
  auto best = Search(variables, residuals, rules).run(std::move(start));
  std::int64_t evaluations = best ? best->evaluations : 1;
  for (const double part : {0.5, 0.25, 0.75}) {
    if (best && largest(best->residuals) <= rules.near_enough) break;
    auto other = Search(variables, residuals, rules).run(between(variables, part));
    evaluations += other ? other->evaluations : 1;
    if (!other) continue;
    if (!best || half_square(other->residuals) < half_square(best->residuals)) best = std::move(other);
  }
  if (!best) return std::nullopt;
  return LeastSquares{best->at, evaluations, best->ended};
}

}  // namespace sojourn::sweep
