// Rules about values: for the file's parameters, and again for each strategy that changes some of those a rule uses.
#include <algorithm>
#include <cmath>

#include "base/similar.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

void check_values(Reading& reading) {
  Model& model = reading.model;
  Diagnostics& problems = reading.source.problems();
  const bool complete = std::all_of(model.parameters.begin(), model.parameters.end(),
                                    [](const Parameter& one) { return bool(one.value); });
  if (!complete) return;  // what is wrong with them has been said
  const std::size_t before = problems.size();
  const auto values = parameter_values(model, nullptr, problems);
  if (problems.size() > before) return;  // rules over them would only repeat it
  for (const ValueRule& rule : reading.rules) rule.check({values, ""});
  for (const Strategy& strategy : model.strategies) {
    if (strategy.parameters.empty()) continue;
    const std::size_t start = problems.size();
    const auto changed = parameter_values(model, &strategy, problems);
    if (problems.size() > start) continue;
    const Values under{changed, "under strategy " + quoted(strategy.name)};
    for (const ValueRule& rule : reading.rules) {
      const bool affected = std::any_of(rule.uses.begin(), rule.uses.end(),
                                        [&](ParameterId p) { return !same(values[p.index()], changed[p.index()]); });
      if (affected) rule.check(under);
    }
  }
}

}  // namespace sojourn::model
