// Sums that do not depend on the order of their terms: integers. Int128 holds sums of products of two 64-bit values;
// WideInteger holds what is made of such sums at the end (a variance's numerator), so that nothing cancels before the
// one rounding to double. Two's complement, wraps like the built-in types: the caller states the bound.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace sojourn {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UnsignedInt128;

// 2^exponent for exponent in [-1022, 1023].
[[nodiscard]] inline double binary_power(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// A signed integer of 64 * Limbs bits; limbs low first.
template <std::size_t Limbs>
class WideInteger {
 public:
  WideInteger(Int128 value) {  // NOLINT(google-explicit-constructor): sums of Int128 are written as formulas
    limbs_.fill(value < 0 ? ~std::uint64_t{0} : 0);
    limbs_[0] = static_cast<std::uint64_t>(static_cast<UnsignedInt128>(value));
    limbs_[1] = static_cast<std::uint64_t>(static_cast<UnsignedInt128>(value) >> 64);
  }

  // The same value with more room.
  template <std::size_t Fewer>
  explicit WideInteger(const WideInteger<Fewer>& value) {
    static_assert(Fewer < Limbs);
    limbs_.fill(value.negative() ? ~std::uint64_t{0} : 0);
    for (std::size_t i = 0; i < Fewer; ++i) limbs_[i] = value.limb(i);
  }

  [[nodiscard]] std::uint64_t limb(std::size_t i) const { return limbs_[i]; }  // low first
  [[nodiscard]] bool negative() const { return (limbs_[Limbs - 1] >> 63) != 0; }

  friend WideInteger operator+(const WideInteger& a, const WideInteger& b) {
    WideInteger sum(0);
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < Limbs; ++i) {
      const UnsignedInt128 part = static_cast<UnsignedInt128>(a.limbs_[i]) + b.limbs_[i] + carry;
      sum.limbs_[i] = static_cast<std::uint64_t>(part);
      carry = static_cast<std::uint64_t>(part >> 64);
    }
    return sum;
  }

  friend WideInteger operator-(const WideInteger& a) {
    WideInteger inverted(0);
    for (std::size_t i = 0; i < Limbs; ++i) inverted.limbs_[i] = ~a.limbs_[i];
    return inverted + WideInteger(1);
  }

  friend WideInteger operator-(const WideInteger& a, const WideInteger& b) { return a + (-b); }

  friend WideInteger operator*(const WideInteger& a, const WideInteger& b) {
    WideInteger product(0);
    for (std::size_t i = 0; i < Limbs; ++i) {
      std::uint64_t carry = 0;
      for (std::size_t j = 0; i + j < Limbs; ++j) {
        const UnsignedInt128 part =
            static_cast<UnsignedInt128>(a.limbs_[i]) * b.limbs_[j] + product.limbs_[i + j] + carry;
        product.limbs_[i + j] = static_cast<std::uint64_t>(part);
        carry = static_cast<std::uint64_t>(part >> 64);
      }
    }
    return product;
  }

  friend bool operator==(const WideInteger&, const WideInteger&) = default;

  // Rounded once, to nearest. Limbs <= 15, so that it is finite.
  [[nodiscard]] double to_double() const {
    static_assert(Limbs >= 2 && Limbs <= 15);
    if (negative()) return -(-*this).magnitude();
    return magnitude();
  }

 private:
  // The leading 64 bits, with the lowest of them set if anything below is: then the rounding to 53 bits is right.
  [[nodiscard]] double magnitude() const {
    std::size_t top = Limbs - 1;
    while (top > 0 && limbs_[top] == 0) --top;
    if (top == 0) return static_cast<double>(limbs_[0]);
    const int shift = std::countl_zero(limbs_[top]);
    std::uint64_t leading = limbs_[top] << shift;
    std::uint64_t below = 0;
    if (shift > 0) {
      leading |= limbs_[top - 1] >> (64 - shift);
      below = limbs_[top - 1] << shift;
    } else {
      below = limbs_[top - 1];
    }
    for (std::size_t i = 0; i + 1 < top; ++i) below |= limbs_[i];
    if (below != 0) leading |= 1;
    return static_cast<double>(leading) * binary_power(static_cast<int>(top) * 64 - shift);
  }

  std::array<std::uint64_t, Limbs> limbs_{};
};

[[nodiscard]] inline double to_double(Int128 value) {
  return WideInteger<2>(value).to_double();
}

}  // namespace sojourn
