#include <cstdio>

#include "analysis/experiment.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"
#include "model/words.hpp"

namespace sojourn::command {

void check(const CheckOptions& options) {
  const ModelInput input = load_model(options.model);
  const analysis::Experiment experiment = analysis::prepare(input.model, {});  // every strategy can be lowered
  std::printf("%s: no problems found\n%s", options.model.model.c_str(),
              options.explain ? model::explain(experiment.model).c_str() : model::summary(experiment.model).c_str());
}

}  // namespace sojourn::command
