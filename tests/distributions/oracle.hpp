// The exact cumulative hazard of a case, from its defining formula in 50-digit arithmetic, rounded at the end.
#pragma once

#include "cases.hpp"

namespace sojourn::test {

// Whether the family's formula is known here; atoms have none.
[[nodiscard]] bool has_oracle(const Case& one);
// H(t1) - H(t0) - e
[[nodiscard]] double exact_residual(const Case& one, double t0, double t1, double e);
// got / (H(t1) - H(t0)) - 1
[[nodiscard]] double relative_error_of(const Case& one, double t0, double t1, double got);
// dH/dt at t by a symmetric difference over 2e-12 t
[[nodiscard]] double exact_hazard(const Case& one, double t);

}  // namespace sojourn::test
