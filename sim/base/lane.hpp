// Lanes: what a formula computes on. Formulas are templates over a lane type L, written without a branch on data, so
// that `double` (one value) and `Pack<N>` (N values side by side) give the same bits lane by lane.
// A lane type has + - * / and comparisons giving a mask, and the functions below: select, min, max, absolute value,
// bit casts to 64-bit words, integer conversions and table look-up. No operation here rounds more than once.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace sojourn {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// double: mask is bool, words are std::uint64_t.
[[nodiscard]] inline double select(bool mask, double yes, double no) {
  return mask ? yes : no;
}
[[nodiscard]] inline std::uint64_t select(bool mask, std::uint64_t yes, std::uint64_t no) {
  return mask ? yes : no;
}
[[nodiscard]] inline bool any(bool mask) {
  return mask;
}
[[nodiscard]] inline bool both(bool a, bool b) {
  return a & b;
}
[[nodiscard]] inline bool either(bool a, bool b) {
  return a | b;
}
[[nodiscard]] inline bool opposite(bool a) {
  return !a;
}
[[nodiscard]] inline double smaller(double a, double b) {
  return a < b ? a : b;
}  // b when either is NaN
[[nodiscard]] inline double larger(double a, double b) {
  return a > b ? a : b;
}  // b when either is NaN
[[nodiscard]] inline double magnitude(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0x7fff'ffff'ffff'ffffU);
}
[[nodiscard]] inline double root(double x) {
  return std::sqrt(x);
}  // correctly rounded by IEEE 754, in hardware
[[nodiscard]] inline std::uint64_t word_of(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
[[nodiscard]] inline double from_word(std::uint64_t word) {
  return std::bit_cast<double>(word);
}
[[nodiscard]] inline std::uint64_t shift_right_signed(std::uint64_t word, int by) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(word) >> by);
}
// The word as a signed integer, to double: exact below 2^53 in magnitude.
[[nodiscard]] inline double small_integer(std::uint64_t word) {
  return static_cast<double>(static_cast<std::int64_t>(word));
}
// The nearest integer (ties to even) as a word; |x| < 2^51.
[[nodiscard]] inline std::uint64_t nearest_integer(double x) {
  return word_of(x + 0x1.8p52) - 0x4338'0000'0000'0000U;
}
[[nodiscard]] inline double look_up(const double* table, std::uint64_t index) {
  return table[index];
}
template <class Row>
[[nodiscard]] inline double look_up(const Row* table, std::uint64_t index, double Row::*field) {
  return table[index].*field;
}

// N values side by side, a plain struct: the compiler makes vector instructions of it.
template <class T, int N>
struct Side {
  std::array<T, N> at;

  Side() = default;
  Side(T value) { at.fill(value); }  // implicit: constants of a formula are spread over the lanes
  template <class F>
  [[nodiscard]] static Side make(F&& f) {
    Side result;
    for (std::size_t i = 0; i < N; ++i) result.at[i] = f(i);
    return result;
  }

  [[nodiscard]] friend Side operator+(const Side& a, const Side& b) { return zip<T>(a, b, std::plus<>{}); }
  [[nodiscard]] friend Side operator-(const Side& a, const Side& b) { return zip<T>(a, b, std::minus<>{}); }
  [[nodiscard]] friend Side operator*(const Side& a, const Side& b) { return zip<T>(a, b, std::multiplies<>{}); }
  [[nodiscard]] friend Side operator/(const Side& a, const Side& b) { return zip<T>(a, b, std::divides<>{}); }
  [[nodiscard]] friend Side operator&(const Side& a, const Side& b) { return zip<T>(a, b, std::bit_and<>{}); }
  [[nodiscard]] friend Side operator<<(const Side& a, int by) {
    return make([&](std::size_t i) { return a.at[i] << by; });
  }
  [[nodiscard]] friend Side operator>>(const Side& a, int by) {
    return make([&](std::size_t i) { return a.at[i] >> by; });
  }
  [[nodiscard]] Side operator-() const {
    return make([&](std::size_t i) { return -at[i]; });
  }
  [[nodiscard]] friend Side<bool, N> operator<(const Side& a, const Side& b) { return zip<bool>(a, b, std::less<>{}); }
  [[nodiscard]] friend Side<bool, N> operator<=(const Side& a, const Side& b) {
    return zip<bool>(a, b, std::less_equal<>{});
  }
  [[nodiscard]] friend Side<bool, N> operator>(const Side& a, const Side& b) { return b < a; }
  [[nodiscard]] friend Side<bool, N> operator>=(const Side& a, const Side& b) { return b <= a; }
  [[nodiscard]] friend Side<bool, N> operator==(const Side& a, const Side& b) {
    return zip<bool>(a, b, std::equal_to<>{});
  }
  [[nodiscard]] friend Side<bool, N> operator!=(const Side& a, const Side& b) {
    return zip<bool>(a, b, std::not_equal_to<>{});
  }
  [[nodiscard]] friend Side select(const Side<bool, N>& mask, const Side& yes, const Side& no) {
    return make([&](std::size_t i) { return mask.at[i] ? yes.at[i] : no.at[i]; });
  }
  [[nodiscard]] friend Side smaller(const Side& a, const Side& b) {
    return make([&](std::size_t i) { return a.at[i] < b.at[i] ? a.at[i] : b.at[i]; });
  }
  [[nodiscard]] friend Side larger(const Side& a, const Side& b) {
    return make([&](std::size_t i) { return a.at[i] > b.at[i] ? a.at[i] : b.at[i]; });
  }

 private:
  template <class R, class F>
  [[nodiscard]] static Side<R, N> zip(const Side& a, const Side& b, F f) {
    return Side<R, N>::make([&](std::size_t i) { return f(a.at[i], b.at[i]); });
  }
};

template <int N>
using Pack = Side<double, N>;
template <int N>
using Words = Side<std::uint64_t, N>;
template <int N>
using PackMask = Side<bool, N>;

template <int N>
[[nodiscard]] PackMask<N> both(const PackMask<N>& a, const PackMask<N>& b) {
  return PackMask<N>::make([&](std::size_t i) { return both(a.at[i], b.at[i]); });
}
template <int N>
[[nodiscard]] PackMask<N> either(const PackMask<N>& a, const PackMask<N>& b) {
  return PackMask<N>::make([&](std::size_t i) { return either(a.at[i], b.at[i]); });
}
template <int N>
[[nodiscard]] PackMask<N> opposite(const PackMask<N>& a) {
  return PackMask<N>::make([&](std::size_t i) { return !a.at[i]; });
}
template <int N>
[[nodiscard]] bool any(const PackMask<N>& a) {
  bool result = false;
  for (bool lane : a.at) result = result | lane;
  return result;
}
template <int N>
[[nodiscard]] Pack<N> magnitude(const Pack<N>& x) {
  return Pack<N>::make([&](std::size_t i) { return magnitude(x.at[i]); });
}
template <int N>
[[nodiscard]] Pack<N> root(const Pack<N>& x) {
  return Pack<N>::make([&](std::size_t i) { return root(x.at[i]); });
}
template <int N>
[[nodiscard]] Words<N> word_of(const Pack<N>& x) {
  return Words<N>::make([&](std::size_t i) { return word_of(x.at[i]); });
}
template <int N>
[[nodiscard]] Pack<N> from_word(const Words<N>& x) {
  return Pack<N>::make([&](std::size_t i) { return from_word(x.at[i]); });
}
template <int N>
[[nodiscard]] Words<N> shift_right_signed(const Words<N>& x, int by) {
  return Words<N>::make([&](std::size_t i) { return shift_right_signed(x.at[i], by); });
}
template <int N>
[[nodiscard]] Pack<N> small_integer(const Words<N>& x) {
  return Pack<N>::make([&](std::size_t i) { return small_integer(x.at[i]); });
}
template <int N>
[[nodiscard]] Words<N> nearest_integer(const Pack<N>& x) {
  return Words<N>::make([&](std::size_t i) { return nearest_integer(x.at[i]); });
}
template <int N>
[[nodiscard]] Pack<N> look_up(const double* table, const Words<N>& index) {
  return Pack<N>::make([&](std::size_t i) { return table[index.at[i]]; });
}
template <class Row, int N>
[[nodiscard]] Pack<N> look_up(const Row* table, const Words<N>& index, double Row::*field) {
  return Pack<N>::make([&](std::size_t i) { return table[index.at[i]].*field; });
}

template <class L>
struct LaneTraits {
  using Word = std::uint64_t;
  using Mask = bool;
};
template <int N>
struct LaneTraits<Pack<N>> {
  using Word = Words<N>;
  using Mask = PackMask<N>;
};
template <class L>
using Word = typename LaneTraits<L>::Word;
template <class L>
using Mask = typename LaneTraits<L>::Mask;

template <class L>
concept Lane = requires(L a, L b) {
  { a + b } -> std::same_as<L>;
  { a* b } -> std::same_as<L>;
  { select(a < b, a, b) } -> std::same_as<L>;
  { word_of(a) } -> std::same_as<Word<L>>;
};

}  // namespace sojourn
