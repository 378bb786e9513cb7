#include "outcomes/discount.hpp"

#include <algorithm>

#include "base/wide.hpp"

namespace sojourn::outcomes {

Discount::Discount(double rate, model::Discounting::Method method, double horizon, double units_per_year)
    : intensity_(rate == 0 ? 0.0 : log1p(rate)), units_per_year_(units_per_year) {
  if (rate == 0) return;
  units_per_intensity_ = units_per_year_ / intensity_;
  if (method == model::Discounting::Method::continuous) return;
  Year year;
  while (static_cast<double>(years_.size()) <= horizon) {
    years_.push_back(year);
    year = {year.before + year.factor, year.factor / (1.0 + rate)};
  }
}

void Discount::at(const double* years, std::size_t count, double* times, double* factors) const {
  if (intensity_ == 0) {
    for (std::size_t i = 0; i < count; ++i) times[i] = whole_part(years[i] * units_per_year_ + 0.5);
    std::fill_n(factors, count, 1.0);
  } else if (!years_.empty()) {
    for (std::size_t i = 0; i < count; ++i) {
      const Present present = at_yearly(years[i]);
      times[i] = static_cast<double>(present.time);
      factors[i] = present.factor;
    }
  } else {
    continuous(years, count, times, factors);
  }
}

void Discount::continuous(const double* years, std::size_t count, double* times, double* factors) const {
  constexpr std::size_t lanes = 4;
  wide([=, this] {
    for (std::size_t i = 0; i + lanes <= count; i += lanes) {
      const auto now = Pack<lanes>::make([&](std::size_t k) { return years[i + k]; });
      // at the very start nothing is lost; a zero is an edge case of expm1
      const auto at_start = now == Pack<lanes>(0.0);
      const auto lost =
          select(at_start, Pack<lanes>(0.0), expm1(-intensity_ * select(at_start, Pack<lanes>(1.0), now)));
      for (std::size_t k = 0; k < lanes; ++k) {
        times[i + k] = whole_part(0.5 - lost.at[k] * units_per_intensity_);
        factors[i + k] = 1.0 + lost.at[k];
      }
    }
  });
  for (std::size_t i = count / lanes * lanes; i < count; ++i) {
    const Present present = at(years[i]);
    times[i] = static_cast<double>(present.time);
    factors[i] = present.factor;
  }
}

Discount::Present Discount::at_yearly(double years) const {
  const std::size_t whole = std::min(static_cast<std::size_t>(years), years_.size() - 1);
  const Year& year = years_[whole];
  return {rounded(year.before + (years - static_cast<double>(whole)) * year.factor), year.factor};
}

}  // namespace sojourn::outcomes
