#include "outcomes/joint.hpp"

#include <algorithm>
#include <bit>

namespace sojourn::outcomes {

namespace {

using Wide = WideInteger<10>;
using Exact = Numerators<10>;

// Of the sum of both products: twice c e.
Wide products(const WideInteger<6>& cost, const WideInteger<6>& effect, const WideInteger<6>& less) {
  return Wide(cost) + Wide(effect) - Wide(less);
}

// Of b e - a c.
Exact combined(const JointSums& sums, Int128 a, Int128 b) {
  const Numerators<6> cost = numerators_of(sums.cost), effect = numerators_of(sums.effect);
  const Numerators<6> less = numerators_of(sums.effect_less_cost);
  const auto linear = [&](const WideInteger<6>& c, const WideInteger<6>& e) {
    return Wide(b) * Wide(e) - Wide(a) * Wide(c);
  };
  const auto square = [&](const WideInteger<6>& c, const WideInteger<6>& e, const WideInteger<6>& l) {
    return Wide(b) * b * Wide(e) + Wide(a) * a * Wide(c) - Wide(a) * b * products(c, e, l);
  };
  return {linear(cost.x, effect.x), square(cost.own, effect.own, less.own),
          square(cost.own_r, effect.own_r, less.own_r), linear(cost.difference, effect.difference),
          square(cost.paired, effect.paired, less.paired)};
}

// A positive number as an integer below 2^53 times a power of two.
struct Binary {
  Int128 integer = 0;
  int exponent = 0;
};
Binary binary(double positive) {
  const auto bits = std::bit_cast<std::uint64_t>(positive);
  constexpr std::uint64_t leading = std::uint64_t{1} << 52;
  return {static_cast<Int128>((bits & (leading - 1)) | leading), static_cast<int>(bits >> 52) - 1075};
}

int bits_at(const Item& item, std::int32_t place) {
  const auto is_it = [place](const Cell& cell) { return cell.place == place && cell.threshold == 0; };
  return std::find_if(item.cells.begin(), item.cells.end(), is_it)->fraction_bits;
}

}  // namespace

JointEstimate estimate_joint(const JointSums& sums) {
  JointEstimate made;
  const Numerators<6> cost = numerators_of(sums.cost), effect = numerators_of(sums.effect);
  const Numerators<6> less = numerators_of(sums.effect_less_cost);
  made.cost = rounded(cost, sums.cost, Quantity::mean, binary_power(-sums.cost_bits));
  made.effect = rounded(effect, sums.effect, Quantity::mean, binary_power(-sums.effect_bits));
  const Exact twice{Wide(0), products(cost.own, effect.own, less.own), products(cost.own_r, effect.own_r, less.own_r),
                    Wide(0), products(cost.paired, effect.paired, less.paired)};
  const RatioEstimate of_both = rounded(twice, sums.cost, Quantity::mean, 1);
  const double unit = binary_power(-sums.cost_bits - sums.effect_bits - 1);
  made.covariance = of_both.variance * unit;
  made.difference_covariance = of_both.difference_variance * unit;
  return made;
}

// k e - c in a common unit 2^q: with k = m 2^p it is (m 2^(p - effect_bits - q)) e - 2^(-cost_bits - q) c, both factors
// integers below 2^106.
RatioEstimate estimate_net_benefit(const JointSums& sums, double threshold) {
  const Binary k = binary(threshold);
  const int effect_unit = k.exponent - sums.effect_bits, cost_unit = -sums.cost_bits;
  const int unit = std::min(effect_unit, cost_unit);
  const Int128 a = Int128{1} << (cost_unit - unit), b = k.integer << (effect_unit - unit);
  return rounded(combined(sums, a, b), sums.cost, Quantity::mean, binary_power(unit));
}

JointSums joint_sums(const Item& item, std::int32_t place, const Sums& sums, std::size_t group, std::size_t strategy,
                     std::size_t against) {
  const auto of = [&](std::int32_t one) {
    return sums.mean_sums(item, group, static_cast<std::size_t>(one), strategy, against);
  };
  return {of(place), of(place + 1), of(place + 2), bits_at(item, place), bits_at(item, place + 1)};
}

}  // namespace sojourn::outcomes
