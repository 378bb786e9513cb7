// A wanted precision, as it is asked for on the command line, and how far results are from it:
//   rmst(os, 5 years) se < 0.005 years       every group and strategy, the worst of them counts
//   survival(os, 12 months) difference se < 0.002
//   costs se < 500
// MEASURE(OUTCOME, TIME or LEVEL) or OUTCOME alone; MEASURE is what the rows of results call it (rmst:
// restricted_mean). The error is the Monte Carlo standard error of the estimate, or of the difference to the reference
// strategy. Where there is none because no two patients differ, half the interval's width divided by 1.96 stands for
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "outcomes/results.hpp"

namespace sojourn::outcomes {

class Precision {
 public:
  // Throws InputError that says how it is written.
  explicit Precision(std::string_view text);

  // Throws InputError (with the nearest name) if no row is meant, the rows have several units, or the unit is another.
  void check(const Results& results) const;
  // Where error / wanted error is largest; infinite where a row has neither error nor interval (yet).
  struct Worst {
    double excess = 0;
    std::string where;  // os at 12 months under hsct_all
  };
  [[nodiscard]] Worst worst(const Results& results) const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] bool means(const Row& row) const;
  [[nodiscard]] bool at_place(const Row& row) const;
  [[nodiscard]] double error(const Row& row) const;
  [[noreturn]] void refuse(const std::string& why) const;
  void read_what(std::string_view what);
  void read_limit(std::string_view limit);

  std::string text_, outcome_, measure_, level_;  // empty: not said
  std::optional<double> time_;                    // [years]
  bool difference_ = false;
  double most_ = 0;  // in the rows' unit
  std::string unit_;
};

}  // namespace sojourn::outcomes
