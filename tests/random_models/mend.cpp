// Taking parts out of a random model, and what then has to change for it to be one still.
#include <algorithm>
#include <functional>

#include "random_models/draft.hpp"

namespace sojourn::engine::testing {

namespace {

using States = std::vector<bool>;

template <class List, class Gone>
void drop(List& list, Gone gone) {
  list.erase(std::remove_if(list.begin(), list.end(), gone), list.end());
}

bool named(const Choice& choice, const std::string& name) {
  return (choice.rule && mentions(*choice.rule, name)) ||
         std::ranges::any_of(choice.probabilities, [&](const auto& one) { return one.first == name; });
}

std::size_t position(const Draft& draft, const std::string& state) {
  const auto found = std::ranges::find_if(draft.states, [&](const State& one) { return one.name == state; });
  return static_cast<std::size_t>(found - draft.states.begin());
}

Places entered(const Branch& branch) {
  return branch.in.empty() ? branch.on_event.empty() ? branch.on_entry : Places{"any"} : branch.in;
}

class Mender {
 public:
  explicit Mender(Draft& draft) : draft_(draft) {}

  void run() {
    drop_empty();
    for (bool again = true; again;) {
      collect_moves();
      again = drop_unreachable() || open_dead_end();
    }
    strategies();
    clocks();
  }

 private:
  void drop_empty() {
    const auto acts = [&](const Declaration& one) {
      return !expanded(draft_, one.from).empty() && !one.components.empty();
    };
    for (bool again = true; again;) {
      const auto found =
          std::ranges::find_if(draft_.declarations, [&](const auto& one) { return one.event && !acts(one); });
      again = found != draft_.declarations.end();
      if (again) forget(draft_, std::string(found->name));
    }
    drop(draft_.declarations, [&](const Declaration& one) { return !acts(one); });
    drop(draft_.branches, [](const Branch& one) {
      return (one.on_entry.empty() && one.on_event.empty()) || (one.options.empty() && !one.ordinal);
    });
  }

  void collect_moves() {
    moves_.assign(draft_.states.size(), {});
    const auto add = [&](const Places& from, const std::string& to) {
      if (to.empty()) return;
      for (const std::size_t s : expanded(draft_, from)) moves_[s].push_back(position(draft_, to));
    };
    for (const auto& one : draft_.declarations) add(one.from, one.to);
    for (const auto& one : draft_.branches) {
      for (const auto& option : one.options) add(entered(one), option.to);
    }
  }

  [[nodiscard]] States reach(const std::vector<std::size_t>& from) const {
    States seen(draft_.states.size(), false);
    std::vector<std::size_t> open = from;
    for (const std::size_t s : from) seen[s] = true;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t to : moves_[at]) {
        if (!seen[to]) open.push_back(to);
        seen[to] = true;
      }
    }
    return seen;
  }

  [[nodiscard]] std::vector<std::size_t> starts() const {
    std::vector<std::size_t> found;
    if (!draft_.start) found.push_back(0);
    for (std::size_t s = 0; s < draft_.states.size(); ++s) {
      const std::string& name = draft_.states[s].name;
      const bool possible = (draft_.start && named(*draft_.start, name)) ||
                            std::ranges::any_of(draft_.strategies, [&](const Strategy& one) {
                              return one.start && named(*one.start, name);
                            });
      if (possible) found.push_back(s);
    }
    return found;
  }

  bool drop_unreachable() {
    const States seen = reach(starts());
    const auto found = std::ranges::find(seen, false);
    if (found == seen.end()) return false;
    const std::string name = draft_.states[static_cast<std::size_t>(found - seen.begin())].name;
    forget(draft_, name);
    drop_empty();
    return true;
  }

  bool open_dead_end() {
    for (std::size_t s = 0; s < draft_.states.size(); ++s) {
      State& state = draft_.states[s];
      const bool leaves = std::ranges::any_of(moves_[s], [s](std::size_t to) { return to != s; });
      if (leaves || state.absorbing) continue;
      const auto other = std::ranges::find_if(draft_.states, [](const State& one) { return one.absorbing; });
      Declaration exit;
      exit.name = "out_of_" + state.name;
      exit.from = {state.name};
      if (other != draft_.states.end()) {
        exit.to = other->name;
      } else {
        exit.to = "end";
        draft_.states.push_back({"end", true, {}});
      }
      exit.components.push_back(
          {{Sort::clock, "reset"}, {Sort::distribution, "exponential: {rate: $}", {rate_term(0.5)}}, {}, {}, {}, {}});
      draft_.declarations.push_back(std::move(exit));
      return true;
    }
    return false;
  }

  void strategies() {
    const auto decided_by_strategy = [&](const std::string& name) {
      return std::ranges::any_of(draft_.branches,
                                 [&](const Branch& one) { return one.name == name && !one.choice && !one.ordinal; });
    };
    for (auto& strategy : draft_.strategies) {
      drop(strategy.decisions, [&](const auto& one) { return !decided_by_strategy(one.first); });
      drop(strategy.parameters, [&](const auto& one) {
        return std::ranges::none_of(draft_.parameters, [&](const Parameter& p) { return p.name == one.first; });
      });
    }
  }

  // A clock since what cannot have happened yet; since a state that is no more it is another already.
  void clocks() {
    for (auto& one : draft_.declarations) {
      for (auto& part : one.components) {
        if (part.clock.names.empty() || !part.clock.text.starts_with("since")) continue;
        const std::string& mark = part.clock.names.front();
        std::vector<std::size_t> where;
        if (position(draft_, mark) < draft_.states.size()) where.push_back(position(draft_, mark));
        for (const auto& event : draft_.declarations) {
          if (event.event && event.name == mark) where = expanded(draft_, event.from);
        }
        const States after = reach(where);
        const bool acts = std::ranges::any_of(expanded(draft_, one.from), [&](std::size_t s) { return after[s]; });
        if (!acts || mark == one.name) part.clock = {Sort::clock, "reset"};
      }
    }
  }

  Draft& draft_;
  std::vector<std::vector<std::size_t>> moves_;
};

// An option or a state is no more.
void forget_in(Choice& choice, const std::string& name) {
  if (!named(choice, name)) return;
  drop(choice.probabilities, [&](const auto& one) { return one.first == name; });
  const auto rest = [](const auto& one) { return one.second.text == "rest"; };
  if (!choice.probabilities.empty() && std::ranges::none_of(choice.probabilities, rest)) {
    choice.probabilities.front().second = {Sort::number, "rest"};
  }
}
void forget_start(std::optional<Choice>& start, const std::string& name) {
  if (!start || !named(*start, name)) return;
  forget_in(*start, name);
  if (start->probabilities.empty()) start.reset();
}

void forget_in(Branch& branch, const std::string& name) {
  for (auto& option : branch.options) {
    if (option.to == name) option.to.clear();
    drop(option.sets, [&](const Assignment& one) { return one.attribute == name; });
  }
  if (branch.choice) forget_in(*branch.choice, name);
  if (!branch.ordinal) drop(branch.options, [&](const Option& one) { return one.name == name; });
}

}  // namespace

std::vector<std::size_t> expanded(const Draft& draft, const Places& places) {
  std::vector<std::size_t> found;
  for (std::size_t s = 0; s < draft.states.size(); ++s) {
    const State& state = draft.states[s];
    const auto here = [&](const std::string& place) {
      return place == state.name || (place == "any" && !state.absorbing) ||
             (place.front() == '#' && std::ranges::count(state.tags, place.substr(1)) > 0);
    };
    if (std::ranges::any_of(places, here)) found.push_back(s);
  }
  return found;
}

void forget(Draft& draft, const std::string& name) {
  std::vector<std::string> lost;  // tags of this state alone
  for (const auto& one : draft.states) {
    for (const auto& tag : one.tags) {
      const auto has = [&](const State& state) { return std::ranges::count(state.tags, tag) > 0; };
      if (one.name == name && std::ranges::count_if(draft.states, has) == 1) lost.push_back(tag);
    }
  }
  for (const auto& tag : lost) forget(draft, tag);
  const auto gone = [&](const std::string& place) { return place == name || place == '#' + name; };
  forget_start(draft.start, name);
  for (auto& one : draft.strategies) {
    forget_start(one.start, name);
    for (auto& [branch, decision] : one.decisions) forget_in(decision, name);
  }
  each_term(draft, [&](Term& term) { forget(term, name); });
  for (auto& one : draft.declarations) {
    drop(one.from, gone);
    drop(one.sets, [&](const Assignment& set) { return set.attribute == name; });
  }
  drop(draft.declarations, [&](const Declaration& one) { return (one.event && one.name == name) || one.to == name; });
  drop(draft.branches, [&](const Branch& one) { return !one.in.empty() && std::ranges::all_of(one.in, gone); });
  for (auto& one : draft.branches) {
    for (Places* places : {&one.on_entry, &one.on_event, &one.in}) drop(*places, gone);
    forget_in(one, name);
  }
  drop(draft.branches, [&](const Branch& one) { return one.ordinal && one.ordinal->attribute == name; });
  drop(draft.correlations, [&](const Correlation& one) { return one.first == name || one.second == name; });
  drop(draft.attributes, [&](const Attribute& one) { return one.name == name; });
  drop(draft.parameters, [&](const Parameter& one) { return one.name == name; });
  for (auto& one : draft.states) drop(one.tags, [&](const std::string& tag) { return tag == name; });
  drop(draft.states, [&](const State& one) { return one.name == name; });
}

void mend(Draft& draft) {
  Mender(draft).run();
}

}  // namespace sojourn::engine::testing
