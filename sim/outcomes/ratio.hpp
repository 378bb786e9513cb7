// Estimates that are a ratio of two sums over patients, X / N: a share (x = 0 or 1) or a mean among those counted
// (n = 0 or 1; x = 0 where n = 0). Errors by the delta method: with residuals r = x - (X/N) n, Var = sum r^2 / N^2, and
// for the difference of two strategies A and R over the same patients Var = sum (r_A/N_A - r_R/N_R)^2. Both are ratios
// of integers, formed exactly from sums that do not depend on the order of patients, and rounded once.
// The sums over pairs of strategies hold only patients that differ: those who are the same cost nothing, and what they
// add follows from each strategy's own sums.
#pragma once

#include <array>
#include <cstdint>

#include "base/exact_sum.hpp"
#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// The sums that every ratio comes from. `_r`: of the strategy that it is compared with.
struct RatioSums {
  Int128 n = 0, x = 0, xx = 0;
  Int128 n_r = 0, x_r = 0, xx_r = 0;
  Int128 cross = 0, x_nr = 0, n_xr = 0, both = 0;
  Int128 too_short = 0;          // left out of n
  Int128 higher = 0, lower = 0;  // patients counted under both whose x is higher (lower) than under the other

  [[nodiscard]] RatioSums swapped() const;
};

// Of a proportion under one strategy.
struct ProportionSums {
  Int128 n = 0, x = 0, too_short = 0;
};

// Of a proportion: patients whose marks differ under the two strategies, by both.
class PairCounts {
 public:
  void add(Mark a, Mark b, std::uint64_t patients = 1) {
    counts_[static_cast<std::size_t>(a) * 4 + static_cast<std::size_t>(b)] += patients;
  }
  void combine(const PairCounts& other);
  [[nodiscard]] RatioSums with(const ProportionSums& a, const ProportionSums& b) const;
  template <class Stream>
  void pass(Stream& stream) {
    for (std::uint64_t& one : counts_) stream.pass(one);
  }

 private:
  std::array<std::uint64_t, 16> counts_{};
};

// Of a mean under one strategy; x in the outcome's unit.
struct MeanSums {
  std::int64_t n = 0, too_short = 0;
  Int128 x = 0, xx = 0;

  void add(std::int64_t value) {
    if (value == no_number) {
      ++too_short;
      return;
    }
    ++n;
    x += value;
    xx += static_cast<Int128>(value) * value;
  }
  void add(const std::int64_t* values, std::size_t patients);  // at most 2^19 of them
  [[nodiscard]] bool empty() const { return n == 0 && too_short == 0; }
  void combine(const MeanSums& other);
  template <class Stream>
  void pass(Stream& stream) {
    stream.pass(n);
    stream.pass(too_short);
    stream.pass(x);
    stream.pass(xx);
  }
};

// Of a mean: patients that differ. A value is no_number where she is not counted, or in another group.
class PairMeans {
 public:
  void add(std::int64_t a, std::int64_t b);
  void combine(const PairMeans& other);
  void add(const std::int64_t* a, const std::int64_t* b, std::size_t patients);
  // The same patients, the other way round.
  [[nodiscard]] PairMeans swapped() const;
  [[nodiscard]] bool empty() const { return squares_ == 0 && only_a_.empty() && only_b_.empty(); }
  [[nodiscard]] RatioSums with(const MeanSums& a, const MeanSums& b) const;
  template <class Stream>
  void pass(Stream& stream) {
    only_a_.pass(stream);
    only_b_.pass(stream);
    stream.pass(squares_);
    stream.pass(higher_);
    stream.pass(lower_);
  }

 private:
  MeanSums only_a_, only_b_;  // counted under one only
  Int128 squares_ = 0;        // sum of (x_a - x_b)^2 of those counted under both
  std::uint64_t higher_ = 0, lower_ = 0;
};

struct RatioEstimate {
  double estimate = 0, variance = 0;  // NaN without patients
  double difference = 0, difference_variance = 0;
  double independent_variance = 0;  // of the difference, had the strategies not shared their patients
};

// The integers behind an estimate, before the one rounding: x over n, own over n^3, difference over n n_r, paired over
// n^3 n_r^3.
template <std::size_t Limbs>
struct Numerators {
  WideInteger<Limbs> x, own, own_r, difference, paired;
};
// n, n_r <= 2^40 and x^2 n < 2^127: no term exceeds 2^300.
[[nodiscard]] Numerators<6> numerators_of(const RatioSums& sums);
// `counts`: of these, only n, n_r and both are looked at.
template <std::size_t Limbs>
[[nodiscard]] RatioEstimate rounded(const Numerators<Limbs>& exact, const RatioSums& counts, Quantity quantity,
                                    double unit);

// `unit` in which x is counted, or 1. Of a mean, variances carry the factor m / (m - 1), m the number of patients
// counted under either strategy, as is usual for means; NaN if m = 1.
[[nodiscard]] RatioEstimate estimate_ratio(const RatioSums& sums, Quantity quantity, double unit);

}  // namespace sojourn::outcomes
