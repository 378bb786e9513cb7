// Curves under censoring: Kaplan-Meier, and Aalen-Johansen where something competes, on the bins of a Grid. Within a
// bin events come before censorings (as in survfit at equal times). The opposite convention gives a bound on what the
// bins hide: the curve from exact times lies between the two.
// With d1, d2 events and c censorings among n at risk: S_i = S_{i-1} (1 - (d1 + d2)/n), F_i = F_{i-1} + S_{i-1} d1/n.
// Variances: the delta method on the multinomial (d1, d2) of each bin; for S it is Greenwood's. Patients censored or at
// risk at the same time are the same under all strategies, but this estimator's differences do not use it (unpaired).
#pragma once

#include <cstdint>
#include <vector>

#include "outcomes/grid.hpp"
#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

class CurveCounts {
 public:
  explicit CurveCounts(std::size_t bins) : bins_(bins) {}
  void add(const Grid& grid, const CurveEnd& end);
  void combine(const CurveCounts& other);
  [[nodiscard]] std::int64_t patients() const { return static_cast<std::int64_t>(patients_); }
  template <class Stream>
  void pass(Stream& stream) {
    stream.pass(patients_);
    for (Bin& bin : bins_) {
      stream.pass(bin.events);
      stream.pass(bin.competing);
      stream.pass(bin.censored);
      stream.pass(bin.lag);
    }
  }
  friend bool operator==(const CurveCounts&, const CurveCounts&) = default;
  friend class Curve;

 private:
  struct Bin {
    std::uint64_t events = 0, competing = 0, censored = 0;
    std::uint64_t lag = 0;  // sum over events of the time to the end of the bin
    friend bool operator==(const Bin&, const Bin&) = default;
  };
  std::uint64_t patients_ = 0;
  std::vector<Bin> bins_;
};

struct CurveValue {
  double value = 0, variance = 0;
  double low = 0, high = 0;  // bounds on the value from exact times
  std::uint64_t patients = 0;
  std::uint64_t at_risk = 0;  // before the bin that ends at the time
  std::uint64_t events = 0;   // of the target, by the time
  bool reached = false;       // somebody is followed that far, or nobody is left to whom it could happen
};

class Curve {
 public:
  Curve(const Grid& grid, const CurveCounts& counts);
  [[nodiscard]] CurveValue read(Functional functional, double time) const;

  // Share without the target event (1 - F) at the end of each bin, its standard error, and those at risk before it.
  struct Point {
    double free = 1, se = 0;
    std::uint64_t at_risk = 0;
  };
  [[nodiscard]] std::vector<Point> free_of_event() const;

 private:
  struct Step {
    double hazard1 = 0, hazard2 = 0;  // d1/n, d2/n
    double survival = 1;              // at the end of the bin
    double incidence = 0;
    double survival_low = 1;  // censorings before events
    double incidence_low = 0, incidence_high = 0;
    double mean_time = 0;  // of the bin's target events [years]
    std::uint64_t at_risk = 0;
  };
  [[nodiscard]] double integral(double Step::*curve, std::size_t last, double until) const;
  [[nodiscard]] double survival_integral(double Step::*curve, std::size_t last, double until) const;
  [[nodiscard]] double variance(std::size_t last, bool integrated, double until) const;
  void add_bin(std::size_t b, std::uint64_t at_risk);

  const Grid* grid_;
  const CurveCounts* counts_;
  std::vector<Step> steps_;
};

}  // namespace sojourn::outcomes
