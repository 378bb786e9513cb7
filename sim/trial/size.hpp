// How many patients a trial needs to reach a power. The test's z has a mean that grows with the square root of the
// number of patients n and a standard deviation near 1, so from mean m and deviation s over the replicates of size n
//   n' = n ((z_critical + s z_power)/m)^2
// and the power at n' is then simulated, from the same virtual patients cut into replicates of that size; where its 95%
// interval does not hold the power wanted, once more from there, four times at most. The error of n' is that of m and
// s.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trial/distribution.hpp"
#include "trial/each.hpp"
#include "trial/sample.hpp"

namespace sojourn::trial {

struct Size {
  std::vector<std::int64_t> patients;       // by arm; empty: none was found
  double lower = missing, upper = missing;  // 95% interval for their sum, of the simulation alone
  std::int64_t replicates = 0;              // those that lower and upper, and power, rest on
  std::int64_t events = 0;                  // of an analysis by events: so many are needed
  Share power;                              // simulated at this size; n = 0: too few patients were simulated for that
  std::string note;
};

// z: by replicate of the trial's own size.
[[nodiscard]] Size size_for_power(const model::Trial& trial, const Sample& sample, const std::vector<double>& z,
                                  const Each& each = one_by_one);

}  // namespace sojourn::trial
