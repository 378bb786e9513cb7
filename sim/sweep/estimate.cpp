#include "sweep/estimate.hpp"

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "outcomes/more_tables.hpp"

namespace sojourn::sweep {

ScenarioEstimates estimate(const Scenarios& scenarios, Variants& variants, std::size_t scenario,
                           const std::vector<std::string>& parts, std::span<const double> solved) {
  const std::shared_ptr<Variant> variant = variants.of(scenario);
  Diagnostics problems;
  const ParameterSets sets = variant->parameters(scenarios.values(scenario, solved), problems);
  if (!problems.ok()) throw InputError(problems.text());
  const outcomes::Plan plan(variant->model(), variant->strategies(), variant->reference(), sets.by_strategy, nullptr,
                            outcomes::Ways::left_out);
  outcomes::Accumulator sums(plan);
  try {
    for (const std::string& part : parts) sums.add_stored(part);
  } catch (const MalformedBytes&) {
    throw RunError("the sums of scenario " + id_text(scenarios.id(scenario)) + " do not fit its model");
  }
  return {outcomes::finish_rows(plan, sums), outcomes::comparisons_table(*plan.compiled(), sums)};
}

}  // namespace sojourn::sweep
