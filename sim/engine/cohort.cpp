#include "engine/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/number_text.hpp"
#include "base/special.hpp"
#include "base/uniform.hpp"
#include "distributions/count_draw.hpp"

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

  // One value; u is drawn for every attribute but `value`, and for those that are correlated with others.
  double draw(const program::CohortAttribute& attribute) {
    attribute_ = &attribute;
    const program::DrawCase& chosen = matching(attribute);
    u = std::numeric_limits<double>::quiet_NaN();
    if (chosen.kind != DrawKind::value || attribute.latent >= 0) {
      u = uniforms({program_.seed, program_.replicate},
                   {static_cast<std::uint64_t>(patient_), 0, attribute.name_hash, 0})
              .first;
    }
    draws += std::isnan(u) ? 0 : 1;
    if (attribute.latent >= 0) correlate(attribute);
    const double drawn = value_of(chosen);
    if (!std::isfinite(drawn)) fail("drawn as " + number_text(drawn));
    if (chosen.kind == DrawKind::value) u = std::numeric_limits<double>::quiet_NaN();
    return drawn;
  }

  double u = 0;  // that the last value was made of; NaN: it was computed
  std::uint64_t draws = 0;

 private:
  const program::DrawCase& matching(const program::CohortAttribute& attribute) const {
    for (const program::DrawCase& one : attribute.cases) {
      if (one.when < 0 || value(one.when) != 0) return one;
    }
    fail("no case holds");
  }

  // u becomes Phi(y) of the attribute's latent normal y, kept to where uniforms lie.
  void correlate(const program::CohortAttribute& attribute) {
    if (latent_.empty()) latent_.resize(at(program_.latents));
    const double sign = attribute.mirrored ? -1 : 1;
    latent_[at(attribute.latent)] = sign * normal_quantile(u);
    if (attribute.parts.empty()) return;
    double y = 0;
    for (const program::LatentPart& part : attribute.parts) y += part.weight * latent_[at(part.latent)];
    u = smaller(larger(normal_cdf(sign * y), 0x1p-53), 1 - 0x1p-53);
  }

  double value_of(const program::DrawCase& one) const {
    switch (one.kind) {
      case DrawKind::value:
        return value(one.values[0]);
      case DrawKind::probability:
        return u < within(value(one.values[0]), 0, 1, "the probability") ? 1 : 0;
      case DrawKind::categorical:
        return categorical(one);
      default:
        return continuous(one);
    }
  }

  double continuous(const program::DrawCase& one) const {
    distributions::AttributeDraw draw{one.kind, value(one.values[0])};
    if (one.values.size() > 1) draw.b = value(one.values[1]);
    if (one.values.size() > 2) draw.c = value(one.values[2]);
    if (one.min >= 0) draw.min = value(one.min);
    if (one.max >= 0) draw.max = value(one.max);
    limits(one, draw);
    const double drawn = distributions::drawn_at(draw, u);
    if (std::isnan(drawn) && draw.bounded()) {
      fail("nothing can be drawn from " + number_text(draw.min) + " to " + number_text(draw.max) +
           " (the probability is 0)");
    }
    return drawn;
  }

  void limits(const program::DrawCase& one, distributions::AttributeDraw& draw) const {
    switch (one.kind) {
      case DrawKind::uniform:
        within(draw.b - draw.a, 0, 1e300, "max - min");
        break;
      case DrawKind::normal:
        within(draw.b, 0, 1e300, "the sd");
        break;
      case DrawKind::lognormal:
        within(draw.a, 0, 1e300, "the median");
        within(draw.b, 0, 1e3, "sdlog");
        break;
      case DrawKind::logit_normal:
        within(draw.a, 0, 1, "the median");
        within(draw.b, 0, 1e300, "the sd");
        break;
      case DrawKind::gamma:
        within(draw.b, 1e-6, 1e9, "the shape");
        within(draw.a, 0, 1e300, "the mean");
        break;
      case DrawKind::exponential:
        within(draw.a, 0, 1e300, "the mean");
        break;
      case DrawKind::weibull:
        within(draw.a, 1e-3, 1e6, "the shape");
        within(draw.b, 0, 1e300, "the scale");
        break;
      case DrawKind::triangular:
        within(draw.b - draw.a, 0, 1e300, "mode - min");
        within(draw.c - draw.b, 0, 1e300, "max - mode");
        break;
      case DrawKind::poisson:
      case DrawKind::negative_binomial:
        counts(draw);
        break;
      default:
        shapes(one, draw);
    }
  }

  void counts(const distributions::AttributeDraw& draw) const {
    within(draw.a, 0, distributions::largest_mean_count, "the mean");
    if (distributions::countable(draw)) return;
    within(draw.b, distributions::smallest_dispersion, distributions::largest_mean_times_dispersion, "the dispersion");
    within(draw.a * draw.b, 0, distributions::largest_mean_times_dispersion, "mean x dispersion");
  }

  // Of a beta: as they are, or from its mean and standard deviation.
  void shapes(const program::DrawCase& one, distributions::AttributeDraw& draw) const {
    if (one.beta_by_mean) {
      const auto made = distributions::beta_shapes(within(draw.a, 0, 1, "the mean"), draw.b);
      if (!(made.sum > 0)) {
        fail("a beta with mean " + number_text(draw.a) + " cannot have an sd of " + number_text(draw.b));
      }
      draw.a = made.shape1;
      draw.b = made.shape2;
    }
    within(draw.a, 1e-6, 1e9, "shape1");
    within(draw.b, 1e-6, 1e9, "shape2");
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
  std::vector<double> latent_;  // independent normals of correlated attributes
};

// A whole row, by the name `rows`. Returns the number of draws.
std::uint64_t take_row(const program::Program& program, std::int64_t patient, std::span<double> attributes,
                       Observer* observer) {
  const distributions::RowTable& table = *program.rows;
  double u = std::numeric_limits<double>::quiet_NaN();
  if (!table.in_order) {
    static constexpr std::uint32_t name = fnv1a32("rows");
    u = uniforms({program.seed, program.replicate}, {static_cast<std::uint64_t>(patient), 0, name, 0}).first;
  }
  const std::size_t row = table.in_order ? table.row_of_patient(patient) : table.row_at(u);
  for (std::size_t a = 0; a < table.columns.size(); ++a) attributes[a] = table.columns[a][row];
  if (observer) observer->row_taken(row, u, attributes.first(table.columns.size()));
  return table.in_order ? 0 : 1;
}

void check_start_year(const program::Program& program, std::int64_t patient, std::span<const double> attributes) {
  if (program.year_attribute < 0) return;
  const double year = attributes[at(program.year_attribute)];
  if (year >= 1000 && year < 10000) return;
  throw InputError("patient " + std::to_string(patient) + ", strategy " + program.names.strategy +
                   ": the attribute calendar_year is " + number_text(year) +
                   "; it is the decimal year in which the patient starts, from 1000 to 9999");
}

void check_age(const program::Program& program, std::int64_t patient, std::span<const double> attributes) {
  if (program.age_attribute < 0) return;
  const double age = attributes[at(program.age_attribute)];
  if (age >= 0) return;
  throw InputError("patient " + std::to_string(patient) + ", strategy " + program.names.strategy +
                   ", attribute age: it is " + number_text(age) +
                   " years; clocks of age and life tables count from birth (a code for a missing value? a " +
                   "distribution without `min`?)");
}

}  // namespace

std::uint64_t draw_attributes(const program::Program& program, std::int64_t patient, std::span<double> attributes,
                              Observer* observer) {
  std::copy(program.initial_attributes.begin(), program.initial_attributes.end(), attributes.begin());
  Drawer drawer(program, patient, attributes);
  drawer.draws = program.rows ? take_row(program, patient, attributes, observer) : 0;
  for (const program::CohortAttribute& attribute : program.cohort) {
    const double drawn = drawer.draw(attribute);
    attributes[at(attribute.attribute)] = drawn;
    if (observer) observer->attribute_drawn(attribute.attribute, drawer.u, drawn);
  }
  check_age(program, patient, attributes);
  check_start_year(program, patient, attributes);
  return drawer.draws;
}

}  // namespace sojourn::engine
