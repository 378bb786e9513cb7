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
  const outcomes::Compiled& compiled = *made.plan.compiled();
  ScenarioEstimates found{
      outcomes::finish_rows(made.plan, made.sums), outcomes::comparisons_table(compiled, made.sums, special), {}};
  found.results.cost_effectiveness = outcomes::cost_effectiveness(compiled, made.sums);
  for (Table table : {cost_effectiveness_table(found.results), net_benefit_table(found.results)}) {
    if (rows_of(table) > 0) found.more.push_back(std::move(table));
  }
  return found;
}

}  // namespace sojourn::sweep
