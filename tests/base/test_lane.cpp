// Eight lanes side by side give the bits of eight doubles, for every elementary and special function.
#include <gtest/gtest.h>

#include "base/lane.hpp"
#include "base/special.hpp"
#include "precise.hpp"

namespace sojourn::test {
namespace {

using Eight = Pack<8>;
static_assert(Lane<double> && Lane<Eight>);

// f(lane) on eight values at once and one by one
template <class F>
void expect_same_bits(const char* name, F f, const std::array<double, 8>& values) {
  const Eight together = f(Eight::make([&](std::size_t i) { return values[i]; }));
  for (std::size_t i = 0; i < 8; ++i) {
    const double alone = f(values[i]);
    if (std::isnan(alone) && std::isnan(together.at[i])) continue;
    EXPECT_EQ(word_of(alone), word_of(together.at[i])) << name << " of " << values[i];
  }
}

template <class F>
void check(const char* name, F f) {
  Inputs in(77);
  for (int i = 0; i < 300; ++i) {
    std::array<double, 8> values;
    for (double& v : values) {
      const double size = in.log_between(1e-6, 50);
      v = in.between(0, 1) < 0.4 ? -size : size;
    }
    if (i % 3 == 1)
      for (double& v : values) v = in.log_between(1e-300, 1e300);
    if (i % 3 == 2)
      for (double& v : values) v = in.between(0, 1);
    if (i % 7 == 0) values = {0.0, -0.0, 1.0, infinity, -infinity, not_a_number, 5e-324, 1e-310};
    expect_same_bits(name, f, values);
  }
}

TEST(Lanes, ElementaryFunctions) {
  check("exp", [](auto x) { return exp(x); });
  check("expm1", [](auto x) { return expm1(x); });
  check("log", [](auto x) { return log(x); });
  check("log1p", [](auto x) { return log1p(x); });
  check("pow 1.7", [](auto x) { return pow(x, decltype(x)(1.7)); });
  check("pow of 1.7", [](auto x) { return pow(decltype(x)(1.7), x); });
  check("logistic", [](auto x) { return logistic(x); });
  check("logit", [](auto x) { return logit(x); });
}

TEST(Lanes, NormalDistribution) {
  check("scaled_tail", [](auto x) { return scaled_tail(magnitude(x)); });
  check("normal_cumulative_hazard", [](auto x) { return normal_cumulative_hazard(x); });
  check("normal_hazard", [](auto x) { return normal_hazard(x); });
  check("normal_cdf", [](auto x) { return normal_cdf(x); });
  check("erfc", [](auto x) { return erfc(x); });
  check("normal_quantile", [](auto x) { return normal_quantile(x); });
  check("normal_quantile_of_hazard", [](auto x) { return normal_quantile_of_hazard(x); });
}

TEST(Lanes, GammaAndBeta) {
  check("log_gamma", [](auto x) { return log_gamma(x); });
  check("gamma_remainder", [](auto x) { return gamma_remainder(magnitude(x)); });
  for (const double a : {0.05, 0.8, 1.0, 4.0, 60.0}) {
    check("gamma H", [=](auto x) { return gamma_hazards(gamma_shape(a), magnitude(x)).cumulative; });
    check("gamma h", [=](auto x) { return gamma_hazards(gamma_shape(a), magnitude(x)).hazard; });
    check("gamma quantile", [=](auto x) { return gamma_quantile_of_hazard(gamma_shape(a), magnitude(x)); });
    check("beta", [=](auto x) { return beta_cdf(beta_shape(a, 2.5), x); });
    check("beta quantile", [=](auto x) { return beta_quantile(beta_shape(a, 2.5), x); });
  }
}

}  // namespace
}  // namespace sojourn::test
