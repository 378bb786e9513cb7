#include <cstdio>

#include "analysis/experiment.hpp"
#include "analysis/summary.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"

namespace sojourn::command {

void check(const CheckOptions& options) {
  const ModelInput input = load_model(options.model);
  const analysis::Experiment experiment = analysis::prepare(input.model, {});  // every strategy can be lowered
  std::printf("%s: no problems found\n%s", options.model.model.c_str(), analysis::summary(experiment).c_str());
}

}  // namespace sojourn::command
