#include <cmath>
#include <stdexcept>

#include "distributions/families.hpp"
#include "distributions/tables.hpp"

namespace sojourn::distributions {

namespace {

void add_breaks(std::vector<double>& table, std::span<const double> breaks) {
  if (breaks.empty() || breaks[0] != -infinity) throw std::invalid_argument("the first break is not -infinity");
  for (std::size_t i = 1; i < breaks.size(); ++i) {
    if (!(breaks[i] > breaks[i - 1]) || breaks[i] == infinity) throw std::invalid_argument("the breaks do not rise");
  }
  table.insert(table.end(), breaks.begin(), breaks.end());
  table.push_back(infinity);
}

}  // namespace

std::vector<double> lexis_table(std::span<const double> ages, std::span<const double> years,
                                std::span<const double> rates) {
  if (rates.size() != ages.size() * years.size()) throw std::invalid_argument("a rate for each square is needed");
  std::vector<double> table;
  add_breaks(table, ages);
  add_breaks(table, years);
  for (const double rate : rates) {
    if (!(rate >= 0) || !std::isfinite(rate)) throw std::invalid_argument("a rate is not a number >= 0");
    table.push_back(rate);
  }
  return table;
}

Law lexis_law(std::span<const double> table, std::size_t ages, std::size_t years) {
  Law law = law_of(0.0, 0.0, static_cast<double>(ages), static_cast<double>(years));
  law.family = index_of<Lexis>;
  law.table = table;
  return law;
}

std::optional<ByCalendar> by_calendar(const Law& law) {
  if (law.family == index_of<Exponential> || law.family == index_of<Never>) return ByCalendar{law, {}, false};
  if (law.family == index_of<Uniform>) return ByCalendar{law, {}, true};
  if (law.family != index_of<PiecewiseExponential>) return std::nullopt;
  const std::size_t n = law.table.size() / 4;
  std::vector<double> years{-infinity}, rates{0};
  years.insert(years.end(), law.table.begin(), law.table.begin() + static_cast<std::ptrdiff_t>(n));
  rates.insert(rates.end(), law.table.begin() + static_cast<std::ptrdiff_t>(n),
               law.table.begin() + static_cast<std::ptrdiff_t>(2 * n));
  return ByCalendar{lexis_law({}, 1, n + 1), lexis_table(std::array{-infinity}, years, rates), true};
}

Law placed(const Law& law, double age, double year) {
  Law made = law;
  if (law.family == index_of<Lexis>) {
    made.c[0] = age;
    made.c[1] = year;
  } else {
    made.c[0] = law.c[0] - year;
    made.c[1] = law.c[1] - year;
  }
  return made;
}

}  // namespace sojourn::distributions
