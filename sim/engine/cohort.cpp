#include "engine/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/special.hpp"
#include "base/uniform.hpp"

namespace sojourn::engine {

namespace {

using program::at;
using program::DrawKind;

class Drawer {
 public:
  Drawer(const program::Program& program, std::int64_t patient, std::span<const double> attributes)
      : program_(program), patient_(patient) {
    context_.attributes = attributes;
  }

  // One value; u is drawn for every attribute but `value`.
  double draw(const program::CohortAttribute& attribute) {
    attribute_ = &attribute;
    const program::DrawCase& chosen = matching(attribute);
    u = chosen.kind == DrawKind::value ? std::numeric_limits<double>::quiet_NaN()
                                       : uniforms({program_.seed, program_.replicate},
                                                  {static_cast<std::uint64_t>(patient_), 0, attribute.name_hash, 0})
                                             .first;
    const double drawn = chosen.kind == DrawKind::categorical ? categorical(chosen) : continuous(chosen);
    if (!std::isfinite(drawn)) fail("drawn as " + number_text(drawn));
    return drawn;
  }

  double u = 0;

 private:
  const program::DrawCase& matching(const program::CohortAttribute& attribute) const {
    for (const program::DrawCase& one : attribute.cases) {
      if (one.when < 0 || value(one.when) != 0) return one;
    }
    fail("no case holds");
  }

  double continuous(const program::DrawCase& one) const {
    const double a = value(one.values[0]);
    const double b = one.values.size() > 1 ? value(one.values[1]) : 0;
    switch (one.kind) {
      case DrawKind::value:
        return a;
      case DrawKind::probability:
        return u < within(a, 0, 1, "the probability") ? 1 : 0;
      case DrawKind::uniform:
        return a + u * within(b - a, 0, 1e300, "max - min");
      case DrawKind::normal:
        return a + within(b, 0, 1e300, "the sd") * normal_quantile(u);
      case DrawKind::lognormal:
        return within(a, 0, 1e300, "the median") * exp(within(b, 0, 1e3, "sdlog") * normal_quantile(u));
      case DrawKind::logit_normal:
        return logistic(logit(within(a, 0, 1, "the median")) + within(b, 0, 1e300, "the sd") * normal_quantile(u));
      case DrawKind::gamma: {
        const double shape = within(b, 1e-6, 1e9, "the shape");
        return within(a, 0, 1e300, "the mean") / shape * gamma_quantile(gamma_shape(shape), u);
      }
      case DrawKind::beta:
        return beta(one, a, b);
      case DrawKind::categorical:
        break;
    }
    return 0;
  }

  // By shapes, or by mean m and sd: the sum of the shapes is m (1 - m) / sd^2 - 1.
  double beta(const program::DrawCase& one, double a, double b) const {
    if (one.beta_by_mean) {
      const double m = within(a, 0, 1, "the mean");
      const double total = m * (1 - m) / (b * b) - 1;
      if (!(total > 0)) fail("a beta with mean " + number_text(m) + " cannot have an sd of " + number_text(b));
      a = m * total;
      b = (1 - m) * total;
    }
    return beta_quantile(beta_shape(within(a, 1e-6, 1e9, "shape1"), within(b, 1e-6, 1e9, "shape2")), u);
  }

  double categorical(const program::DrawCase& one) const {
    double total = 0;
    for (const program::CodeIndex code : one.values) total += within(value(code), 0, 1e300, "a weight");
    if (!(total > 0)) fail("all weights are 0");
    double sum = 0;
    double last = 0;
    for (std::size_t level = 0; level < one.values.size(); ++level) {
      const double weight = value(one.values[level]);
      sum += weight;
      if (weight > 0) last = static_cast<double>(level);
      if (u * total < sum) break;
    }
    return last;
  }

  double value(program::CodeIndex code) const { return expression::evaluate(program_.codes[at(code)], context_); }

  double within(double x, double low, double high, const char* what) const {
    if (!(x >= low && x <= high)) {
      fail(std::string(what) + " is " + number_text(x) + ", outside " + number_text(low) + " to " + number_text(high));
    }
    return x;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError("patient " + std::to_string(patient_) + ", strategy " + program_.names.strategy + ", attribute " +
                     program_.names.attributes[at(attribute_->attribute)] + ": " + what);
  }

  const program::Program& program_;
  std::int64_t patient_;
  const program::CohortAttribute* attribute_ = nullptr;
  expression::Context context_;
};

}  // namespace

std::uint64_t draw_attributes(const program::Program& program, std::int64_t patient, std::span<double> attributes,
                              Observer* observer) {
  std::copy(program.initial_attributes.begin(), program.initial_attributes.end(), attributes.begin());
  Drawer drawer(program, patient, attributes);
  std::uint64_t draws = 0;
  for (const program::CohortAttribute& attribute : program.cohort) {
    const double drawn = drawer.draw(attribute);
    attributes[at(attribute.attribute)] = drawn;
    draws += std::isnan(drawer.u) ? 0 : 1;
    if (observer) observer->attribute_drawn(attribute.attribute, drawer.u, drawn);
  }
  return draws;
}

}  // namespace sojourn::engine
