// Present values at the start of a life (time 0), at a rate r a year. What is paid at t is worth D(t) of it; time from
// a to b is worth A(b) - A(a), A the integral of D:
//   continuous:  D = e^(-rho t), A = (1 - e^(-rho t)) / rho, rho = log(1 + r)
//   yearly:      D = (1 + r)^-n, n = floor(t);  A = D(0) + ... + D(n-1) + (t - n) D(n)
// A is rounded to the unit of time once, so that the pieces of a life add up exactly however it is cut; with r = 0 it
// is t. (Drummond et al., Methods for the Economic Evaluation of Health Care Programmes, 4th ed., ch. 4.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/elementary.hpp"
#include "model/worth.hpp"

namespace sojourn::outcomes {

// Of a number from 0 to 2^51, as a conversion to an integer and back makes it.
[[nodiscard]] inline double whole_part(double number) {
  const double nearest = (number + 0x1p52) - 0x1p52;
  return nearest > number ? nearest - 1 : nearest;
}

class Discount {
 public:
  // What time t is worth.
  struct Present {
    std::int64_t time = 0;  // A(t) [units of time]
    double factor = 1;      // D(t)
  };

  // rate: 0 to 1 a year; times up to `horizon` [years]; units of time in a year: a power of 2.
  Discount(double rate, model::Discounting::Method method, double horizon, double units_per_year);

  [[nodiscard]] Present at(double years) const {
    if (intensity_ == 0) return {rounded(years), 1.0};
    if (!years_.empty()) return at_yearly(years);
    const double lost = expm1(-intensity_ * years);
    return {static_cast<std::int64_t>(0.5 - lost * units_per_intensity_), 1.0 + lost};
  }
  // The same of many times, side by side; A in whole numbers.
  void at(const double* years, std::size_t count, double* times, double* factors) const;
  [[nodiscard]] bool same_as(const Discount& other) const {
    return intensity_ == other.intensity_ && years_.empty() == other.years_.empty();
  }

 private:
  struct Year {
    double before = 0, factor = 1;  // A [years] and D at its beginning
  };

  void continuous(const double* years, std::size_t count, double* times, double* factors) const;
  [[nodiscard]] Present at_yearly(double years) const;
  [[nodiscard]] std::int64_t rounded(double years) const {
    return static_cast<std::int64_t>(years * units_per_year_ + 0.5);
  }

  double intensity_;  // rho [1 / year]
  double units_per_year_;
  double units_per_intensity_ = 0;  // units_per_year / rho
  std::vector<Year> years_;         // of the yearly method
};

}  // namespace sojourn::outcomes
