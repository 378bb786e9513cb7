#include "oracle.hpp"

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
