// What is computed from each replicate, and what it comes to in one.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "trial/replicate.hpp"

namespace sojourn::trial {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Measure {
  enum class Kind : std::uint8_t {
    survival,             // Kaplan-Meier at `time`, log-log interval
    restricted_mean,      // up to `time`
    survival_difference,  // second arm less first, normal intervals
    restricted_mean_difference,
    log_hazard_ratio,  // second arm to first, Cox
    test_statistic,    // z of the test; above 0: the second arm is better
    enrolled,          // patients in the analysis
    events,            // by the analysis
    lost,              // drop-outs before it
    analysis,          // when it is [years] since the trial began
  };
  Kind kind = Kind::survival;
  int arm = -1;     // of one arm; else of both
  double time = 0;  // [years] since entry
};

[[nodiscard]] std::string_view name_of(Measure::Kind kind);
[[nodiscard]] bool has_truth(Measure::Kind kind);

// NaN where the replicate cannot say: nobody is at risk any more, no events.
struct Value {
  double estimate = missing, error = missing, lower = missing, upper = missing;
};

[[nodiscard]] std::vector<Measure> measures_of(const model::Trial& trial);
[[nodiscard]] std::vector<Value> analyse(const model::Trial& trial, const std::vector<Measure>& measures,
                                         const Replicate& replicate);

// z of the trial's test alone.
[[nodiscard]] double test_statistic(const model::Trial& trial, const Replicate& replicate);
// The size of z from which on it rejects.
[[nodiscard]] double critical_value(const model::Trial& trial);
[[nodiscard]] bool rejects(const model::Trial& trial, double z);

}  // namespace sojourn::trial
