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
#include <limits>
#include <utility>

namespace sojourn {

// What is a machine instruction or a few of them: a call would cost more than what is called.
#define SOJOURN_INSTRUCTION [[gnu::always_inline]]

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
// The word as a signed integer, to double; below 2^51 in magnitude.
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

// N values side by side, as the compiler's own vectors. `Isa` names the instructions that what uses them may be
// compiled for: templates over other packs are other functions, so that no program takes one for another
// (engine/batch_kernels.hpp).
struct AnyIsa {};

namespace detail {
template <class T, int N>
struct VectorOf {  // not by `using`: the attribute would be lost (g++ 12)
  typedef T Type __attribute__((vector_size(sizeof(T) * N)));
};
}  // namespace detail
template <class T, int N>
using NativeVector = typename detail::VectorOf<T, N>::Type;

// What a comparison gives; all bits of a lane are alike.
template <int N, class Isa>
struct SideMask {
  using Native = NativeVector<std::int64_t, N>;
  Native at;

  SideMask() = default;
  SOJOURN_INSTRUCTION SideMask(bool value) : at(Native{} - std::int64_t{value}) {}
  SOJOURN_INSTRUCTION explicit SideMask(const Native& native) : at(native) {}

  SOJOURN_INSTRUCTION [[nodiscard]] friend SideMask both(const SideMask& a, const SideMask& b) {
    return SideMask(a.at & b.at);
  }
  SOJOURN_INSTRUCTION [[nodiscard]] friend SideMask either(const SideMask& a, const SideMask& b) {
    return SideMask(a.at | b.at);
  }
  SOJOURN_INSTRUCTION [[nodiscard]] friend SideMask opposite(const SideMask& a) { return SideMask(~a.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend bool any(const SideMask& a) {
    std::int64_t bits = 0;
    for (int i = 0; i < N; ++i) bits |= a.at[i];
    return bits != 0;
  }
};

template <class T, int N, class Isa>
struct Side {
  using Native = NativeVector<T, N>;
  using Mask = SideMask<N, Isa>;
  Native at;

  Side() = default;
  SOJOURN_INSTRUCTION Side(T value)
      : at(value - Native{}) {}  // implicit: constants of a formula are spread over the lanes
  SOJOURN_INSTRUCTION explicit Side(const Native& native) : at(native) {}
  template <class F>
  SOJOURN_INSTRUCTION [[nodiscard]] static Side make(F&& f) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
      return Side(Native{f(I)...});
    }
    (std::make_index_sequence<N>{});
  }

  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator+(const Side& a, const Side& b) { return Side(a.at + b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator-(const Side& a, const Side& b) { return Side(a.at - b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator*(const Side& a, const Side& b) { return Side(a.at * b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator/(const Side& a, const Side& b) { return Side(a.at / b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] Side operator-() const { return Side(-at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator&(const Side& a, const Side& b) { return Side(a.at & b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator|(const Side& a, const Side& b) { return Side(a.at | b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator^(const Side& a, const Side& b) { return Side(a.at ^ b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator<<(const Side& a, int by) { return Side(a.at << by); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side operator>>(const Side& a, int by) { return Side(a.at >> by); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator<(const Side& a, const Side& b) { return Mask(a.at < b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator<=(const Side& a, const Side& b) { return Mask(a.at <= b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator>(const Side& a, const Side& b) { return Mask(a.at > b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator>=(const Side& a, const Side& b) { return Mask(a.at >= b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator==(const Side& a, const Side& b) { return Mask(a.at == b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Mask operator!=(const Side& a, const Side& b) { return Mask(a.at != b.at); }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side select(const Mask& mask, const Side& yes, const Side& no) {
    return Side(mask.at ? yes.at : no.at);
  }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side smaller(const Side& a, const Side& b) {
    return Side(a.at < b.at ? a.at : b.at);
  }
  SOJOURN_INSTRUCTION [[nodiscard]] friend Side larger(const Side& a, const Side& b) {
    return Side(a.at > b.at ? a.at : b.at);
  }
};

template <int N, class Isa = AnyIsa>
using Pack = Side<double, N, Isa>;
template <int N, class Isa = AnyIsa>
using Words = Side<std::uint64_t, N, Isa>;

template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Words<N, Isa> word_of(const Pack<N, Isa>& x) {
  return Words<N, Isa>(std::bit_cast<typename Words<N, Isa>::Native>(x.at));
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> from_word(const Words<N, Isa>& x) {
  return Pack<N, Isa>(std::bit_cast<typename Pack<N, Isa>::Native>(x.at));
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> magnitude(const Pack<N, Isa>& x) {
  return from_word(word_of(x) & std::uint64_t{0x7fff'ffff'ffff'ffffU});
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> root(const Pack<N, Isa>& x) {
  return Pack<N, Isa>::make([&](std::size_t i) { return root(x.at[i]); });
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Words<N, Isa> shift_right_signed(const Words<N, Isa>& x, int by) {
  const auto as_signed = std::bit_cast<typename SideMask<N, Isa>::Native>(x.at);
  return Words<N, Isa>(std::bit_cast<typename Words<N, Isa>::Native>(as_signed >> by));
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> small_integer(const Words<N, Isa>& x) {
  return from_word(x + std::uint64_t{0x4338'0000'0000'0000U}) - 0x1.8p52;
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Words<N, Isa> nearest_integer(const Pack<N, Isa>& x) {
  return word_of(x + 0x1.8p52) - std::uint64_t{0x4338'0000'0000'0000U};
}
template <int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> look_up(const double* table, const Words<N, Isa>& index) {
  return Pack<N, Isa>::make([&](std::size_t i) { return table[index.at[i]]; });
}
template <class Row, int N, class Isa>
SOJOURN_INSTRUCTION [[nodiscard]] inline Pack<N, Isa> look_up(const Row* table, const Words<N, Isa>& index,
                                                              double Row::*field) {
  return Pack<N, Isa>::make([&](std::size_t i) { return table[index.at[i]].*field; });
}

template <class L>
struct LaneTraits {
  using Word = std::uint64_t;
  using Mask = bool;
};
template <int N, class Isa>
struct LaneTraits<Pack<N, Isa>> {
  using Word = Words<N, Isa>;
  using Mask = SideMask<N, Isa>;
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
