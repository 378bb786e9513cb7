// Generalised F: log time = mu + sigma Z with w = delta z, z = (log s - mu) / sigma, delta = sqrt(Q^2 + 2 P),
//   S = I_y(s2, s1), y = s2 / (s2 + s1 e^w), s1 = 2/(delta (delta + Q)), s2 = (delta + Q)/(delta P);
// P = 0 is the generalised gamma, as which it is lowered. Density of Z: c exp(-D), n = s1 + s2, p = s1/n,
//   D = n log(1 + p (e^w - 1)) - s1 w = n log(1 + (1 - p)(e^-w - 1)) + s2 w,
// and S or 1 - S is c exp(-D) / (delta s) times a continued fraction (base/special_beta.hpp).
// Constants: mu (log years), sigma, delta, c, s1, s2. P from 1e-6 to 1e4; |Q| up to 30.
// Sources: R. L. Prentice, Biometrika 62, 1975; C. Cox, Statistics in Medicine 27, 2008; flexsurv dgenf.
#pragma once

#include "base/special_beta.hpp"
#include "distributions/generalized_gamma.hpp"

namespace sojourn::distributions {

struct GeneralizedFStandard {
  explicit GeneralizedFStandard(const Law& law)
      : delta(law.c[2]), density(law.c[3]), s1(law.c[4]), s2(law.c[5]), p(s1 / (s1 + s2)) {}

  double delta, density, s1, s2, p;

  template <Lane L>
  [[nodiscard]] L deviance(const L& z) const {
    return rise_at(L(p), L(s2 / (s1 + s2)), delta * z);
  }
  template <Lane L>
  [[nodiscard]] L rise(const L& z, const L& d) const {
    const L w = delta * z, step = delta * d;
    const L odds = exp(larger(smaller(w, L(700.0)), L(-700.0))) * (s1 / s2);
    const L share = odds / (1.0 + odds), rest = 1.0 / (1.0 + odds);
    const L near_w = expm1(larger(smaller(w, L(1.0)), L(-1.0)));
    const L near_excess = (s2 / (s1 + s2)) * p * near_w / (1.0 + p * near_w);
    const L excess = select(magnitude(w) < 1.0, near_excess, share - p);
    return rise_at(share, rest, step) + (s1 + s2) * (excess * step);
  }
  template <Lane L>
  [[nodiscard]] Mask<L> smooth(const L& z, const L& d) const {
    const L step = delta * d, spread = (s1 + s2) * (p * (1.0 - p)) * (step * step);
    return both(both(step < 0.5, magnitude(rise(z, d)) < 0.5), spread < 0.5);
  }

  template <Lane L>
  [[nodiscard]] Tails<L> tails(const L& z) const {
    const L w = larger(smaller(delta * z, L(700.0)), L(-700.0));
    const L odds = exp(w) * (s1 / s2);
    const L x = odds / (1.0 + odds), y = 1.0 / (1.0 + odds);
    const auto upper = x > (s1 + 1.0) / (s1 + s2 + 2.0);
    const L a = select(upper, L(s2), L(s1)), b = select(upper, L(s1), L(s2));
    const L part = (density / delta) / a * detail::beta_fraction(a, b, select(upper, y, x));
    return {upper, part, part * exp(-deviance(z))};
  }

  // The normal with this variance, or the ends of the distribution, where F or S is c exp(-D) / (delta s)
  template <Lane L>
  [[nodiscard]] L start(const L& e) const {
    const double n = s1 + s2, log_c = log(density / delta);
    const L log_f = log(-expm1(-e));
    const L low = (log_f - (log_c - log(s1)) + n * log1p(-p)) / (delta * s1);
    const L high = (e + (log_c - log(s2)) - n * log(p)) / (delta * s2);
    const L middle = normal_quantile_of_hazard(e);
    return select(log_f < -0.5 - s1, smaller(low, L(0.0)), select(e > 0.5 + s2, larger(high, L(0.0)), middle));
  }

 private:
  // n (log(1 + q (e^w - 1)) - q w), rest = 1 - q; the same with q and rest exchanged and w turned round
  template <Lane L>
  [[nodiscard]] L rise_at(const L& q_given, const L& rest, const L& w_given) const {
    const auto turned = q_given > 0.5;
    const L q = select(turned, rest, q_given), w = select(turned, -w_given, w_given);
    const auto close = magnitude(w) < 1.0;
    const L inside = select(close, w, L(0.0));
    const L x = q * expm1(inside);
    const L near_zero = q * (inside * inside * expm1_rest_over(inside)) - (x - log1p(x));
    const L far = log1p(q * expm1(smaller(w, L(700.0)))) + larger(w - 700.0, L(0.0)) - q * w;
    return (s1 + s2) * select(close, near_zero, far);
  }
};

struct GeneralizedF : LogLocationFormulas<GeneralizedFStandard> {
  static constexpr ParameterInfo by_mu[] = {
      {"mu", Dimension::number, Bound::any, "location of the log of the time in the unit"},
      {"sigma", Dimension::number, Bound::positive, "scale of the log of the time"},
      {"Q", Dimension::number, Bound::any, "shape"},
      {"P", Dimension::number, Bound::non_negative, "shape; 0 is the generalised gamma"}};
  static constexpr ParameterForm forms[] = {{by_mu}};
  static constexpr FamilyInfo info{
      .name = "generalized_f",
      .formula = "S(t) = I_y(s2, s1), y = s2/(s2 + s1 e^(delta z)); z = (log t - mu)/sigma, delta^2 = Q^2 + 2P",
      .source = "flexsurv dgenf; Prentice 1975; Cox 2008",
      .forms = forms};
  static constexpr bool compiled = true;

  static Lowered lower(int, std::span<const double> v) {
    if (v[3] == 0) {
      Lowered gamma = GeneralizedGamma::lower(0, v.first(3));
      if (Law* law = std::get_if<Law>(&gamma); law && law->family == own_family) {
        law->family = find_family(GeneralizedGamma::info.name).value();
      }
      return gamma;
    }
    if (magnitude(v[2]) > 30) return LowerProblem{2, "Q is outside -30 to 30", ""};
    if (v[3] < 1e-6) return LowerProblem{3, "P lies between 0 and 0.000001", "0 itself is the generalised gamma"};
    if (v[3] > 1e4) return LowerProblem{3, "P is greater than 10000", ""};
    if (!(1.0 / v[1] < infinity)) return LowerProblem{1, "sigma is too small", "1 / sigma is infinite"};
    const double delta = root(v[2] * v[2] + 2 * v[3]);
    const double sum = v[2] > 0 ? delta + v[2] : 2 * v[3] / (delta - v[2]);  // delta + Q
    const double s1 = 2 / (delta * sum), s2 = sum / (delta * v[3]);
    // c = delta p^s1 (1 - p)^s2 / B(s1, s2): the deviances of beta_shape are 0 at w = 0
    return law_of(v[0], v[1], delta, delta * exp(beta_shape(s1, s2).log_scale), s1, s2);
  }
};

}  // namespace sojourn::distributions
