// When it is looked at which strategy is best, and how sure must be what is then said (methods.md, section 11).
// Looks are at n, 2 n, 4 n ... patients, n those that every scenario has. By look k the share k / (k + 1) of the error
// rate may be spent, whatever the largest number of patients: so that it can be raised when looks have been made. The
// rate is divided among the pairs of the best strategy with the S - 1 others (Bonferroni); over the looks of one pair
// it is spent exactly (outcomes/sequential.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "outcomes/interval.hpp"
#include "sweep/resolve_file.hpp"

namespace sojourn::sweep {

struct Look {
  std::int64_t patients = 0;  // a strategy
  outcomes::Confidence confidence;
};

[[nodiscard]] std::vector<Look> looks_of(const Resolve& wanted, std::int64_t patients, std::size_t strategies);

}  // namespace sojourn::sweep
