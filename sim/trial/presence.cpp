#include "trial/presence.hpp"

#include "base/uniform.hpp"

namespace sojourn::trial {

namespace {

// By inversion of the share of patients that have come in by a time.
double entry(const model::Accrual& accrual, double u) {
  double all = 0, begin = 0;
  for (std::size_t i = 0; i < accrual.until.size(); ++i) {
    all += accrual.rates[i] * (accrual.until[i] - begin);
    begin = accrual.until[i];
  }
  double left = u * all;
  begin = 0;
  for (std::size_t i = 0; i < accrual.until.size(); ++i) {
    const double here = accrual.rates[i] * (accrual.until[i] - begin);
    if (left < here) return begin + left / accrual.rates[i];
    left -= here;
    begin = accrual.until[i];
  }
  return begin;
}

}  // namespace

Presence presence(const Item& item, std::uint32_t seed, std::int64_t patient) {
  const TwoUniforms u = uniforms({seed, 0}, {static_cast<std::uint64_t>(patient), 0, item.draw_hash, 0});
  const double never = outcomes::never;
  return {entry(item.trial.accrual, u.first),
          item.dropout ? distributions::time_of(*item.dropout, unit_exponential(u.second)) : never};
}

}  // namespace sojourn::trial
