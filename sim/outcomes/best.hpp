// Which strategy is best on one number of one outcome, and which others cannot be told from it.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "outcomes/difference.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

// A number of an outcome, as a user names it.
struct WantedNumber {
  std::string outcome, measure, level;  // measure, level: empty: not said
  std::optional<double> time;           // [years]
};

// One of a plan's cells, over all patients.
struct NumberPlace {
  std::size_t item = 0, cell = 0;
  bool higher_is_better = true;  // not of what is lost, spent or suffered
};

// Throws InputError that says what there is instead: no such outcome or number, several, one in groups, or one of
// which there are no paired differences.
[[nodiscard]] NumberPlace place_of(const Compiled& plan, const WantedNumber& wanted);

struct Rival {
  std::size_t strategy = 0;  // in the plan's
  double difference = 0;     // the best less this one, or the other way round where lower is better; NaN: unknown
  Interval interval;
};

struct Best {
  std::size_t strategy = 0;
  std::vector<Rival> rivals;  // all others
};

// Nothing where the number is unknown under some strategy. `confidence`: of the intervals.
[[nodiscard]] std::optional<Best> best_of(const Compiled& plan, const Sums& sums, const NumberPlace& place,
                                          bool highest, const Confidence& confidence);

}  // namespace sojourn::outcomes
