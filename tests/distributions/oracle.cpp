#include "oracle.hpp"

#include <cmath>
#include <map>

#include "../base/precise_special.hpp"

namespace sojourn::test {

namespace {

Precise piecewise(const Case& c, const Precise& t) {
  Precise sum = 0;
  for (std::size_t i = 0; i < c.breaks.size() && t > c.breaks[i]; ++i) {
    const bool last = i + 1 == c.breaks.size();
    const Precise end = last || t < c.breaks[i + 1] ? t : Precise(c.breaks[i + 1]);
    sum += (end - c.breaks[i]) * c.rates[i];
  }
  return sum;
}

Precise gompertz(const Case& c, const Precise& t) {
  const Precise shape = c.values[0], x = shape * t;
  if (shape == 0) return c.values[1] * t;
  return c.values[1] * boost::multiprecision::expm1(x) / shape;
}

Precise generalized_gamma(const Case& c, const Precise& t) {
  const Precise q = c.values[2], z = (log(t) - c.values[0]) / c.values[1];
  if (q == 0) return precise_normal_hazard(z);
  const Precise k = 1 / (q * q), x = k * exp(q * z);
  return q > 0 ? precise_gamma_hazard(k, x) : precise_inverse_gamma_hazard(k, x);
}

Precise generalized_f(const Case& c, const Precise& t) {
  if (c.values[3] == 0) return generalized_gamma(c, t);
  const Precise q = c.values[2], p = c.values[3], delta = sqrt(q * q + 2 * p);
  const Precise s1 = 2 / (q * q + 2 * p + q * delta), s2 = 2 / (q * q + 2 * p - q * delta);
  const Precise odds = s1 / s2 * exp(delta * (log(t) - c.values[0]) / c.values[1]);
  const Precise x = odds / (1 + odds), y = 1 / (1 + odds);
  if (x < s1 / (s1 + s2)) return -boost::multiprecision::log1p(Precise(-precise_beta(s1, s2, x, y)));
  return -log(precise_beta(s2, s1, y, x));
}

// As in flexsurv's documentation, term by term
Precise royston_parmar(const Case& c, const Precise& t) {
  const Precise x = c.values[1] == 0 ? Precise(log(t)) : t;
  const Precise low = c.breaks.front(), high = c.breaks.back();
  const auto cube = [&](const Precise& knot) { return x > knot ? Precise(pow(Precise(x - knot), 3)) : Precise(0); };
  Precise s = c.rates[0] + c.rates[1] * x;
  for (std::size_t j = 1; j + 1 < c.breaks.size(); ++j) {
    const Precise share = (high - c.breaks[j]) / (high - low);
    s += c.rates[j + 1] * (cube(c.breaks[j]) - share * cube(low) - (1 - share) * cube(high));
  }
  if (c.values[0] == 0) return exp(s);
  if (c.values[0] == 1) return boost::multiprecision::log1p(Precise(exp(s)));
  return precise_normal_hazard(s);
}

Precise exact(const Case& c, const Precise& t);

// Losing nothing for small t: 1 - S = sum w_i (1 - S_i)
Precise mixture(const Case& c, const Precise& t) {
  Precise total = 0, events = 0, alive = 0;
  for (std::size_t i = 0; i < c.classes.size(); ++i) {
    const Precise h = exact(c.classes[i], t);
    total += c.values[i];
    events -= c.values[i] * boost::multiprecision::expm1(Precise(-h));
    alive += c.values[i] * exp(-h);
  }
  if (2 * events < total) return -boost::multiprecision::log1p(Precise(-events / total));
  return -log(Precise(alive / total));
}

Precise truncated(const Case& c, const Precise& t) {
  const Case& whole = c.classes.front();
  const Precise low = c.values[0];
  if (t <= low) return 0;
  const Precise start = exact(whole, low);
  const bool open = std::isinf(c.values[1]);
  const Precise gone = -boost::multiprecision::expm1(Precise(start - exact(whole, t)));
  if (open) return exact(whole, t) - start;
  const Precise all = -boost::multiprecision::expm1(Precise(start - exact(whole, Precise(c.values[1]))));
  return -boost::multiprecision::log1p(Precise(-gone / all));
}

using Formula = Precise (*)(const Case&, const Precise&);
const std::map<std::string, Formula>& formulas() {
  static const std::map<std::string, Formula> all = {
      {"exponential", [](const Case& c, const Precise& t) { return Precise(c.values[0] * t); }},
      {"weibull", [](const Case& c, const Precise& t) { return Precise(pow(t / c.values[1], Precise(c.values[0]))); }},
      {"weibull_ph",
       [](const Case& c, const Precise& t) { return Precise(c.values[1] * pow(t, Precise(c.values[0]))); }},
      {"gompertz", gompertz},
      {"lognormal",
       [](const Case& c, const Precise& t) { return precise_normal_hazard((log(t) - c.values[0]) / c.values[1]); }},
      {"loglogistic",
       [](const Case& c, const Precise& t) {
         return Precise(boost::multiprecision::log1p(Precise(pow(t / c.values[1], Precise(c.values[0])))));
       }},
      {"gamma", [](const Case& c, const Precise& t) { return precise_gamma_hazard(c.values[0], c.values[1] * t); }},
      {"generalized_gamma", generalized_gamma},
      {"generalized_f", generalized_f},
      {"royston_parmar", royston_parmar},
      {"mixture", mixture},
      {"truncated", truncated},
      {"piecewise_exponential", piecewise},
      {"life_table", piecewise},
      {"uniform",
       [](const Case& c, const Precise& t) {
         const Precise low = c.values[0], high = c.values[1];
         return t <= low ? Precise(0) : Precise(-boost::multiprecision::log1p(Precise(-(t - low) / (high - low))));
       }},
      {"never", [](const Case&, const Precise&) { return Precise(0); }}};
  return all;
}

Precise exact(const Case& c, const Precise& t) {
  return t == 0 ? Precise(0) : formulas().at(c.family)(c, t);
}

}  // namespace

bool has_oracle(const Case& one) {
  return formulas().contains(one.family);
}

double exact_residual(const Case& one, double t0, double t1, double e) {
  return static_cast<double>(exact(one, t1) - exact(one, t0) - e);
}

double relative_error_of(const Case& one, double t0, double t1, double got) {
  return relative_error(got, exact(one, t1) - exact(one, t0));
}

double exact_hazard(const Case& one, double t) {
  const Precise step = Precise(t) * Precise("1e-12");
  return static_cast<double>((exact(one, t + step) - exact(one, t - step)) / (2 * step));
}

}  // namespace sojourn::test
