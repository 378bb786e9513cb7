#include "engine/trace.hpp"

#include <iostream>

#include "analysis/experiment.hpp"
#include "base/error.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"

namespace sojourn::command {

void trace(const TraceOptions& options) {
  const ModelInput input = load_model(options.model);
  analysis::Selection selection;
  selection.seed = input.input.seed;
  selection.replicate = input.input.replicate;
  const std::string reference = input.model.strategies[input.model.reference_strategy().index()].name;
  selection.strategies = {options.strategy.empty() ? reference : options.strategy};
  const analysis::Experiment experiment = analysis::prepare(input.model, selection);
  engine::trace(experiment.programs.front(), options.patient, std::cout);
  std::cout.flush();
  if (!std::cout) throw RunError("standard output: cannot be written");
}

}  // namespace sojourn::command
