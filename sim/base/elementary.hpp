// Elementary functions of our own: exp, expm1, log, log1p, pow, logistic, logit. glibc picks fused or plain code at run
// time and its last bits differ between machines; these use + - * / and bit casts only, so they do not, and they are
// templates over the lane type, branch-free but for a check that no lane is an edge case. Largest errors found against
// 50-digit arithmetic (tests/base), in ulp: exp 0.52, expm1 1.05, log 0.52, log1p 0.9, pow 0.52 (also for large
// exponents), logistic 1.9, logit 1.8; 0.76 where exp and pow are subnormal. NaN gives NaN, except pow(x, 0) = 1.
#pragma once

#include "base/elementary_exp.hpp"
#include "base/elementary_log.hpp"
#include "base/elementary_pow.hpp"

namespace sojourn {

// 1 / (1 + e^-x)
template <Lane L>
[[nodiscard]] inline L logistic(const L& x) {
  const L small = exp(-magnitude(x));
  return select(x >= 0.0, L(1.0), small) / (1.0 + small);
}

// log(p / (1 - p)), accurate near 1/2
template <Lane L>
[[nodiscard]] inline L logit(const L& p) {
  const L rest = 1.0 - p;
  const auto middle = both(p > 0.25, p < 0.6);
  const L result = log_of_sum(select(middle, L(1.0), p / rest), select(middle, ((p + p) - 1.0) / rest, L(0.0)));
  return select(p == 1.0, L(infinity), result);
}

}  // namespace sojourn
