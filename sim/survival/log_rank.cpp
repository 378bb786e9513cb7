#include "survival/log_rank.hpp"

#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"

namespace sojourn::survival {

namespace {

double weight(double survival, double rho) {
  if (rho == 0) return 1;
  if (rho == 1) return survival;
  return sojourn::exp(rho * sojourn::log(survival));
}

void add_stratum(const RiskTable& table, double rho, LogRank& sums) {
  const auto groups = static_cast<std::size_t>(table.groups());
  double survival = 1;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const auto d = static_cast<double>(table.events(k)), n = static_cast<double>(table.at_risk(k));
    if (d == 0) continue;
    const double w = weight(survival, rho);
    survival *= (n - d) / n;
    const double spread = n > 1 ? w * w * d * (n - d) / (n - 1) : 0;
    for (std::size_t g = 0; g < groups; ++g) {
      const auto group = static_cast<int>(g);
      const double share = static_cast<double>(table.at_risk(k, group)) / n;
      sums.observed[g] += w * static_cast<double>(table.events(k, group));
      sums.expected[g] += w * d * share;
      for (std::size_t h = 0; h < groups; ++h) {
        const double other = static_cast<double>(table.at_risk(k, static_cast<int>(h))) / n;
        sums.variance[g * groups + h] += spread * share * ((g == h ? 1 : 0) - other);
      }
    }
  }
}

}  // namespace

double LogRank::z() const {
  return variance.size() == 4 && variance[3] > 0 ? (expected[1] - observed[1]) / std::sqrt(variance[3]) : 0;
}

LogRank log_rank(std::span<const RiskTable> strata, double rho) {
  LogRank result;
  if (strata.empty()) return result;
  const auto groups = static_cast<std::size_t>(strata.front().groups());
  result.observed.assign(groups, 0);
  result.expected.assign(groups, 0);
  result.variance.assign(groups * groups, 0);
  for (const RiskTable& table : strata) add_stratum(table, rho, result);
  std::vector<double> away;
  for (std::size_t g = 0; g < groups; ++g) away.push_back(result.observed[g] - result.expected[g]);
  result.test = chi_squared_test(away, result.variance);
  return result;
}

LogRank log_rank(const RiskTable& table, double rho) {
  return log_rank(std::span(&table, 1), rho);
}

LogRank log_rank(std::span<const Row> rows, int groups, double rho) {
  std::int32_t strata = 0;
  for (const Row& row : rows) strata = std::max(strata, row.stratum + 1);
  std::vector<std::vector<Row>> parts(static_cast<std::size_t>(strata));
  for (const Row& row : rows) parts[static_cast<std::size_t>(row.stratum)].push_back(row);
  std::vector<RiskTable> tables;
  for (const auto& part : parts) tables.emplace_back(part, groups);
  return log_rank(tables, rho);
}

}  // namespace sojourn::survival
