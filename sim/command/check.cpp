#include <cstdio>

#include "analysis/experiment.hpp"
#include "analysis/figures.hpp"
#include "analysis/summary.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"
#include "model/words.hpp"

namespace sojourn::command {

void check(const CheckOptions& options) {
  const ModelInput input = load_model(options.model);
  const analysis::Experiment experiment = analysis::prepare(input.model, {});  // every strategy can be lowered
  const std::string told = options.explain ? model::in_words(experiment.model) + analysis::figures(experiment)
                                           : analysis::summary(experiment);
  std::printf("%s: no problems found\n%s", options.model.model.c_str(), told.c_str());
  if (options.explain) return;  // the words hold the remarks
  for (const std::string& remark : model::remarks(experiment.model)) std::printf("remark: %s\n", remark.c_str());
}

}  // namespace sojourn::command
