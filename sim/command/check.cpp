#include <cstdio>

#include "analysis/experiment.hpp"
#include "analysis/figures.hpp"
#include "analysis/summary.hpp"
#include "base/words.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"
#include "engine/batch_layout.hpp"
#include "model/words.hpp"

namespace sojourn::command {

namespace {

// What of the model is not done for many patients at once.
std::string engine_words(const analysis::Experiment& experiment) {
  const program::Program& program = experiment.programs.front();
  const std::string why = engine::not_in_batches(program);
  if (!why.empty()) return "\nSpeed: patients are simulated one after the other, as " + why + ".\n";
  const std::vector<std::string> names = engine::one_at_a_time(program);
  std::string text = "\nSpeed: patients are simulated many at a time, side by side";
  if (!names.empty()) {
    text += "; one at a time only the times of " + listed(names) +
            " (several components, or factors that change on clocks of their own)";
  }
  return text + ".\n";
}

}  // namespace

void check(const CheckOptions& options) {
  const ModelInput input = load_model(options.model);
  const analysis::Experiment experiment = analysis::prepare(input.model, {});  // every strategy can be lowered
  const std::string told =
      options.explain ? model::in_words(experiment.model) + analysis::figures(experiment) + engine_words(experiment)
                      : analysis::summary(experiment);
  std::printf("%s: no problems found\n%s", options.model.model.c_str(), told.c_str());
  if (options.explain) return;  // the words hold the remarks
  for (const std::string& remark : model::remarks(experiment.model)) std::printf("remark: %s\n", remark.c_str());
}

}  // namespace sojourn::command
