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

// At the very start nothing is lost; a zero is an edge case of expm1, which would hold up its neighbours.
void Discount::continuous(const double* years, std::size_t count, double* times, double* factors) const {
  constexpr std::size_t lanes = 4;
  const std::size_t together = count / lanes * lanes;
  wide([=, intensity = intensity_, units_per_intensity = units_per_intensity_] {
    for (std::size_t i = 0; i < together; ++i) factors[i] = years[i] == 0 ? -1.0 : -intensity * years[i];
    for (std::size_t i = 0; i < together; i += lanes) {
      const auto lost = expm1(Pack<lanes>::make([&](std::size_t k) { return factors[i + k]; }));
      for (std::size_t k = 0; k < lanes; ++k) factors[i + k] = lost.at[k];
    }
    for (std::size_t i = 0; i < together; ++i) {
      const double lost = years[i] == 0 ? 0.0 : factors[i];
      times[i] = whole_part(0.5 - lost * units_per_intensity);
      factors[i] = 1.0 + lost;
    }
  });
  for (std::size_t i = together; i < count; ++i) {
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
