#include "outcomes/ratio.hpp"

#include <limits>
#include <utility>

namespace sojourn::outcomes {

namespace {

using Wide = WideInteger<6>;

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

double small_sample_factor(Int128 patients) {
  if (patients < 2) return no_value;
  return to_double(patients) / to_double(patients - 1);
}

double cube(Int128 n) {
  return (Wide(n) * n * n).to_double();
}

}  // namespace

RatioSums RatioSums::swapped() const {
  RatioSums s = *this;
  std::swap(s.n, s.n_r);
  std::swap(s.x, s.x_r);
  std::swap(s.xx, s.xx_r);
  std::swap(s.x_nr, s.n_xr);
  std::swap(s.higher, s.lower);
  return s;
}

void PairCounts::combine(const PairCounts& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

// From sums as if all patients were the same under both, less what those who differ do not share.
RatioSums PairCounts::with(const ProportionSums& a, const ProportionSums& b) const {
  RatioSums s;
  s.n = a.n;
  s.x = s.xx = a.x;
  s.n_r = b.n;
  s.x_r = s.xx_r = b.x;
  s.both = a.n;
  s.cross = s.x_nr = a.x;
  s.n_xr = b.x;
  const auto counted = [](std::size_t mark) { return mark == 1 || mark == 2; };
  for (std::size_t i = 0; i < 16; ++i) {
    const auto count = static_cast<Int128>(counts_[i]);
    const std::size_t own = i / 4, other = i % 4;
    if (counted(own) && !counted(other)) s.both -= count;
    if (own == 2 && other != 2) s.cross -= count;
    if (own == 2 && !counted(other)) s.x_nr -= count;
    if (!counted(own) && other == 2) s.n_xr -= count;
    if (own == 2 && other == 1) s.higher += count;
    if (own == 1 && other == 2) s.lower += count;
  }
  return s;
}

// |value| < 2^44: the sum of so many fits 64 bits.
void MeanSums::add(const std::int64_t* values, std::size_t patients) {
  std::int64_t without = 0, sum = 0;
  Int128 squares = 0;
  for (std::size_t i = 0; i < patients; ++i) {
    const bool none = values[i] == no_number;
    const std::int64_t value = none ? 0 : values[i];
    without += none ? 1 : 0;
    sum += value;
    squares += static_cast<Int128>(value) * value;
  }
  n += static_cast<std::int64_t>(patients) - without;
  too_short += without;
  x += sum;
  xx += squares;
}

void MeanSums::combine(const MeanSums& other) {
  n += other.n;
  too_short += other.too_short;
  x += other.x;
  xx += other.xx;
}

void PairMeans::add(std::int64_t a, std::int64_t b) {
  if (a == no_number || b == no_number) {
    if (a != no_number) only_a_.add(a);
    if (b != no_number) only_b_.add(b);
    return;
  }
  const Int128 difference = static_cast<Int128>(a) - b;
  squares_ += difference * difference;
  higher_ += a > b ? 1 : 0;
  lower_ += a < b ? 1 : 0;
}

void PairMeans::add(const std::int64_t* a, const std::int64_t* b, std::size_t patients) {
  Int128 squares = 0;
  std::uint64_t higher = 0, lower = 0;
  for (std::size_t i = 0; i < patients; ++i) {
    if (a[i] == no_number || b[i] == no_number) [[unlikely]] {
      add(a[i], b[i]);
      continue;
    }
    const std::int64_t difference = a[i] - b[i];
    squares += static_cast<Int128>(difference) * difference;
    higher += difference > 0 ? 1 : 0;
    lower += difference < 0 ? 1 : 0;
  }
  squares_ += squares;
  higher_ += higher;
  lower_ += lower;
}

PairMeans PairMeans::swapped() const {
  PairMeans other = *this;
  std::swap(other.only_a_, other.only_b_);
  std::swap(other.higher_, other.lower_);
  return other;
}

void PairMeans::combine(const PairMeans& other) {
  only_a_.combine(other.only_a_);
  only_b_.combine(other.only_b_);
  squares_ += other.squares_;
  higher_ += other.higher_;
  lower_ += other.lower_;
}

RatioSums PairMeans::with(const MeanSums& a, const MeanSums& b) const {
  RatioSums s;
  s.n = a.n;
  s.x = a.x;
  s.xx = a.xx;
  s.n_r = b.n;
  s.x_r = b.x;
  s.xx_r = b.xx;
  s.both = a.n - only_a_.n;
  s.x_nr = a.x - only_a_.x;
  s.n_xr = b.x - only_b_.x;
  // 2 x_a x_b = x_a^2 + x_b^2 - (x_a - x_b)^2; each half first, so that nothing passes 127 bits
  const Int128 own = a.xx - only_a_.xx, other = b.xx - only_b_.xx;
  s.cross = other + (own - other - squares_) / 2;
  s.higher = static_cast<Int128>(higher_);
  s.lower = static_cast<Int128>(lower_);
  return s;
}

// own: sum r^2 / n^2 = (n xx - x^2) / n^3; paired: sum (r/n - r_R/n_R)^2, brought to the denominator n^3 n_R^3.
Numerators<6> numerators_of(const RatioSums& s) {
  const Wide n = s.n, m = s.n_r, x = s.x, y = s.x_r;
  const Wide own = n * s.xx - x * x, own_r = m * s.xx_r - y * y;
  const Wide product = n * m * s.cross - n * y * s.x_nr - m * x * s.n_xr + x * y * s.both;
  return {x, own, own_r, x * m - y * n, m * m * m * own + n * n * n * own_r - Wide(2) * n * m * product};
}

template <std::size_t Limbs>
RatioEstimate rounded(const Numerators<Limbs>& exact, const RatioSums& s, Quantity quantity, double unit) {
  RatioEstimate result{no_value, no_value, no_value, no_value, no_value};
  const bool mean = quantity == Quantity::mean;
  if (s.n == 0) return result;
  const double variance = exact.own.to_double() / cube(s.n) * unit * unit;
  result.estimate = exact.x.to_double() / to_double(s.n) * unit;
  result.variance = variance * (mean ? small_sample_factor(s.n) : 1);
  if (s.n_r == 0) return result;
  const double factor = mean ? small_sample_factor(s.n + s.n_r - s.both) : 1;
  const Wide product = Wide(s.n) * s.n_r;
  result.difference = exact.difference.to_double() / product.to_double() * unit;
  result.difference_variance =
      exact.paired.to_double() / (product * product * product).to_double() * unit * unit * factor;
  result.independent_variance = (variance + exact.own_r.to_double() / cube(s.n_r) * unit * unit) * factor;
  return result;
}

template RatioEstimate rounded(const Numerators<6>&, const RatioSums&, Quantity, double);
template RatioEstimate rounded(const Numerators<10>&, const RatioSums&, Quantity, double);

RatioEstimate estimate_ratio(const RatioSums& sums, Quantity quantity, double unit) {
  return rounded(numerators_of(sums), sums, quantity, unit);
}

}  // namespace sojourn::outcomes
