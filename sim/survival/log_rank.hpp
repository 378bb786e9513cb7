// The log-rank test and its relatives with weights w = S(t-)^rho, S the Kaplan-Meier curve of all groups together (rho
// = 0: log-rank; rho = 1: the test of Peto and Peto): at each time with d events among n at risk, n_g of them in group
// g,
//   O_g = sum w d_g,  E_g = sum w d n_g/n,  V_gh = sum w^2 d (n - d)/(n - 1) n_g/n (delta_gh - n_h/n)
// added over strata, each with its own S. Chi-squared is (O - E)' V^- (O - E) over all groups but one, as R's survdiff
// has it. D. P. Harrington and T. R. Fleming, Biometrika 69, 1982.
#pragma once

#include <span>
#include <vector>

#include "survival/chi_squared_test.hpp"
#include "survival/risk_table.hpp"

namespace sojourn::survival {

struct LogRank {
  std::vector<double> observed, expected;  // by group, weighted
  std::vector<double> variance;            // of observed - expected; row by row
  ChiSquared test;

  // Two groups: (E_1 - O_1)/sqrt(V_11), above 0 where group 1 has fewer events than expected. 0 where nothing can be
  // said.
  [[nodiscard]] double z() const;
};

// Causes are not told apart.
[[nodiscard]] LogRank log_rank(std::span<const Row> rows, int groups, double rho = 0);  // by the strata of the rows
[[nodiscard]] LogRank log_rank(const RiskTable& table, double rho = 0);                 // one stratum
[[nodiscard]] LogRank log_rank(std::span<const RiskTable> strata, double rho = 0);

}  // namespace sojourn::survival
