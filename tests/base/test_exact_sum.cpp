// Wide integers against values computed with Python's integers.
#include <gtest/gtest.h>

#include <cmath>

#include "base/exact_sum.hpp"

namespace sojourn {
namespace {

using Wide = WideInteger<6>;

Wide power(const Wide& base, int exponent) {
  Wide result(1);
  for (int i = 0; i < exponent; ++i) result = result * base;
  return result;
}

TEST(WideInteger, AddsSubtractsAndMultipliesWithSigns) {
  const Int128 a = (Int128{0x123456789abcdef0} << 64) + 0x0fedcba987654321;
  EXPECT_TRUE(Wide(a) - Wide(a) == Wide(0));
  EXPECT_TRUE(Wide(a) + Wide(-a) == Wide(0));
  EXPECT_TRUE(Wide(-3) * Wide(5) == Wide(-15));
  EXPECT_TRUE(Wide(-3) * Wide(-5) == Wide(15));
  EXPECT_TRUE((Wide(a) - Wide(1)) * (Wide(a) + Wide(1)) == Wide(a) * a - Wide(1));
  EXPECT_TRUE(Wide(-1).negative());
  EXPECT_FALSE(Wide(0).negative());
}

TEST(WideInteger, KeepsItsValueWithMoreRoom) {
  for (const Int128 value : {Int128{0}, Int128{7}, Int128{-1}, Int128{1} << 126, -(Int128{1} << 126)}) {
    const Wide product = Wide(value) * Wide(value) * Wide(value);
    const auto wide = WideInteger<10>(product);
    EXPECT_TRUE(wide == WideInteger<10>(value) * WideInteger<10>(value) * WideInteger<10>(value));
    EXPECT_EQ(wide.to_double(), product.to_double());
  }
}

TEST(WideInteger, RoundsOnceToNearest) {
  EXPECT_EQ(Wide(0).to_double(), 0);
  EXPECT_EQ(Wide(-7).to_double(), -7);
  EXPECT_EQ(power(2, 300).to_double(), 0x1p300);
  EXPECT_EQ((power(2, 300) - 1).to_double(), 0x1p300);
  // float(3**180), float(-7**120), float(10**100) in Python
  EXPECT_EQ(power(3, 180).to_double(), 7.61773480458664e+85);
  EXPECT_EQ((-power(7, 120)).to_double(), -2.5808621098934927e+101);
  EXPECT_EQ(power(10, 100).to_double(), 1e100);
  // Halfway between two doubles: to even; a bit far below decides otherwise.
  const Wide half = power(2, 200) + power(2, 147);
  EXPECT_EQ(half.to_double(), 0x1p200);
  EXPECT_EQ((half + 1).to_double(), 0x1.0000000000001p200);
  EXPECT_EQ((half - 1).to_double(), 0x1p200);
  EXPECT_EQ((half + power(2, 148)).to_double(), 0x1.0000000000002p200);
}

TEST(WideInteger, OfInt128) {
  EXPECT_EQ(to_double(Int128{1} << 126), 0x1p126);
  EXPECT_EQ(to_double(-(Int128{1} << 126)), -0x1p126);
  EXPECT_EQ(to_double((Int128{1} << 64) - 1), 0x1p64);
  EXPECT_EQ(to_double(12345678901234567), 12345678901234568.0);
}

// Sums of products as an accumulator makes them, in two orders.
TEST(Int128, SumsOfSquaresDoNotDependOnOrder) {
  Int128 forwards = 0, backwards = 0;
  const auto value = [](std::int64_t i) { return (i * 2654435761 % 1000003) << 22; };
  for (std::int64_t i = 0; i < 100000; ++i) {
    forwards += static_cast<Int128>(value(i)) * value(i);
    backwards += static_cast<Int128>(value(99999 - i)) * value(99999 - i);
  }
  EXPECT_TRUE(forwards == backwards);
  EXPECT_GT(to_double(forwards), 0x1p90);
}

TEST(BinaryPower, IsExact) {
  for (int e : {-1022, -40, 0, 1, 300, 1023}) EXPECT_EQ(binary_power(e), std::ldexp(1.0, e));
}

}  // namespace
}  // namespace sojourn
