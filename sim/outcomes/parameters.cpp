#include "outcomes/parameters.hpp"

#include "base/diagnostics.hpp"

namespace sojourn::outcomes {

std::vector<double> strategy_parameters(const model::Model& model, const model::Strategy& strategy,
                                        std::span<const double> base) {
  std::vector<double> values(base.begin(), base.end());
  if (strategy.parameters.empty()) return values;
  Diagnostics checked_before;
  const std::vector<double> of_model = model::parameter_values(model, nullptr, checked_before);
  const std::vector<double> of_strategy = model::parameter_values(model, &strategy, checked_before);
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (of_strategy[p] != of_model[p]) values[p] = of_strategy[p];
  }
  return values;
}

}  // namespace sojourn::outcomes
