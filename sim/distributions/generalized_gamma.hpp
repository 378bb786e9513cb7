// Generalised gamma: log time = mu + sigma Z with z = (log s - mu) / sigma, k = Q^-2 and
//   Q > 0: S = Gamma_Q(k, k e^(Q z)), Q < 0: S = Gamma_P(k, k e^(Q z)), Q = 0: the lognormal, by the lognormal's
//   formulas.
// Density of Z: c exp(-D), D = z^2 phi(Q z), phi(v) = (e^v - 1 - v)/v^2, c = e^(-r(k)) / sqrt(2 pi), r what Stirling's
// formula leaves of log Gamma(k): nothing cancels as Q -> 0. The incomplete gamma functions are D's factor times a
// series or a continued fraction (base/special_incomplete_gamma.hpp), and, for |Q| < 0.02 near the middle, times the
// uniform expansion M(y) +- Q / sqrt(2 pi) sum C_n(eta) Q^(2n), y = z sqrt(2 phi), eta = Q y, M the normal's scaled
// tail. Constants: mu (log years), sigma, Q, c, k, log Gamma(k + 1). |Q| up to 30; below 1e-17 it is 0. Sources: R. L.
// Prentice, Biometrika 61, 1974; flexsurv dgengamma; N. M. Temme, SIAM J. Math. Anal. 10, 1979.
#pragma once

#include "base/special_incomplete_gamma.hpp"
#include "distributions/generalized_gamma_terms.hpp"
#include "distributions/log_location.hpp"
#include "distributions/lognormal.hpp"

namespace sojourn::distributions {

struct GeneralizedGammaStandard {
  explicit GeneralizedGammaStandard(const Law& law)
      : q(law.c[2]), size(q < 0 ? -q : q), density(law.c[3]), shape{law.c[4], 0.0, law.c[5]} {}

  double q, size, density;  // size = |q|
  GammaShape shape;

  template <Lane L>
  [[nodiscard]] L deviance(const L& z) const {
    return z * (z * expm1_rest_over(q * z));
  }
  template <Lane L>
  [[nodiscard]] L rise(const L& z, const L& d) const {
    const L v = q * z;
    return d * (z * expm1_over(v) + exp(v) * (d * expm1_rest_over(q * d)));
  }
  template <Lane L>
  [[nodiscard]] Mask<L> smooth(const L& z, const L& d) const {
    const L v = q * z;
    const L first = magnitude(z * expm1_over(v)) * d, second = exp(v) * (d * d);
    return both(both(first < 0.5, second < 0.5), size * d < 0.5);
  }

  template <Lane L>
  [[nodiscard]] Tails<L> tails(const L& z) const {
    const L v = larger(smaller(q * z, L(690.0)), L(-1e300));
    const L root_phi = root(2.0 * expm1_rest_over(v));
    const L y = z * root_phi;
    const auto middle = both(L(size) < 0.02, magnitude(q * y) < 0.75);
    Tails<L> result{z > 0.0, L(1.0), L(0.0)};
    if (any(middle)) result = uniform_tails(select(middle, y, L(0.0)), select(middle, deviance(z), L(0.0)));
    if (any(opposite(middle))) {
      const Tails<L> other = gamma_tails(z, select(middle, L(0.0), v));
      const auto upper = either(both(middle, result.upper), both(opposite(middle), other.upper));
      result = {upper, select(middle, result.m, other.m), select(middle, result.f, other.f)};
    }
    return result;
  }

  // Wilson and Hilferty's cube root, or one term of the series or fraction
  template <Lane L>
  [[nodiscard]] L start(const L& e) const {
    const L n = normal_quantile_of_hazard(e);
    const L cube_rest = (size / 3.0) * (q > 0 ? n : -n) - q * q / 9.0;
    const auto wilson = both(cube_rest > -0.7, L(size) < 1.5);
    const L near_one = 3.0 * log1p(select(wilson, cube_rest, L(0.0)));
    const L log_f = log(-expm1(-e)), log_k = L(log(shape.a));
    L v = L(0.0);
    if (q > 0) {
      v = select(e > 1.0, log(e), (log_f + shape.log_gamma_of_next) / shape.a) - log_k;
    } else {
      v = select(e > 0.7, (shape.log_gamma_of_next - e) / shape.a, log(-log_f)) - log_k;
    }
    return select(wilson, near_one, v) / q;
  }

 private:
  // c exp(-D) |q| times the series is P, c exp(-D) / |q| times the fraction is Q
  template <Lane L>
  [[nodiscard]] Tails<L> gamma_tails(const L& z, const L& v) const {
    const L x = shape.a * exp(v);
    const auto low = x < shape.a + 1.0;
    const L p = (density * size) * detail::lower_gamma_series(L(shape.a), select(low, x, L(0.0)));
    const L rest = (density / size) * detail::upper_gamma_fraction(L(shape.a), select(low, L(infinity), x));
    const L dev = deviance(z);
    const L falling = exp(-dev);
    const auto small = both(both(low, p * falling > 0.5), both(L(shape.a) < 1.0, x < 1.0));
    const L q_small = any(small) ? detail::upper_gamma_small(shape, select(small, x, L(0.5))) : L(0.5);
    if (q > 0) {
      return {either(opposite(low), small), select(small, q_small * exp(dev), rest), p * falling};
    }
    return {both(low, opposite(small)), p, select(small, q_small, rest * falling)};
  }

  template <Lane L>
  [[nodiscard]] Tails<L> uniform_tails(const L& y, const L& dev) const {
    const L eta = q * y;
    const double q2 = q * q;
    L sum = terms_of(generalized_gamma_terms::c3, eta);
    sum = terms_of(generalized_gamma_terms::c2, eta) + q2 * sum;
    sum = terms_of(generalized_gamma_terms::c1, eta) + q2 * sum;
    sum = terms_of(generalized_gamma_terms::c0, eta) + q2 * sum;
    const L correction = (q * detail::inverse_root_two_pi) * sum;
    const L tail = scaled_tail(magnitude(y));
    return {y > 0.0, tail + correction, exp(-dev) * (tail - correction)};
  }

  template <int Count, Lane L>
  static L terms_of(const double (&terms)[Count], const L& eta) {
    L sum = L(terms[Count - 1]);
    for (int j = Count - 2; j >= 0; --j) sum = sum * eta + terms[j];
    return sum;
  }
};

struct GeneralizedGamma : LogLocationFormulas<GeneralizedGammaStandard> {
  static constexpr ParameterInfo by_mu[] = {
      {"mu", Dimension::number, Bound::any, "location of the log of the time in the unit"},
      {"sigma", Dimension::number, Bound::positive, "scale of the log of the time"},
      {"Q", Dimension::number, Bound::any, "shape; 0 is the lognormal, 1 the Weibull, sigma the gamma"}};
  static constexpr ParameterForm forms[] = {{by_mu}};
  static constexpr FamilyInfo info{
      .name = "generalized_gamma",
      .formula = "S(t) = Gamma_Q(k, k e^(Q z)), for Q < 0 Gamma_P; z = (log t - mu)/sigma, k = Q^-2",
      .source = "flexsurv dgengamma; Prentice 1974",
      .forms = forms};
  static constexpr bool compiled = true;

  static Lowered lower(int, std::span<const double> v) {
    const double size = magnitude(v[2]);
    if (size > 30) return LowerProblem{2, "Q is outside -30 to 30", ""};
    if (!(1.0 / v[1] < infinity)) return LowerProblem{1, "sigma is too small", "1 / sigma is infinite"};
    if (size < 1e-17) {
      Law normal = law_of(v[0], v[1]);
      normal.family = find_family(Lognormal::info.name).value();
      return normal;
    }
    const double k = 1.0 / (v[2] * v[2]);
    return law_of(v[0], v[1], v[2], detail::inverse_root_two_pi * exp(-gamma_remainder(k)), k, log_gamma(k + 1.0));
  }
};

}  // namespace sojourn::distributions
