#include "sweep/linear_model.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace sojourn::sweep {

namespace {

using Vector = std::vector<double>;

constexpr double damping = 1e-9;  // of directions that nothing depends on

double objective(unsigned variables, const double* step, double* gradient, void* data) {
  const auto& model = *static_cast<const LinearModel*>(data);
  const Vector there = model.at(step, variables);
  double sum = half_square(there);
  for (std::size_t k = 0; k < variables; ++k) sum += damping * step[k] * step[k] / 2;
  if (gradient == nullptr) return sum;
  for (std::size_t k = 0; k < variables; ++k) {
    gradient[k] = damping * step[k];
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
  }

  [[nodiscard]] LinearModel& model() { return made_; }
  [[nodiscard]] const Vector& units() const { return units_; }

 private:
  LinearModel made_;
  Vector units_;
};

}  // namespace

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

Vector LinearModel::at(const double* step, std::size_t variables) const {
  Vector found = values;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t k = 0; k < variables; ++k) found[i] += slopes[i * variables + k] * step[k];
  }
  return found;
}

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

}  // namespace sojourn::sweep
