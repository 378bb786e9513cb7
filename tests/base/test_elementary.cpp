// Elementary functions against 50-digit arithmetic; the bounds are those stated in elementary.hpp.
#include <gtest/gtest.h>

#include "base/elementary.hpp"
#include "precise.hpp"

namespace sojourn::test {
namespace {

constexpr int repeats = 12000;
constexpr double smallest_normal = 0x1p-1022, denormal = 5e-324;

TEST(Exp, WithinStatedError) {
  Inputs in(1);
  Largest normal, subnormal;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 2 == 0 ? in.between(-708.3, 709.7) : in.near_point(0, 1e-300, 3);
    normal.see(ulp_error(exp(x), exp(Precise(x))), x);
    const double low = in.between(-745.1, -708.4);
    subnormal.see(ulp_error(exp(low), exp(Precise(low))), low);
  }
  EXPECT_LE(normal.value, 0.52) << normal;
  EXPECT_LE(subnormal.value, 0.76) << subnormal;
}

TEST(Exp, HeadAndTail) {
  Inputs in(2);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = in.between(-700, 700), tail = in.between(-1e-3, 1e-3);
    worst.see(ulp_error(exp(HeadTail<double>{x, tail}), exp(Precise(x) + tail)), x, tail);
  }
  EXPECT_LE(worst.value, 0.52) << worst;
}

TEST(Exp, Edges) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-0.0), 1.0);
  EXPECT_EQ(exp(infinity), infinity);
  EXPECT_EQ(exp(-infinity), 0.0);
  EXPECT_EQ(exp(710.0), infinity);
  EXPECT_EQ(exp(1e308), infinity);
  EXPECT_EQ(exp(-746.0), 0.0);
  EXPECT_EQ(exp(denormal), 1.0);
  EXPECT_TRUE(std::isnan(exp(not_a_number)));
}

TEST(Expm1, WithinStatedError) {
  Inputs in(3);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 3 == 0 ? in.between(-40, 709.7) : in.near_point(0, i % 3 == 1 ? 1e-310 : 1e-3, 3);
    worst.see(ulp_error(expm1(x), boost::multiprecision::expm1(Precise(x))), x);
  }
  EXPECT_LE(worst.value, 1.05) << worst;
}

TEST(Expm1, Edges) {
  EXPECT_EQ(expm1(0.0), 0.0);
  EXPECT_EQ(expm1(denormal), denormal);
  EXPECT_EQ(expm1(infinity), infinity);
  EXPECT_EQ(expm1(-infinity), -1.0);
  EXPECT_EQ(expm1(-1e5), -1.0);
  EXPECT_TRUE(std::isnan(expm1(not_a_number)));
}

TEST(Log, WithinStatedError) {
  Inputs in(4);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 2 == 0 ? in.log_between(denormal, 1.7e308) : in.near_point(1, 1e-16, 0.4);
    worst.see(ulp_error(log(x), log(Precise(x))), x);
  }
  EXPECT_LE(worst.value, 0.52) << worst;
}

TEST(Log, HeadAndTail) {
  Inputs in(5);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 2 == 0 ? in.log_between(smallest_normal, 1.7e308) : in.near_point(1, 1e-16, 0.4);
    const HeadTail<double> got = log_head_tail(x);
    const Precise exact = log(Precise(x));
    if (exact != 0) worst.see(std::abs(static_cast<double>((Precise(got.head) + got.tail) / exact - 1)), x);
  }
  EXPECT_LE(worst.value, 0x1p-67) << worst;
}

TEST(Log, Edges) {
  EXPECT_EQ(log(1.0), 0.0);
  EXPECT_EQ(log(0.0), -infinity);
  EXPECT_EQ(log(-0.0), -infinity);
  EXPECT_EQ(log(infinity), infinity);
  EXPECT_TRUE(std::isnan(log(-1.0)));
  EXPECT_TRUE(std::isnan(log(-infinity)));
  EXPECT_TRUE(std::isnan(log(not_a_number)));
}

TEST(Log1p, WithinStatedError) {
  Inputs in(6);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 3 == 0   ? in.log_between(1e-310, 1.7e308)
                     : i % 3 == 1 ? in.near_point(0, 1e-20, 0.9999)
                                  : -1 + in.log_between(1.2e-16, 1);
    worst.see(ulp_error(log1p(x), boost::multiprecision::log1p(Precise(x))), x);
  }
  EXPECT_LE(worst.value, 0.9) << worst;
}

TEST(Log1p, Edges) {
  EXPECT_EQ(log1p(0.0), 0.0);
  EXPECT_EQ(log1p(denormal), denormal);
  EXPECT_EQ(log1p(-denormal), -denormal);
  EXPECT_EQ(log1p(-1.0), -infinity);
  EXPECT_EQ(log1p(infinity), infinity);
  EXPECT_TRUE(std::isnan(log1p(-1.5)));
  EXPECT_TRUE(std::isnan(log1p(not_a_number)));
}

TEST(LogOfSum, DoesNotRoundTheSum) {
  Inputs in(7);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double a = i % 2 == 0 ? 1.0 : in.log_between(1e-290, 1e290), b = in.between(-0.9, 1) * a * 0x1p-10;
    const Precise exact = log(Precise(a) + b);
    worst.see(ulp_error(log_of_sum(a, b), exact), a, b);
  }
  EXPECT_LE(worst.value, 0.9) << worst;
}

TEST(Pow, WithinStatedErrorAlsoForLargeExponents) {
  Inputs in(8);
  Largest normal, subnormal;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 3 == 0 ? in.log_between(denormal, 1.7e308) : in.near_point(1, i % 3 == 1 ? 1e-15 : 1e-3, 0.9);
    const double log_x = std::log(x);
    if (log_x == 0) continue;
    const double y = in.between(-708, 709.5) / log_x, low = in.between(-745, -708.5) / log_x;
    normal.see(ulp_error(pow(x, y), exp(Precise(y) * log(Precise(x)))), x, y);
    subnormal.see(ulp_error(pow(x, low), exp(Precise(low) * log(Precise(x)))), x, low);
  }
  EXPECT_LE(normal.value, 0.52) << normal;
  EXPECT_LE(subnormal.value, 0.76) << subnormal;
}

TEST(Pow, Edges) {
  EXPECT_EQ(pow(0.0, 2.0), 0.0);
  EXPECT_EQ(pow(0.0, 1e-300), 0.0);
  EXPECT_EQ(pow(0.0, -2.0), infinity);
  EXPECT_EQ(pow(0.0, 0.0), 1.0);
  EXPECT_EQ(pow(infinity, 0.5), infinity);
  EXPECT_EQ(pow(infinity, -0.5), 0.0);
  EXPECT_EQ(pow(infinity, 0.0), 1.0);
  EXPECT_EQ(pow(not_a_number, 0.0), 1.0);
  EXPECT_EQ(pow(1.0, 1e300), 1.0);
  EXPECT_EQ(pow(1.0, infinity), 1.0);
  EXPECT_EQ(pow(2.0, infinity), infinity);
  EXPECT_EQ(pow(0.5, infinity), 0.0);
  EXPECT_EQ(pow(2.0, 1e300), infinity);
  EXPECT_EQ(pow(2.0, -1e300), 0.0);
  EXPECT_EQ(pow(3.0, 2.0), 9.0);
  EXPECT_EQ(pow(2.0, -1074.0), denormal);
  EXPECT_EQ(pow(denormal, 1.0), denormal);
  EXPECT_TRUE(std::isnan(pow(-2.0, 2.0)));
  EXPECT_TRUE(std::isnan(pow(2.0, not_a_number)));
  EXPECT_TRUE(std::isnan(pow(not_a_number, 2.0)));
}

TEST(Logistic, WithinStatedError) {
  Inputs in(9);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double x = i % 2 == 0 ? in.between(-708, 60) : in.between(-5, 5);
    worst.see(ulp_error(logistic(x), 1 / (1 + exp(-Precise(x)))), x);
  }
  EXPECT_LE(worst.value, 1.9) << worst;
  EXPECT_EQ(logistic(0.0), 0.5);
  EXPECT_EQ(logistic(infinity), 1.0);
  EXPECT_EQ(logistic(-infinity), 0.0);
  EXPECT_TRUE(std::isnan(logistic(not_a_number)));
}

TEST(Logit, WithinStatedError) {
  Inputs in(10);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double p = i % 3 == 0   ? in.log_between(1e-300, 0.5)
                     : i % 3 == 1 ? in.near_point(0.5, 1e-17, 0.49)
                                  : 1 - in.log_between(2e-16, 0.5);
    worst.see(ulp_error(logit(p), log(Precise(p) / (1 - Precise(p)))), p);
  }
  EXPECT_LE(worst.value, 1.8) << worst;
  EXPECT_EQ(logit(0.5), 0.0);
  EXPECT_EQ(logit(0.0), -infinity);
  EXPECT_EQ(logit(1.0), infinity);
  EXPECT_TRUE(std::isnan(logit(1.5)));
  EXPECT_TRUE(std::isnan(logit(not_a_number)));
}

}  // namespace
}  // namespace sojourn::test
