// A rising function between logarithms, made of polynomials, and how a compiled law (compiled.hpp) reads it: log H by
// log time, or log time by log H. Row i holds for arguments from bound_i up to bound_(i+1), and there, with
// u = log argument - start_i,
//   log result = value_i + u (a_0 + a_1 u + ... + a_12 u^12).
// Polynomials begin at 0 on the left, so that differences across a bound are sums of two that cancel nothing, and
// differences within a row come from the divided difference. Where there is no polynomial the value is NaN: before the
// first bound, after the last, and where the builder (compile.cpp) found none; such an answer is for the exact law.
// A row is found by the argument's bits: equal steps of the word are cells, each with the row of its beginning; among
// the bounds inside a cell halving finds the last one passed, in as many steps as the fullest cell needs.
#pragma once

#include <span>
#include <vector>

#include "base/elementary.hpp"

namespace sojourn::distributions {

class CompiledMap {
 public:
  static constexpr int terms = 13;
  static constexpr std::uint64_t stride = 16, header = 6;  // [doubles]

  explicit CompiledMap(const double* at)
      : low_(at[0]),
        high_(at[1]),
        shift_(static_cast<int>(word_of(at[2]))),
        span_(word_of(at[3])),
        cells_(at + header),
        bounds_(at + word_of(at[4])),
        rows_(at + word_of(at[5])) {}

  // The row for an argument, as the position of its first number
  template <Lane L>
  [[nodiscard]] Word<L> row(const L& argument) const {
    const L inside = larger(smaller(argument, L(high_)), L(low_));
    Word<L> at = word_of(look_up(cells_, (word_of(inside) - Word<L>(word_of(low_))) >> shift_));
    for (std::uint64_t span = span_; span > 0; span /= 2) {
      const Word<L> next = at + Word<L>(span);
      at = select(look_up(bounds_, next) <= inside, next, at);
    }
    return at << 4;  // times the stride
  }
  template <Lane L>
  [[nodiscard]] L start(const Word<L>& row) const {
    return look_up(rows_, row);
  }
  template <Lane L>
  [[nodiscard]] L value(const Word<L>& row) const {
    return look_up(rows_ + 1, row);
  }
  template <Lane L>
  [[nodiscard]] L end(const Word<L>& row) const {
    return look_up(rows_ + stride, row);
  }
  template <Lane L>
  [[nodiscard]] L value_at_end(const Word<L>& row) const {
    return look_up(rows_ + 1 + stride, row);
  }

  // Those of the rows, the first 0, some +inf at the end
  [[nodiscard]] std::span<const double> bounds() const { return {bounds_, static_cast<std::size_t>(rows_ - bounds_)}; }

  // (log result - value) / u
  template <Lane L>
  [[nodiscard]] L slope_to(const Word<L>& row, const L& u) const {
    const auto a = [&](int j) { return look_up(rows_ + 2 + j, row); };
    const L u2 = u * u, u4 = u2 * u2, u8 = u4 * u4;
    const L low = ((a(0) + a(1) * u) + (a(2) + a(3) * u) * u2) + ((a(4) + a(5) * u) + (a(6) + a(7) * u) * u2) * u4;
    const L high = ((a(8) + a(9) * u) + (a(10) + a(11) * u) * u2) + a(12) * u4;
    return low + high * u8;
  }
  template <Lane L>
  struct Slopes {
    L to_first;  // slope_to(u)
    L between;   // of the log results over u and v, in the limit the derivative
  };
  template <Lane L>
  [[nodiscard]] Slopes<L> slopes(const Word<L>& row, const L& u, const L& v) const {
    L quotient = look_up(rows_ + 1 + terms, row), sum = quotient;
    for (int j = terms - 2; j >= 0; --j) {
      quotient = look_up(rows_ + 2 + j, row) + u * quotient;
      sum = quotient + v * sum;
    }
    return {quotient, sum};
  }

 private:
  double low_, high_;
  int shift_;
  std::uint64_t span_;
  const double *cells_, *bounds_, *rows_;
};

// One row, and all of them as the storage that CompiledMap reads. The last one holds up to `end`; for ever if that is
// +inf. A row may have the bound of the next one and so no argument of its own; its start, NaN, then makes differences
// across it NaN.
struct CompiledRow {
  double bound = 0, start = 0, value = 0;
  std::array<double, CompiledMap::terms> a{};

  [[nodiscard]] bool known() const { return value == value; }
};
// A row without a polynomial
[[nodiscard]] CompiledRow unknown_row(double bound, double start);
void append_map(std::vector<double>& storage, std::vector<CompiledRow> rows, double end);

}  // namespace sojourn::distributions
