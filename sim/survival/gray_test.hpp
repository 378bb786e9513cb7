// Gray's test that groups have the same cumulative incidence of a cause where others compete (R. J. Gray, Ann. Statist.
// 16, 1988, rho = 0). With Y_g at risk and S_g the group's Kaplan-Meier curve of leaving by any cause, h_g =
// Y_g/S_g(t-), h their sum, R_g = h_g (1 - F_g(t-)), the score of a group is
//   z_g = sum (d_g - d R_g/sum of R),   d events of the cause,
// and F0 += d/h the incidence in all. Its variance is that of the paper's section 4, with the correction for ties of
// R's cmprsk, whose results these are.
#pragma once

#include <vector>

#include "survival/chi_squared_test.hpp"
#include "survival/risk_table.hpp"

namespace sojourn::survival {

struct GrayTest {
  std::vector<double> score;     // by group: events of the cause less those expected
  std::vector<double> variance;  // row by row
  ChiSquared test;
};

[[nodiscard]] GrayTest gray_test(const RiskTable& table, int cause);

}  // namespace sojourn::survival
