// How many patients are in each state at the times of a grid: every so many units, from 0 up to the horizon. A
// patient is in a state from its entry on until just before its exit, at the horizon in the state of her last stay.
// Sums are counts; a stay costs two additions, whatever the grid.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.hpp"
#include "history/block.hpp"

namespace sojourn::exports {

struct Step {  // of the grid: t_i = (i x count) units, rounded as the model rounds a time so written
  double count = 1;
  TimeUnit unit = TimeUnit::month;
};

class StateCounts {
 public:
  StateCounts(std::size_t groups, std::size_t states, double horizon, Step step);  // horizon [years]

  void add(const history::PatientHistory& life, std::size_t group);

  [[nodiscard]] const std::vector<double>& times() const { return times_; }  // [years]
  [[nodiscard]] std::int64_t patients(std::size_t group) const { return patients_[group]; }
  // By time.
  [[nodiscard]] std::vector<std::int64_t> counts(std::size_t group, std::size_t state) const;

 private:
  [[nodiscard]] std::size_t first_at_or_after(double time) const;  // index of a time; times().size() if there is none

  std::size_t states_;
  double step_;  // [years]
  std::vector<double> times_;
  std::vector<std::int64_t> patients_, steps_;  // steps_: by group, state, time: entries - exits since the time before
};

}  // namespace sojourn::exports
