// What one step of compiled code computes. Booleans are 0 and 1; nothing branches on data: both sides of `and`, `or`
// and `? :` are computed and one is selected, so 1/0 on the side not taken is an unused infinity, never a crash.
#pragma once

#include <cstdint>

#include "base/elementary.hpp"
#include "base/lane.hpp"

namespace sojourn::expression {

enum class Op : std::uint8_t {
  // what is looked up: the constant of the instruction, or `index` in what the code sees of the patient
  constant,
  attribute,
  in_set,
  visited,
  count,
  time_since,
  now,
  negate,
  add,
  subtract,
  multiply,
  divide,
  square,
  power,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  invert,
  both,
  either,
  choose,
  minimum,
  maximum,
  absolute,
  exponential,
  logarithm,
  root,
  floor,
  logistic,
  logit,
  odds_scale
};

template <Lane L>
[[nodiscard]] inline L truth(const Mask<L>& mask) {
  return select(mask, L(1.0), L(0.0));
}

// The largest whole number <= x. Beyond 2^52 every double is whole.
template <Lane L>
[[nodiscard]] inline L whole_below(const L& x) {
  const L size = magnitude(x);
  const L rounded = (size + 0x1p52) - 0x1p52;
  const L nearest = select(x < 0.0, -rounded, rounded);
  const L below = select(nearest > x, nearest - 1.0, nearest);
  return select(size < 0x1p52, below, x);
}

// x^y; a negative x is allowed where y is whole.
template <Lane L>
[[nodiscard]] inline L signed_power(const L& x, const L& y) {
  const L size = pow(magnitude(x), y);
  const L half = y * 0.5;
  const L of_negative = select(whole_below(half) == half, size, -size);
  const L negative = select(whole_below(y) == y, of_negative, L(not_a_number));
  return select(x == x, select(x < 0.0, negative, size), select(y == 0.0, L(1.0), x));
}

// NaN if either is: a domain error must not hide in a minimum.
template <Lane L>
[[nodiscard]] inline L least(const L& a, const L& b) {
  return select(a < b, a, select(a == a, b, a));
}
template <Lane L>
[[nodiscard]] inline L greatest(const L& a, const L& b) {
  return select(a > b, a, select(a == a, b, a));
}

// The probability whose odds are r times those of p: p r / (1 - p + p r).
template <Lane L>
[[nodiscard]] inline L scale_odds(const L& p, const L& r) {
  const L scaled = p * r;
  return scaled / ((1.0 - p) + scaled);
}

}  // namespace sojourn::expression
