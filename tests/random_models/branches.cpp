// Random branches, strategies and starts.
#include <algorithm>

#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

// Positions of states in the order of the draft.
std::size_t rank(const Draft& draft, const std::string& state) {
  return static_cast<std::size_t>(std::ranges::find_if(draft.states, [&](const State& s) { return s.name == state; }) -
                                  draft.states.begin());
}

Choice chance(Making& m, const std::vector<std::string>& names, View view, bool odds) {
  Choice made;
  const auto n = static_cast<double>(names.size());
  const bool rest = m.dice.chance(0.65);
  for (const auto& name : names) {
    const bool last = &name == &names.back();
    if (last && rest) {
      made.probabilities.emplace_back(name, Term{Sort::number, "rest"});
    } else if (!rest && names.size() == 2 && last) {
      Term other = made.probabilities.front().second;
      made.probabilities.emplace_back(name, Term{Sort::number, "1 - $", {std::move(other)}});
    } else if (!rest && names.size() > 2) {
      made.probabilities.emplace_back(name, Term{Sort::number, "1 / " + number_to(n, 3)});
    } else {
      made.probabilities.emplace_back(name, m.probability(view, 1 / (n - 1)));
    }
  }
  if (odds && names.size() == 2 && m.dice.chance(0.4)) made.odds_ratio = m.ratio(at_an_instant);
  return made;
}

std::vector<std::string> names_of(const std::vector<Option>& options) {
  std::vector<std::string> names;
  for (const auto& one : options) names.push_back(one.name);
  return names;
}

class Branches {
 public:
  explicit Branches(Making& making) : m_(making), dice_(making.dice) {}

  Branch run(const std::string& name) {
    made_.name = name;
    const auto here = m_.living();
    if (!dice_.chance(0.3) || !as_a_transition()) {
      trigger(here);
      times();
    }
    if (dice_.chance(0.3)) made_.in = dice_.chance(0.3) ? Places{"any"} : m_.places(here);
    if (dice_.chance(0.3)) made_.priority = dice_.one_of({-2, -1, 1});
    if (dice_.chance(0.25)) made_.when = m_.boolean(at_an_instant);
    if (!ordinal()) options();
    return std::move(made_);
  }

 private:
  // At the instant at which a transition is due.
  bool as_a_transition() {
    for (const auto& one : m_.draft.declarations) {
      const Component& due = one.components.front();
      if (one.event || !due.time.text.starts_with("fixed") || due.clock.text != "reset" || due.time_ratio) continue;
      made_.on_entry = one.from;
      made_.at = due.time.parts;
      at_once_ = made_.at.front().text == "0 years";
      return true;
    }
    return false;
  }

  void trigger(const std::vector<std::string>& here) {
    std::vector<std::string> events;
    for (const auto& one : m_.draft.declarations) {
      if (one.event) events.push_back(one.name);
    }
    const bool event = !events.empty() && dice_.chance(0.4);
    if (event) made_.on_event = m_.places(events);
    if (event && !dice_.chance(0.15)) return;
    const auto tags = m_.tags();
    made_.on_entry = dice_.chance(0.1)                     ? Places{"any"}
                     : !tags.empty() && dice_.chance(0.15) ? Places{"#" + dice_.pick(tags)}
                                                           : m_.places(here);
  }

  void times() {
    if (dice_.chance(0.4)) return;
    for (std::size_t n = dice_.one_of<std::size_t>({1, 1, 2, 3}); n > 0; --n) {
      made_.at.push_back(dice_.chance(0.12) ? m_.time_about(1) : time_term(dice_.chance(0.1) ? 0 : m_.grid_time()));
    }
    at_once_ = std::ranges::any_of(made_.at, [](const Term& t) { return t.text == "0 years"; });
  }

  bool ordinal() {
    std::vector<const Attribute*> targets;
    for (const auto& one : m_.draft.attributes) {
      if (one.levels.size() > 1 && (one.initial || dice_.chance(0.2))) targets.push_back(&one);
    }
    if (targets.empty() || !dice_.chance(0.3)) return false;
    const Attribute& target = *dice_.pick(targets);
    made_.ordinal = Ordinal{target.name, {}, m_.bounded(at_an_instant)};
    double cut = dice_.between(-2, 0);
    for (std::size_t l = 0; l < target.levels.size(); ++l) {
      made_.options.push_back({target.levels[l], "", {}});
      if (l > 0) made_.ordinal->cutpoints.push_back(number_term(cut += dice_.between(0.2, 1.5)));
    }
    Option& last = made_.options.back();
    last.to = goal(0.3);
    return true;
  }

  // Where an option leads: at once only to a later state, so that there are no circles without time.
  std::string goal(double share) {
    if (!dice_.chance(share)) return "";
    const std::string to = dice_.pick(m_.draft.states).name;
    if (!made_.at.empty() && !at_once_) return to;
    const Places from = made_.in.empty() ? made_.on_event.empty() ? made_.on_entry : Places{"any"} : made_.in;
    for (const std::size_t s : expanded(m_.draft, from)) {
      if (s >= rank(m_.draft, to)) return "";
    }
    return to;
  }

  void options() {
    const std::size_t n = dice_.one_of<std::size_t>({2, 2, 2, 3, 4});
    for (std::size_t o = 0; o < n; ++o) {
      Option one{made_.name + "_" + static_cast<char>('a' + o), goal(0.4), {}};
      if (dice_.chance(0.5)) one.sets = m_.assignments();
      made_.options.push_back(std::move(one));
    }
    const auto names = names_of(made_.options);
    switch (dice_.below(4)) {
      case 0:
        made_.choice = Choice{m_.one_of_names(names, names, at_an_instant), {}, {}};
        break;
      case 1:
        made_.choice = chance(m_, names, at_an_instant, true);
        break;
      default:
        break;  // by strategies
    }
  }

  Making& m_;
  Dice& dice_;
  Branch made_;
  bool at_once_ = false;
};

}  // namespace

void Making::branches() {
  const std::size_t n = dice.below(5);
  for (std::size_t b = 0; b < n; ++b) draft.branches.push_back(Branches(*this).run("b" + std::to_string(b)));
}

void Making::start() {
  const auto here = living();
  if (here.size() < 2 || !dice.chance(0.3)) return;
  if (dice.chance(0.5)) {
    draft.start = Choice{one_of_names(here, here, at_the_start), {}, {}};
  } else {
    std::vector<std::string> some(
        here.begin(), here.begin() + static_cast<std::ptrdiff_t>(dice.from(2, std::min<std::size_t>(3, here.size()))));
    draft.start = chance(*this, some, at_the_start, false);
  }
}

void Making::strategies() {
  std::vector<const Branch*> open;
  for (const auto& one : draft.branches) {
    if (!one.choice && !one.ordinal) open.push_back(&one);
  }
  const std::size_t n = open.empty() && draft.parameters.empty() ? dice.below(2) : dice.from(1, 4);
  const bool alike = dice.chance(0.5);
  for (std::size_t g = 0; g < n; ++g) {
    Strategy one;
    one.name = "g" + std::to_string(g);
    for (const Branch* branch : open) {
      const auto names = names_of(branch->options);
      Choice choice;
      if (dice.chance(0.25)) {
        choice = chance(*this, names, at_an_instant, true);
      } else {
        choice.rule = one_of_names(names, names, at_an_instant, 0.5);
      }
      one.decisions.emplace_back(branch->name, std::move(choice));
    }
    for (const auto& parameter : draft.parameters) {
      if (alike || g == 0 || !dice.chance(0.4)) continue;
      one.parameters.emplace_back(
          parameter.name,
          Term{parameter.value.sort, "(" + number_to(dice.between(0.85, 1.15), 3) + " * $)", {parameter.value}});
    }
    const auto here = living();
    if (here.size() > 1 && !races && dice.chance(0.1)) {
      one.start = dice.chance(0.5) ? Choice{Term{Sort::category, here[1], {}, {here[1]}, here[1]}, {}, {}}
                                   : chance(*this, {here[0], here[1]}, at_the_start, false);
    }
    draft.strategies.push_back(std::move(one));
  }
}

}  // namespace sojourn::engine::testing
