#include "outcomes/ratio.hpp"

#include <limits>

namespace sojourn::outcomes {

namespace {

using Wide = WideInteger<6>;  // n, n_R <= 2^40 and x^2 n < 2^127: no term below exceeds 2^300

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

double small_sample_factor(Int128 patients) {
  if (patients < 2) return no_value;
  return to_double(patients) / to_double(patients - 1);
}

// sum r^2 / n^2 = (n xx - x^2) / n^3
double own_variance(Int128 n, Int128 x, Int128 xx) {
  return (Wide(n) * xx - Wide(x) * x).to_double() / (Wide(n) * n * n).to_double();
}

// sum (r/n - r_R/n_R)^2, brought to the denominator n^3 n_R^3
double paired_variance(const RatioSums& s) {
  const Wide n = s.n, m = s.n_r, x = s.x, y = s.x_r;
  const Wide own = m * m * m * (n * s.xx - x * x);
  const Wide reference = n * n * n * (m * s.xx_r - y * y);
  const Wide product = n * m * s.cross - n * y * s.x_nr - m * x * s.n_xr + x * y * s.both;
  const Wide numerator = own + reference - Wide(2) * n * m * product;
  return numerator.to_double() / (n * n * n * m * m * m).to_double();
}

}  // namespace

void JointCounts::combine(const JointCounts& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

void TimeSums::add(Mark mark, std::int64_t value, Mark reference, std::int64_t reference_value) {
  if (mark == Mark::too_short) ++too_short_;
  if (mark != Mark::yes) return;
  ++n_;
  x_ += value;
  xx_ += static_cast<Int128>(value) * value;
  if (reference != Mark::yes) return;
  ++both_;
  cross_ += static_cast<Int128>(value) * reference_value;
  x_where_reference_ += value;
  reference_x_where_n_ += reference_value;
}

void TimeSums::combine(const TimeSums& other) {
  n_ += other.n_;
  both_ += other.both_;
  too_short_ += other.too_short_;
  x_ += other.x_;
  xx_ += other.xx_;
  cross_ += other.cross_;
  x_where_reference_ += other.x_where_reference_;
  reference_x_where_n_ += other.reference_x_where_n_;
}

RatioSums RatioSums::of(const JointCounts& counts) {
  RatioSums s;
  const Mark marks[] = {Mark::absent, Mark::no, Mark::yes, Mark::too_short};
  for (const Mark a : marks) {
    for (const Mark r : marks) {
      const Int128 count = counts.count(a, r);
      const bool in = a == Mark::no || a == Mark::yes, in_r = r == Mark::no || r == Mark::yes;
      const bool yes = a == Mark::yes, yes_r = r == Mark::yes;
      s.n += in ? count : 0;
      s.x += yes ? count : 0;
      s.n_r += in_r ? count : 0;
      s.x_r += yes_r ? count : 0;
      s.both += in && in_r ? count : 0;
      s.cross += yes && yes_r ? count : 0;
      s.x_nr += yes && in_r ? count : 0;
      s.n_xr += in && yes_r ? count : 0;
      s.too_short += a == Mark::too_short ? count : 0;
    }
  }
  s.xx = s.x;
  s.xx_r = s.x_r;
  return s;
}

RatioSums RatioSums::of(const TimeSums& sums, const TimeSums& reference) {
  RatioSums s;
  s.n = static_cast<Int128>(sums.n_);
  s.x = sums.x_;
  s.xx = sums.xx_;
  s.n_r = static_cast<Int128>(reference.n_);
  s.x_r = reference.x_;
  s.xx_r = reference.xx_;
  s.cross = sums.cross_;
  s.x_nr = sums.x_where_reference_;
  s.n_xr = sums.reference_x_where_n_;
  s.both = static_cast<Int128>(sums.both_);
  s.too_short = static_cast<Int128>(sums.too_short_);
  return s;
}

RatioEstimate estimate_ratio(const RatioSums& s, Quantity quantity, double unit) {
  RatioEstimate result{no_value, no_value, no_value, no_value, no_value};
  const bool mean = quantity != Quantity::proportion;
  if (s.n == 0) return result;
  const double variance = own_variance(s.n, s.x, s.xx) * unit * unit;
  result.estimate = to_double(s.x) / to_double(s.n) * unit;
  result.variance = variance * (mean ? small_sample_factor(s.n) : 1);
  if (s.n_r == 0) return result;
  const double factor = mean ? small_sample_factor(s.n + s.n_r - s.both) : 1;
  const Wide difference = Wide(s.x) * s.n_r - Wide(s.x_r) * s.n;
  result.difference = difference.to_double() / (Wide(s.n) * s.n_r).to_double() * unit;
  result.difference_variance = paired_variance(s) * unit * unit * factor;
  result.independent_variance = (variance + own_variance(s.n_r, s.x_r, s.xx_r) * unit * unit) * factor;
  return result;
}

}  // namespace sojourn::outcomes
