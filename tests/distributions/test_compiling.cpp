// The parts of compiling: the fit with its bound, and where laws are not smooth.
#include <gmock/gmock.h>

#include <cmath>

#include "cases.hpp"
#include "distributions/chebyshev.hpp"
#include "distributions/hazard_pair.hpp"
#include "distributions/landmarks.hpp"
#include "distributions/tables.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();

// Poles at different distances: the coefficients of the series fall by 2.6 to 20 each.
TEST(Chebyshev, BoundsItsError) {
  for (const double pole : {1.2, 1.5, 2.0, 3.0, 5.0, 6.0}) {
    const auto f = [&](double s) { return 1 / (pole - s) + 0.3 / (pole * pole + s * s); };
    std::array<double, chebyshev::nodes> values{};
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = f(chebyshev::zeros()[k]);
    const chebyshev::Polynomial made = chebyshev::fit(values);
    double worst = 0;
    for (int i = 0; i <= 1000; ++i) {
      double sum = 0;
      for (std::size_t j = made.a.size(); j-- > 0;) sum = sum * (i / 1000.0) + made.a[j];
      worst = std::max(worst, std::abs(sum - f(i / 1000.0)));
    }
    EXPECT_LE(worst, made.error + 1e-14) << pole;
    EXPECT_LE(made.error, 6 * worst + 1e-14) << pole;
  }
}

TEST(Chebyshev, IsExactForItsDegree) {
  std::array<double, chebyshev::nodes> values{};
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = 1 + std::pow(chebyshev::zeros()[k], 12);
  const chebyshev::Polynomial made = chebyshev::fit(values);
  EXPECT_NEAR(made.a[0], 1, 1e-14);
  EXPECT_NEAR(made.a[12], 1, 1e-6);  // of 2^23 times a coefficient that is rounded
  EXPECT_LE(made.error, 1e-7);
}

Law made(const char* family, std::vector<double> values) {
  return std::get<Law>(lower(find_family(family).value(), 0, values));
}

TEST(Landmarks, OfParts) {
  const std::vector<Law> parts = {made("uniform", {2, 3}), made("weibull", {1.2, 4})};
  const Law mixture = mixture_law({}, parts);
  EXPECT_EQ(landmarks(mixture).origin, 0);
  EXPECT_EQ(landmarks(mixture).end, infinite);
  EXPECT_THAT(landmarks(mixture).kinks, testing::ElementsAre(2, 3));
  const std::vector<Law> one = {parts[0]}, atom = {made("fixed", {1}), parts[1]};
  const Landmarks cut = landmarks(std::get<Law>(truncated_law(one, 2.5, 7)));
  EXPECT_EQ(cut.origin, 2.5);
  EXPECT_EQ(cut.end, 3);
  EXPECT_THAT(cut.kinks, testing::IsEmpty());
  EXPECT_FALSE(landmarks(mixture_law({}, atom)).smooth);
}

TEST(HazardPair, IsBothHazards) {
  for (const Case& one : all_cases()) {
    if (is_atom(one.law)) continue;
    for (const double used : {1e-8, 0.1, 1.0, 20.0}) {
      const double t = time_of(one.law, used);
      if (!(t > 1e-200 && t < 1e200) || !(hazard(one.law, t) < infinite)) continue;
      const auto [cumulative, at] = hazards_at(one.law, t);
      EXPECT_NEAR(cumulative / cumulative_hazard(one.law, t), 1, 2e-13) << one.label() << " at " << t;
      EXPECT_NEAR(at, hazard(one.law, t), 2e-13 * at) << one.label() << " at " << t;
    }
  }
}

}  // namespace
}  // namespace sojourn::test
