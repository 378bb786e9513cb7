#include <cmath>
#include <stdexcept>

#include "distributions/tables.hpp"

namespace sojourn::distributions {

namespace {

void check_table(std::span<const double> breaks, std::span<const double> rates) {
  if (breaks.empty() || breaks.size() != rates.size())
    throw std::invalid_argument("as many breaks as rates are needed");
  if (breaks[0] != 0) throw std::invalid_argument("the first break is not 0");
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (!(rates[i] >= 0) || !std::isfinite(rates[i])) throw std::invalid_argument("a rate is not a number >= 0");
    if (!std::isfinite(breaks[i]) || (i > 0 && !(breaks[i] > breaks[i - 1]))) {
      throw std::invalid_argument("the breaks do not rise");
    }
  }
}

// a b as head + tail, exact (T. J. Dekker, 1971)
void exact_product(double a, double b, double& head, double& tail) {
  const auto upper = [](double x) {
    const double scaled = x * 0x1.0000002p27;
    return scaled - (scaled - x);
  };
  const double a_high = upper(a), b_high = upper(b), a_low = a - a_high, b_low = b - b_high;
  head = a * b;
  tail = ((a_high * b_high - head) + a_high * b_low + a_low * b_high) + a_low * b_low;
}

}  // namespace

std::vector<double> piecewise_table(std::span<const double> breaks, std::span<const double> rates) {
  check_table(breaks, rates);
  const std::size_t n = breaks.size();
  std::vector<double> table(4 * n, 0.0);
  double head = 0, tail = 0;
  for (std::size_t i = 0; i < n; ++i) {
    table[i] = breaks[i];
    table[n + i] = rates[i];
    table[2 * n + i] = head;
    table[3 * n + i] = tail;
    if (i + 1 == n) break;
    double step = 0, step_tail = 0;
    exact_product(rates[i], breaks[i + 1] - breaks[i], step, step_tail);
    const double sum = head + step;
    const double shifted = sum - head;
    tail += ((head - (sum - shifted)) + (step - shifted)) + step_tail;
    head = sum + tail;
    tail -= head - sum;
  }
  return table;
}

}  // namespace sojourn::distributions
