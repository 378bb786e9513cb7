#include "sweep/estimate.hpp"

#include "base/byte_stream.hpp"
#include "base/error.hpp"

namespace sojourn::sweep {

ScenarioSums sums_of(const Scenarios& scenarios, Variants& variants, std::size_t scenario,
                     const std::vector<std::string>& parts, std::span<const double> solved) {
  const std::shared_ptr<Variant> variant = variants.of(scenario);
  Diagnostics problems;
  const ParameterSets sets = variant->parameters(scenarios.values(scenario, solved), problems);
  if (!problems.ok()) throw InputError(problems.text());
  const outcomes::Plan plan(variant->model(), variant->strategies(), variant->reference(), sets.by_strategy, nullptr,
                            outcomes::Ways::left_out);
  outcomes::Sums sums(plan);
  try {
    for (const std::string& part : parts) sums.add_stored(part);
  } catch (const MalformedBytes&) {
    throw RunError("the sums of scenario " + id_text(scenarios.id(scenario)) + " do not fit its model");
  }
  return {plan, std::move(sums)};
}

ScenarioEstimates estimates_of(const ScenarioSums& made, const std::optional<outcomes::SpecialInterval>& special) {
  return {outcomes::finish_rows(made.plan, made.sums),
          outcomes::comparisons_table(*made.plan.compiled(), made.sums, special)};
}

}  // namespace sojourn::sweep
