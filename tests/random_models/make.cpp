#include <algorithm>
#include <ostream>

#include "random_models/making.hpp"

namespace sojourn::engine::testing {

const Attribute* Making::attribute(const std::string& name) const {
  const auto found = std::ranges::find_if(draft.attributes, [&](const Attribute& one) { return one.name == name; });
  return found == draft.attributes.end() ? nullptr : &*found;
}

std::vector<std::string> Making::marks() const {
  std::vector<std::string> names;
  for (const auto& one : draft.states) names.push_back(one.name);
  for (const auto& one : draft.declarations) {
    if (one.event) names.push_back(one.name);
  }
  return names;
}

std::vector<std::string> Making::tags() const {
  std::vector<std::string> names;
  for (const auto& one : draft.states) {
    for (const auto& tag : one.tags) {
      if (std::ranges::count(names, tag) == 0) names.push_back(tag);
    }
  }
  return names;
}

std::vector<std::string> Making::living() const {
  std::vector<std::string> names;
  for (const auto& one : draft.states) {
    if (!one.absorbing) names.push_back(one.name);
  }
  return names;
}

void Making::states() {
  const std::size_t living = dice.from(1, 5), absorbing = dice.one_of<std::size_t>({0, 1, 1, 1, 2});
  for (std::size_t s = 0; s < living; ++s) {
    State one{"s" + std::to_string(s), false, {}};
    for (const char* tag : {"k0", "k1"}) {
      if (dice.chance(0.2)) one.tags.emplace_back(tag);
    }
    draft.states.push_back(std::move(one));
  }
  for (std::size_t s = 0; s < absorbing; ++s) draft.states.push_back({"d" + std::to_string(s), true, {}});
}

// So many that sets of states, and of what can change, take more than a word.
void Making::many_states() {
  const auto at = [](std::size_t i) { return "w" + std::to_string(i); };
  const auto move = [&](const std::string& name, const std::string& from, const std::string& to, double rate) {
    Declaration one;
    one.name = name;
    one.from = {from};
    one.to = to;
    one.components.emplace_back();
    one.components.back().time = {Sort::distribution, "exponential: {rate: $}", {rate_term(rate)}};
    draft.declarations.push_back(std::move(one));
  };
  constexpr std::size_t n = 64;
  std::vector<State> more;
  for (std::size_t i = 0; i < n; ++i) {
    more.push_back({at(i), false, {}});
    for (const auto& tag : tags()) {
      if (dice.chance(0.2)) more.back().tags.push_back(tag);
    }
    if (i + 1 < n) move("m" + std::to_string(i), at(i), at(i + 1), 30);
  }
  const auto first_absorbing = std::ranges::find_if(draft.states, [](const State& one) { return one.absorbing; });
  draft.states.insert(first_absorbing, more.begin(), more.end());
  move("m_in", draft.states.front().name, at(0), 1);
  move("m_out", at(n - 1), draft.states.front().name, 3);
}

Draft make(const rc::Random& random) {
  Making making{Dice(random)};
  Dice& dice = making.dice;
  making.careless = dice.chance(0.2);
  making.races = dice.chance(0.15);
  making.draft.seed = static_cast<std::uint32_t>(dice.below(1'000'000));
  making.draft.replicate = dice.chance(0.3) ? 1 : 0;
  making.draft.first_patient = dice.chance(0.3) ? (std::int64_t{1} << 33) + 7 : 1;
  making.draft.horizon = dice.one_of({0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 15.0});
  making.states();
  making.attributes();
  making.declarations();
  if (!making.races) making.branches();
  if (!making.races) making.start();
  making.strategies();
  making.files();
  if (dice.chance(0.08)) making.many_states();
  mend(making.draft);
  return std::move(making.draft);
}

}  // namespace sojourn::engine::testing
