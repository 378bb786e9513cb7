#include "outcomes/plan.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "outcomes/item.hpp"
#include "outcomes/parameters.hpp"
#include "outcomes/seen.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::int64_t most_codes = std::int64_t{1} << 32;

void place_sums(Item& item, Compiled& plan) {
  item.first_cell = plan.cells;
  plan.cells += item.cells.size() * item.groups.size();
  item.first_count = plan.counts;
  plan.counts += item.counts_a_group() * item.groups.size();
  refuse(item.outcome, item.places > 0 && codes_of(item) > most_codes, "at", "too many times and groups together");
  if (item.places > 0 && codes_of(item) <= most_joint_codes) {
    item.codes = codes_of(item);
    item.first_joint = plan.joints;
    plan.joints += static_cast<std::size_t>(item.codes * item.codes);
  }
  item.first_mean = plan.means;
  plan.means += item.means * item.groups.size();
  if (!item.curve) return;
  item.first_curve = plan.curves;
  plan.curves += item.groups.size();
}

void find_window(Item& item, std::vector<Window>& windows) {
  const Window wanted{item.origin, item.outcome.until};
  const auto same = std::ranges::find(windows, wanted);
  item.window = static_cast<std::size_t>(same - windows.begin());
  if (same == windows.end()) windows.push_back(wanted);
}

std::vector<std::pair<std::size_t, std::size_t>> pairs_of(std::size_t strategies, std::size_t reference) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < strategies; ++a) {
    for (std::size_t b = a + 1; b < strategies; ++b) {
      if (strategies <= most_compared_pairwise || a == reference || b == reference) pairs.emplace_back(a, b);
    }
  }
  return pairs;
}

}  // namespace

int fraction_bits_for(double range) {
  int bits = 40;
  while (bits >= 0 && range * binary_power(bits) >= 0x1p43) --bits;  // (2^43)^2 x 2^40 = 2^126
  return bits;
}

std::optional<PairOfStrategies> Compiled::pair_of(std::size_t a, std::size_t b) const {
  const auto found = std::find(pairs.begin(), pairs.end(), std::pair(std::min(a, b), std::max(a, b)));
  if (found == pairs.end()) return std::nullopt;
  return PairOfStrategies{static_cast<std::size_t>(found - pairs.begin()), a > b};
}

Plan::Plan(const model::Model& model, const std::vector<StrategyId>& strategies, StrategyId reference,
           std::span<const double> base_parameters, const ExactTimes* exact) {
  std::vector<std::vector<double>> parameters;
  for (const StrategyId id : strategies) {
    parameters.push_back(strategy_parameters(model, model.strategies[id.index()], base_parameters));
  }
  *this = Plan(model, strategies, reference, parameters, exact);
}

Plan::Plan(const model::Model& model, const std::vector<StrategyId>& strategies, StrategyId reference,
           const std::vector<std::vector<double>>& parameters, const ExactTimes* exact, Ways ways,
           const std::vector<model::Outcome>* outcomes) {
  if (outcomes == nullptr) outcomes = &model.outcomes;
  const auto position = std::find(strategies.begin(), strategies.end(), reference);
  if (position == strategies.end()) throw InputError("outcomes: the reference strategy is not among those simulated");
  auto result = std::make_shared<Compiled>(model);
  result->ways = ways;
  result->reference = static_cast<std::size_t>(position - strategies.begin());
  result->pairs = pairs_of(strategies.size(), result->reference);
  result->observed_until = model.observed_until;
  for (const auto& state : model.states) result->state_names.push_back(state.name);
  for (const auto& one : model.declarations) result->cause_names.push_back(one.name);
  for (const auto& one : model.branches) result->cause_names.push_back(one.name);
  std::vector<std::vector<double>> sets;
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    const model::Strategy& strategy = model.strategies[strategies[s].index()];
    result->strategies.push_back({strategy.name, strategy.label});
    const std::vector<double>& values = parameters[s];
    const auto same = std::find(sets.begin(), sets.end(), values);
    result->parameter_set.push_back(static_cast<std::size_t>(same - sets.begin()));
    if (same == sets.end()) sets.push_back(values);
  }
  const std::vector<std::vector<bool>> regions = regions_of(*outcomes);
  Setup setup{model, sets, result->queries, regions, std::nullopt};
  for (const model::Outcome& outcome : *outcomes) {
    if (exact != nullptr) setup.exact = exact->at(result->items.size());
    Item item = item_of(setup, outcome, result->frames);
    place_sums(item, *result);
    if (item.kind->worth) find_window(item, result->windows);
    result->items.push_back(std::move(item));
  }
  if (!result->windows.empty()) {
    for (const auto& values : sets) {
      result->worth.push_back(std::make_shared<const WorthProgram>(model, values, regions));
    }
  }
  compiled_ = std::move(result);
}

}  // namespace sojourn::outcomes
