#include "sweep/least_squares.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace sojourn::sweep {

namespace {

constexpr double first_radius = 5, largest_radius = 20, smallest_radius = 1e-9;
constexpr double least_telling = 0.01;  // shorter steps show the roughness and no slope
constexpr double damping = 1e-9;        // of directions that nothing depends on

using Vector = std::vector<double>;

double half_square(const Vector& values) {
  double sum = 0;
  for (const double one : values) sum += one * one;
  return sum / 2;
}

double largest(const Vector& values) {
  double found = 0;
  for (const double one : values) found = std::max(found, std::abs(one));
  return found;
}

// values + slopes x step; slopes by row: residual, then variable.
struct LinearModel {
  Vector values, slopes;
  double ridge = 0;

  [[nodiscard]] Vector at(const double* step, std::size_t variables) const {
    Vector found = values;
    for (std::size_t i = 0; i < found.size(); ++i) {
      for (std::size_t k = 0; k < variables; ++k) found[i] += slopes[i * variables + k] * step[k];
    }
    return found;
  }
};

double objective(unsigned variables, const double* step, double* gradient, void* data) {
  const auto& model = *static_cast<const LinearModel*>(data);
  const Vector there = model.at(step, variables);
  double sum = half_square(there);
  for (std::size_t k = 0; k < variables; ++k) sum += model.ridge * step[k] * step[k] / 2;
  if (gradient == nullptr) return sum;
  for (std::size_t k = 0; k < variables; ++k) {
    gradient[k] = model.ridge * step[k];
    for (std::size_t i = 0; i < there.size(); ++i) gradient[k] += model.slopes[i * variables + k] * there[i];
  }
  return sum;
}

struct Destroy {
  void operator()(nlopt_opt one) const { nlopt_destroy(one); }
};

// SLSQP goes astray where gradients are large: largest value 1, steepest slopes of each variable 1 in its own unit.
class Scaled {
 public:
  Scaled(const LinearModel& model, std::size_t variables) : made_(model), units_(variables, 0.0) {
    const double most = largest(model.values);
    for (double& one : made_.values) one /= most;
    for (std::size_t at = 0; at < model.slopes.size(); ++at) {
      units_[at % variables] = std::max(units_[at % variables], std::abs(model.slopes[at]));
    }
    for (double& one : units_) one = one > 0 ? most / one : 1;
    for (std::size_t at = 0; at < model.slopes.size(); ++at) made_.slopes[at] *= units_[at % variables] / most;
    made_.ridge = damping;
  }

  [[nodiscard]] LinearModel& model() { return made_; }
  [[nodiscard]] const Vector& units() const { return units_; }

 private:
  LinearModel made_;
  Vector units_;
};

// The least of the model between two corners that have 0 between them.
Vector best_step(const LinearModel& model, const Vector& low, const Vector& high) {
  const std::size_t variables = low.size();
  Scaled scaled(model, variables);
  Vector least(variables), most(variables), step(variables, 0.0);
  for (std::size_t k = 0; k < variables; ++k) {
    least[k] = low[k] / scaled.units()[k];
    most[k] = high[k] / scaled.units()[k];
  }
  const std::unique_ptr<nlopt_opt_s, Destroy> search(nlopt_create(NLOPT_LD_SLSQP, static_cast<unsigned>(variables)));
  nlopt_set_min_objective(search.get(), objective, &scaled.model());
  nlopt_set_lower_bounds(search.get(), least.data());
  nlopt_set_upper_bounds(search.get(), most.data());
  nlopt_set_xtol_rel(search.get(), 1e-12);
  nlopt_set_maxeval(search.get(), 1000);
  double value = 0;
  (void)nlopt_optimize(search.get(), step.data(), &value);  // whatever ended it: what is promised is judged below
  for (std::size_t k = 0; k < variables; ++k) {
    step[k] = step[k] <= least[k] ? low[k] : step[k] >= most[k] ? high[k] : step[k] * scaled.units()[k];
  }
  return step;
}

class Search {
 public:
  Search(const std::vector<SearchVariable>& variables, const Residuals& residuals, const SearchRules& rules)
      : variables_(variables), residuals_(residuals), rules_(rules) {}

  std::optional<LeastSquares> run() {
    for (const SearchVariable& one : variables_) at_.push_back(one.start);
    auto first = evaluate(at_);
    if (!first) return std::nullopt;
    model_.values = std::move(*first);
    differences();
    while (largest(model_.values) > rules_.goal && evaluations_ < rules_.most_evaluations &&
           radius_ > smallest_radius) {
      if (!advance()) break;
    }
    return LeastSquares{at_, evaluations_};
  }

 private:
  std::optional<Vector> evaluate(const Vector& at) {
    ++evaluations_;
    return residuals_(at);
  }

  [[nodiscard]] Vector moved(const Vector& step) const {
    Vector there = at_;
    for (std::size_t k = 0; k < there.size(); ++k) {
      there[k] = std::clamp(there[k] + step[k], variables_[k].low, variables_[k].high);
    }
    return there;
  }

  // To the side that has more room; to the other one where that has no values.
  void differences() {
    const std::size_t n = at_.size();
    model_.slopes.assign(model_.values.size() * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      const double up = std::min(1.0, variables_[k].high - at_[k]), down = std::max(-1.0, variables_[k].low - at_[k]);
      const double first = up >= -down ? up : down;
      if (!difference(k, first)) (void)difference(k, first == up ? down : up);
    }
    fresh_ = true;
  }

  bool difference(std::size_t k, double length) {
    if (length == 0) return false;
    Vector step(at_.size(), 0.0);
    step[k] = length;
    const auto there = evaluate(moved(step));
    if (!there) return false;
    for (std::size_t i = 0; i < there->size(); ++i) {
      model_.slopes[i * at_.size() + k] = ((*there)[i] - model_.values[i]) / length;
    }
    return true;
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
  bool fresh_ = false;
  std::int64_t evaluations_ = 0;
};

}  // namespace

std::optional<LeastSquares> least_squares(const std::vector<SearchVariable>& variables, const Residuals& residuals,
                                          const SearchRules& rules) {
  return Search(variables, residuals, rules).run();
}

}  // namespace sojourn::sweep
