#include "outcomes/discount.hpp"

#include <algorithm>

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

Discount::Present Discount::at_yearly(double years) const {
  const std::size_t whole = std::min(static_cast<std::size_t>(years), years_.size() - 1);
  const Year& year = years_[whole];
  return {rounded(year.before + (years - static_cast<double>(whole)) * year.factor), year.factor};
}

}  // namespace sojourn::outcomes
