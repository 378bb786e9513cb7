// Which scenarios give the figures, and which do not: counted, and told in words.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sweep/scenarios.hpp"
#include "sweep/solution.hpp"

namespace sojourn::sweep {

class FigureTally {
 public:
  void note(std::size_t scenario, const Solution& found);  // again: no harm
  void fail(std::size_t scenario);                         // it has failed, whatever its figures are

  [[nodiscard]] bool any() const { return !standings_.empty(); }
  // "37 of 240 scenarios do not give all 8 figures wanted under `as_observed`, ...": for the terminal, the collected
  // file and its page.
  [[nodiscard]] std::string sentence(const Recalibration& wanted) const;
  // A line for each of the scenarios that miss a figure.
  [[nodiscard]] std::vector<std::string> lines(const Scenarios& scenarios) const;

 private:
  struct Far {  // the figure that is furthest out, and what it came to
    std::size_t figure = 0, missed = 0;
    Reached reached;
  };
  std::map<std::size_t, Standing> standings_;  // by scenario
  std::map<std::size_t, Far> missed_;
  std::set<std::size_t> failed_;
  bool solved_ = false;
};

// "efs.1_year 0.712 (standard error 0.003), wanted 0.755 within 0.023"
[[nodiscard]] std::string words_of(const Figure& figure, const Reached& reached);

}  // namespace sojourn::sweep
