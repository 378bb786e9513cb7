// Known answers of the generator and the hash, and the way an address becomes two uniforms.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/uniform.hpp"

namespace sojourn::test {
namespace {

// Random123 1.14, tests/kat_vectors, philox4x32 10
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32_10({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// Draft-eastlake-fnv, appendix with test vectors
TEST(Hash, KnownAnswers) {
  static_assert(fnv1a32("") == 0x811c9dc5U);
  EXPECT_EQ(fnv1a32("a"), 0xe40c292cU);
  EXPECT_EQ(fnv1a32("b"), 0xe70c2de5U);
  EXPECT_EQ(fnv1a32("foobar"), 0xbf9cf968U);
  EXPECT_EQ(fnv1a32("\xc3\xa9"), (((0x811c9dc5U ^ 0xc3U) * 0x01000193U) ^ 0xa9U) * 0x01000193U);
}

TEST(Uniform, OpenAtBothEndsAndExact) {
  EXPECT_EQ(open_uniform(0), 0x1p-53);
  EXPECT_EQ(open_uniform(0xfff), 0x1p-53);  // the low 12 bits are not used
  EXPECT_EQ(open_uniform(0x1000), 3 * 0x1p-53);
  EXPECT_EQ(open_uniform(0xffff'ffff'ffff'ffffU), 1 - 0x1p-53);
  EXPECT_EQ(open_uniform(0x8000'0000'0000'0000U), 0.5 + 0x1p-53);
}

TEST(Uniform, AddressWords) {
  const DrawAddress address{0x123456789abcULL, 0xcdef, 0x13579bdf, 42};
  const PhiloxCounter block = philox4x32_10({0x56789abc, 0xcdef1234, 0x13579bdf, 42}, {7, 9});
  const TwoUniforms u = uniforms({7, 9}, address);
  const auto whole = [](std::uint32_t low, std::uint32_t high) { return (std::uint64_t{high} << 32 | low) >> 12; };
  EXPECT_EQ(u.first, (static_cast<double>(whole(block[0], block[1])) + 0.5) * 0x1p-52);
  EXPECT_EQ(u.second, (static_cast<double>(whole(block[2], block[3])) + 0.5) * 0x1p-52);
}

TEST(Uniform, EveryPartOfTheAddressCounts) {
  const StreamKey key{1, 2};
  const double u = uniforms(key, {3, 4, 5, 6}).first;
  EXPECT_NE(u, uniforms({2, 2}, {3, 4, 5, 6}).first);
  EXPECT_NE(u, uniforms({1, 3}, {3, 4, 5, 6}).first);
  EXPECT_NE(u, uniforms(key, {3 + (1ULL << 40), 4, 5, 6}).first);
  EXPECT_NE(u, uniforms(key, {3, 5, 5, 6}).first);
  EXPECT_NE(u, uniforms(key, {3, 4, 6, 6}).first);
  EXPECT_NE(u, uniforms(key, {3, 4, 5, 7}).first);
}

TEST(UnitExponential, Ends) {
  EXPECT_GT(unit_exponential(1 - 0x1p-53), 0);
  EXPECT_NEAR(unit_exponential(0x1p-53), 36.7368, 1e-4);
}

}  // namespace
}  // namespace sojourn::test
