// What many lives are worth: a column an account, a place in it a life.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::outcomes {

struct AmountColumns {
  std::vector<std::vector<std::int64_t>> plain, discounted;

  void reset(std::size_t accounts, std::size_t lives) {
    for (auto* columns : {&plain, &discounted}) {
      columns->resize(accounts);
      for (auto& column : *columns) column.assign(lives, 0);
    }
  }
};

struct WorthColumns {
  AmountColumns costs;                // by cost [2^-12 currency]
  AmountColumns qalys, life_years;    // by region [units of time]
  std::vector<std::uint8_t> known;    // by life: the life was asked for, and is followed until the end
  std::vector<std::int64_t> patient;  // by life: her number
  std::vector<double> until;          // [years]

  // Nothing is known.
  void reset(std::size_t costs_asked, std::size_t regions, std::size_t lives) {
    costs.reset(costs_asked, lives);
    qalys.reset(regions, lives);
    life_years.reset(regions, lives);
    known.assign(lives, 0);
    patient.resize(lives);
    until.resize(lives);
  }
};

}  // namespace sojourn::outcomes
