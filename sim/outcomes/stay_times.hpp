// Times that the lives of a block spend in states between an origin and an end: one pass over the stays for all states
// that some outcome asks about. Both ends of every stay are rounded to the unit once, so that the times in all states
// add up exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "outcomes/life.hpp"

namespace sojourn::outcomes {

struct Lives;

// What is asked: from an origin until so long after it, or until the horizon.
struct StayTimesQuery {
  std::int32_t origin = 0;                 // of the queries
  std::optional<double> until;             // [years]
  double scale = 0;                        // units of time a year
  std::vector<std::uint32_t> column = {};  // by state; 0: nobody asks
  std::uint32_t columns = 1;

  // Where the states of a set are found, of those that somebody asks about from now on.
  [[nodiscard]] std::vector<std::uint32_t> columns_of(const Watch& watch);
};

class StayTimes {
 public:
  // `origins`: by life [years]; `never`: none.
  void fill(const StayTimesQuery& query, const Lives& lives, const std::vector<double>& origins);

  [[nodiscard]] std::size_t lives() const { return lives_; }
  // By life [units].
  [[nodiscard]] const std::int64_t* column(std::uint32_t number) const { return times_.data() + number * lives_; }
  // By life: whether she is followed until the end.
  [[nodiscard]] const std::uint8_t* followed() const { return followed_.data(); }

 private:
  std::size_t lives_ = 0;
  std::vector<std::int64_t> times_;
  std::vector<std::uint8_t> followed_;
};

}  // namespace sojourn::outcomes
