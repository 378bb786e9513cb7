#include "distributions/mixture.hpp"

#include "base/number_text.hpp"
#include "distributions/families.hpp"
#include "distributions/tables.hpp"

namespace sojourn::distributions {

std::variant<std::vector<double>, LowerProblem> mixture_table(std::span<const double> weights) {
  if (weights.empty() || weights.size() > 100) return LowerProblem{0, "a mixture has 1 to 100 parts", ""};
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0 && weights[i] < infinity)) {
      return LowerProblem{static_cast<int>(i), "the weight is " + number_text(weights[i]),
                          "it must be finite and greater than 0"};
    }
    sum += weights[i];
  }
  std::vector<double> logs;
  for (const double weight : weights) logs.push_back(log(weight / sum));
  return logs;
}

Law mixture_law(std::span<const double> table, std::span<const Law> parts) {
  Law law;
  law.family = find_family(Mixture::info.name).value();
  law.table = table;
  law.parts = parts;
  return law;
}

std::variant<Law, LowerProblem> truncated_law(std::span<const Law> part, double low, double high) {
  if (!(low >= 0 && low < infinity)) return LowerProblem{0, "min is negative or infinite", ""};
  if (!(high > low)) return LowerProblem{1, "max is not greater than min", ""};
  if (!(cumulative_hazard_between(part.front(), low, high) > 0)) {
    return LowerProblem{0, "nothing of the family lies between min and max", "its hazard is 0 there"};
  }
  if (!(cumulative_hazard(part.front(), low) < infinity)) {
    return LowerProblem{0, "nothing of the family lies after min", ""};
  }
  Law law = law_of(low, high);
  law.family = find_family(Truncated::info.name).value();
  law.parts = part;
  return law;
}

}  // namespace sojourn::distributions
