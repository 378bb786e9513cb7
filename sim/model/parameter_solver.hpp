// The values of all parameters when some are given others, many times over: the order is found once, and only what
// depends on the given ones is computed again. The same bits as parameter_values of a model with `--set`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace sojourn::model {

class ParameterSolver {
 public:
  // Of the model, or as a strategy (of the model) changes it: what the strategy sets itself stays so. `given`: no two
  // the same. The model's own values must be in order.
  ParameterSolver(const Model& model, const Strategy* strategy, std::span<const ParameterId> given);

  // `given`: a value for each. Reports what is out of its range or not finite; `under` completes the messages.
  [[nodiscard]] std::vector<double> solve(std::span<const double> given, const std::string& under,
                                          Diagnostics& problems) const;
  // By ParameterId: what may differ from the model's own values.
  [[nodiscard]] const std::vector<bool>& affected() const { return affected_; }
  // By position in `given`: parameters are computed from it, whose ranges solve() looks at.
  [[nodiscard]] std::vector<bool> given_to_others() const;

 private:
  const Model& model_;
  std::vector<ParameterId> given_;
  std::vector<double> base_;
  std::vector<bool> affected_;
  std::vector<std::pair<std::size_t, const Expression*>> computed_;  // in order
  std::vector<bool> set_by_strategy_;                                // by position in given
};

// What each parameter is under a strategy (none: of the model).
[[nodiscard]] std::vector<const Expression*> definitions(const Model& model, const Strategy* strategy);

// Reports a value that is out of the parameter's range or not finite.
void check_value(const Parameter& parameter, double value, const std::string& under, const std::string& hint,
                 Diagnostics& problems);

}  // namespace sojourn::model
