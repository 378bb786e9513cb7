// Hazards of the batched engine that need one life at a time: several components, and factors that change on clocks of
// their own. By the reference engine's formulas, from a life's record.
#pragma once

#include <vector>

#include "engine/batch_layout.hpp"
#include "engine/hazard.hpp"

namespace sojourn::engine {

class BatchSegments {
 public:
  BatchSegments(const program::Program& program, const BatchLayout& layout);

  // H(b) - H(a) of the declaration, with all factors.
  [[nodiscard]] double cumulative(const double* life, std::size_t declaration, double a, double b);
  // The first t >= a at which e has accumulated; `never` if that is beyond the horizon.
  [[nodiscard]] double time(const double* life, std::size_t declaration, double a, double e);

 private:
  [[nodiscard]] RunningHazard hazard(const double* life, std::size_t declaration);

  const program::Program& program_;
  const BatchLayout& layout_;
  std::vector<Running> running_;
  std::vector<RunningSteps> steps_;
  std::vector<double> weights_;
};

}  // namespace sojourn::engine
