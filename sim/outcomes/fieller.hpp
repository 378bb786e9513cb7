// The interval of a ratio y / x of two estimates with variances and a covariance: all r for which y - r x is within z
// of its errors of 0,  (y - r x)^2 <= z^2 (Vy - 2 r C + r^2 Vx). Where x is not told from 0 it has no two ends: it is
// all but an interval, or every number. Source: Fieller, J R Stat Soc B 1954;16:175-85.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace sojourn::outcomes {

struct RatioInterval {
  enum class Form : std::uint8_t { none, bounded, all_but, everything };  // none: an error is unknown, or all are 0
  Form form = Form::none;
  // Of bounded: its ends; of all_but: those of what lies outside; else NaN.
  double lower = std::numeric_limits<double>::quiet_NaN(), upper = lower;
};

[[nodiscard]] std::string_view words_of(RatioInterval::Form form);

[[nodiscard]] RatioInterval fieller(double y, double x, double variance_y, double variance_x, double covariance,
                                    double z);

}  // namespace sojourn::outcomes
