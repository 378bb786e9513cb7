#include "distributions/attribute_draw.hpp"

#include "base/elementary.hpp"
#include "base/special.hpp"
#include "distributions/count_draw.hpp"

namespace sojourn::distributions {
namespace {

constexpr double least_probability = 1e-300;  // below it an interval has none

double clamped(double x, const AttributeDraw& draw) {
  return x < draw.min ? draw.min : x > draw.max ? draw.max : x;  // NaN stays
}

// -log(1 - F) at the place u of the way from F(min) to F(max), given -log(1 - F) at both: in this form neither tail
// loses digits, as long as F(min) does not underflow.
double hazard_between(double low, double high, double u) {
  if (!(low < infinity && high - low > least_probability)) return not_a_number;
  const double change = u * expm1(low - high);
  return low - (change > -0.5 ? log1p(change) : log((1 - u) + u * exp(low - high)));
}

double standard_normal(double low, double high, double u) {
  if (!(low < high)) return not_a_number;
  if (high < -30) return -standard_normal(-high, -low, 1 - u);  // where Phi may underflow
  const double from = low == -infinity ? 0 : normal_cumulative_hazard(low);
  const double to = high == infinity ? infinity : normal_cumulative_hazard(high);
  return normal_quantile_of_hazard(hazard_between(from, to, u));
}

// Phi^-1 of u, or between the standardised bounds; `standard` takes a bound to the standard normal
template <class Standard>
double normal_part(const AttributeDraw& draw, double u, const Standard& standard) {
  if (!draw.bounded()) return normal_quantile(u);
  if (draw.b == 0) return standard(draw.min) <= 0 && standard(draw.max) >= 0 ? 0 : not_a_number;
  return standard_normal(standard(draw.min) / draw.b, standard(draw.max) / draw.b, u);
}

double log_of(double x) {
  return x > 0 ? log(x) : -infinity;
}

double normal(const AttributeDraw& draw, double u) {
  return clamped(draw.a + draw.b * normal_part(draw, u, [&](double x) { return x - draw.a; }), draw);
}

double lognormal(const AttributeDraw& draw, double u) {
  const double z = normal_part(draw, u, [&](double x) { return x == infinity ? x : log_of(x / draw.a); });
  return clamped(draw.a * exp(draw.b * z), draw);
}

double logit_normal(const AttributeDraw& draw, double u) {
  const double centre = logit(draw.a);
  const double z = normal_part(draw, u, [&](double x) {
    return x <= 0 ? -infinity : x >= 1 ? infinity : logit(x) - centre;
  });
  return clamped(logistic(centre + draw.b * z), draw);
}

// H(x) = -log(1 - F(x)), 0 below 0
template <class Hazard>
double hazard_at(const AttributeDraw& draw, double u, const Hazard& hazard) {
  if (!draw.bounded()) return -log1p(-u);
  const double low = draw.min > 0 ? hazard(draw.min) : 0;
  const double high = draw.max == infinity ? infinity : draw.max > 0 ? hazard(draw.max) : 0;
  return hazard_between(low, high, u);
}

double gamma(const AttributeDraw& draw, double u) {
  const GammaShape shape = gamma_shape(draw.b);
  const double scale = draw.a / draw.b;
  if (!draw.bounded()) return scale * gamma_quantile(shape, u);
  const double at = hazard_at(draw, u, [&](double x) { return gamma_hazards(shape, x / scale).cumulative; });
  return at == at ? clamped(scale * gamma_quantile_of_hazard(shape, at), draw) : at;
}

double exponential(const AttributeDraw& draw, double u) {
  return clamped(draw.a * hazard_at(draw, u, [&](double x) { return x / draw.a; }), draw);
}

double weibull(const AttributeDraw& draw, double u) {
  const double at = hazard_at(draw, u, [&](double x) { return pow(x / draw.b, draw.a); });
  return clamped(draw.b * pow(at, 1 / draw.a), draw);
}

double triangular(const AttributeDraw& draw, double u) {
  const double width = draw.c - draw.a;
  if (u * width < draw.b - draw.a) return draw.a + root(u * width * (draw.b - draw.a));
  return draw.c - root((1 - u) * width * (draw.c - draw.b));
}

// In whichever tail the interval lies.
double beta(const AttributeDraw& draw, double u) {
  const BetaShape shape = beta_shape(draw.a, draw.b);
  if (!draw.bounded()) return beta_quantile(shape, u);
  if (!(draw.min < draw.max && draw.min < 1 && draw.max > 0)) return not_a_number;
  const auto at = [&](double x) {
    return x <= 0 ? BetaParts<double>{0, 1, 0} : x >= 1 ? BetaParts<double>{1, 0, 0} : incomplete_beta(shape, x, 1 - x);
  };
  const auto low = at(draw.min), high = at(draw.max);
  const bool upper = low.below > 0.5;
  const double inside = upper ? low.above - high.above : high.below - low.below;
  if (!(inside > least_probability)) return not_a_number;
  const double tail = upper ? high.above + (1 - u) * inside : low.below + u * inside;
  const double odds = logit(tail);
  return clamped(beta_quantile_of_logit(shape, upper ? -odds : odds), draw);
}

}  // namespace

double drawn_at(const AttributeDraw& draw, double u) {
  switch (draw.kind) {
    case DrawKind::uniform:
      return draw.a + u * (draw.b - draw.a);
    case DrawKind::normal:
      return normal(draw, u);
    case DrawKind::lognormal:
      return lognormal(draw, u);
    case DrawKind::logit_normal:
      return logit_normal(draw, u);
    case DrawKind::beta:
      return beta(draw, u);
    case DrawKind::gamma:
      return gamma(draw, u);
    case DrawKind::exponential:
      return exponential(draw, u);
    case DrawKind::weibull:
      return weibull(draw, u);
    case DrawKind::triangular:
      return triangular(draw, u);
    case DrawKind::poisson:
    case DrawKind::negative_binomial:
      return count_at(draw, u);
    case DrawKind::value:
    case DrawKind::categorical:
    case DrawKind::probability:
      break;
  }
  return not_a_number;
}

BetaShapes beta_shapes(double mean, double sd) {
  const double sum = mean * (1 - mean) / (sd * sd) - 1;
  return {mean * sum, (1 - mean) * sum, sum};
}

}  // namespace sojourn::distributions
