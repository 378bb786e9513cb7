// Uncertain parameters in one sample, by inversion of addressed uniforms.
#include <algorithm>
#include <limits>

#include "base/elementary.hpp"
#include "base/hash.hpp"
#include "base/special.hpp"
#include "base/uniform.hpp"
#include "model/model.hpp"

namespace sojourn::model {

double from_scale(NormalScale scale, double y) {
  switch (scale) {
    case NormalScale::log:
      return exp(y);
    case NormalScale::logit:
      return logistic(y);
    case NormalScale::identity:
      break;
  }
  return y;
}

namespace {

class Draws {
 public:
  Draws(const Model& model, std::uint32_t sample)
      : model_(model), sample_(sample), values_(model.parameters.size(), std::numeric_limits<double>::quiet_NaN()) {}

  std::vector<double> run() {
    for (const UncertainParameter& one : model_.uncertainty.single) {
      set(one.parameter, distributions::drawn_at(one.draw, uniform(name(one.parameter))));
    }
    for (const JointNormal& one : model_.uncertainty.normals) normal(one);
    for (const Dirichlet& one : model_.uncertainty.dirichlets) dirichlet(one);
    for (const ParameterRows& one : model_.uncertainty.rows) row(one);
    return std::move(values_);
  }

 private:
  [[nodiscard]] const std::string& name(ParameterId id) const { return model_.parameters[id.index()].name; }

  [[nodiscard]] double uniform(std::string_view name) const {
    return uniforms({model_.seed, sample_}, {0, 0, fnv1a32(name), 0}).first;
  }

  void set(ParameterId id, double value) {
    if (!model_.parameters[id.index()].given_outside) values_[id.index()] = value;
  }

  void normal(const JointNormal& one) {
    std::vector<double> z;
    for (const ParameterId id : one.parameters) z.push_back(normal_quantile(uniform(name(id))));
    for (std::size_t i = 0; i < z.size(); ++i) {
      double y = one.mean[i];
      for (std::size_t j = 0; j <= i; ++j) y += one.factor.at(i, j) * z[j];
      set(one.parameters[i], one.units[i] * from_scale(one.scales[i], y));
    }
  }

  // Independent gammas, divided by their sum.
  void dirichlet(const Dirichlet& one) {
    std::vector<double> parts;
    double sum = 0;
    for (std::size_t i = 0; i < one.parameters.size(); ++i) {
      const std::string& by = one.parameters[i].valid() ? name(one.parameters[i]) : one.name;
      parts.push_back(gamma_quantile(one.concentration[i], uniform(by)));
      sum += parts.back();
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (one.parameters[i].valid()) set(one.parameters[i], parts[i] / sum);
    }
  }

  void row(const ParameterRows& one) {
    const auto at_random = [&] { return static_cast<std::size_t>(uniform(one.name) * static_cast<double>(one.rows)); };
    const std::size_t row = one.in_order ? std::size_t{sample_} - 1 : std::min(at_random(), one.rows - 1);
    for (std::size_t i = 0; i < one.parameters.size(); ++i) set(one.parameters[i], one.columns[i][row]);
  }

  const Model& model_;
  std::uint32_t sample_;
  std::vector<double> values_;
};

}  // namespace

std::vector<ParameterId> Uncertainty::parameters() const {
  std::vector<ParameterId> found;
  for (const UncertainParameter& one : single) found.push_back(one.parameter);
  const auto add = [&found](const auto& groups) {
    for (const auto& group : groups) found.insert(found.end(), group.parameters.begin(), group.parameters.end());
  };
  add(normals);
  add(dirichlets);
  add(rows);
  std::erase_if(found, [](ParameterId id) { return !id.valid(); });
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<double> drawn_parameters(const Model& model, std::uint32_t sample) {
  if (sample == 0) return std::vector<double>(model.parameters.size(), std::numeric_limits<double>::quiet_NaN());
  return Draws(model, sample).run();
}

}  // namespace sojourn::model
