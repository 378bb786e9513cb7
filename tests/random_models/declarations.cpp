// Random transitions and events: where they act, on which clocks, with which effects, and what they set.
#include <algorithm>

#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

class Components {
 public:
  Components(Making& making, const Declaration& owner, bool upward)
      : m_(making), dice_(making.dice), owner_(owner), upward_(upward) {}

  Component run() {
    Component made;
    made.clock = clock();
    Span span = span_of(made.clock);
    span.endless = endless(made.clock);
    span.never_past = made.clock.text == "reset" && !owner_.when;
    span.takes_time = !owner_.event && !upward_;
    const auto races = [&](const std::string& text) {
      return !text.starts_with("fixed") && (!text.starts_with("cure") || dice_.chance(0.3));
    };
    do {
      made.time = m_.distribution(span);
    } while (m_.races && !races(made.time.text));
    effects(made);
    return made;
  }

 private:
  Term clock() {
    if (m_.races) return {Sort::clock, owner_.from.size() == 1 && dice_.chance(0.5) ? "forward" : "reset"};
    std::vector<std::string> can{"reset", "reset", "reset", "forward", "forward", "since", "since", "since", "since"};
    if (m_.attribute("age") != nullptr) can.insert(can.end(), 2, "age");
    if (m_.attribute("calendar_year") != nullptr) can.insert(can.end(), 2, "calendar");
    const std::string kind = dice_.pick(can);
    if (kind == "age") return {Sort::clock, kind, {}, {"age"}};
    if (kind == "calendar") return {Sort::clock, kind, {}, {"calendar_year"}};
    if (kind != "since") return {Sort::clock, kind};
    const std::string mark = dice_.pick(m_.marks());
    return {Sort::clock, (dice_.chance(0.5) ? "since " : "since first ") + mark, {}, {mark}};
  }

  static Span span_of(const Term& clock) {
    Span span;
    if (clock.text == "age") span.kind = Span::Kind::age;
    if (clock.text == "calendar") span.kind = Span::Kind::calendar;
    return span;
  }

  // What would happen again and again at one instant once its time is past.
  [[nodiscard]] bool endless(const Term& clock) const {
    if (owner_.event) return owner_.recurrent;
    return !upward_ && clock.text != "reset";
  }

  void effects(Component& made) {
    const std::string& text = made.time.text;
    const std::string family = text.substr(0, text.find(':'));
    const bool inside = family == "cure" && made.time.parts.size() > 1;
    const bool atom = family == "fixed" || family == "uniform" || (inside && has_uniform(made.time));
    const bool table = family == "life_table" || (family == "cure" && has_table(made.time));
    if (!atom && dice_.chance(m_.races ? 0.7 : 0.5)) {
      for (std::size_t n = dice_.one_of<std::size_t>({1, 1, 2}); n > 0; --n) made.hazard_ratio.push_back(factor());
    }
    if (table && dice_.chance(0.7)) made.smr.push_back(factor());
    const bool running = made.clock.text != "age" && made.clock.text != "calendar";
    if (running && !table && !m_.races && dice_.chance(0.25)) {
      made.time_ratio = m_.ratio(dice_.chance(0.25) ? parameters_only : in_a_hazard);
    }
    if (family == "loglogistic" && !m_.races && dice_.chance(0.6)) made.odds_ratio = m_.ratio(in_a_hazard);
  }

  static bool has_uniform(const Term& cure) {
    return std::ranges::any_of(cure.parts, [](const Term& part) { return part.text.starts_with("uniform"); });
  }
  static bool has_table(const Term& cure) {
    return std::ranges::any_of(cure.parts, [](const Term& part) { return part.text.starts_with("life_table"); });
  }

  Term factor() {
    if (m_.races) return m_.ratio(dice_.chance(0.3) ? parameters_only : at_the_start);
    if (dice_.chance(0.35)) return piecewise();
    if (dice_.chance(0.2)) return m_.ratio(parameters_only);
    Term made = m_.ratio(in_a_hazard);
    if (dice_.chance(0.1)) made = {Sort::number, "($ ? 0 : $)", {m_.boolean(in_a_hazard), made}};  // pauses
    return made;
  }

  Term piecewise() {
    Term own = clock();
    const Span span = span_of(own);
    double time = span.kind == Span::Kind::age ? 40 : span.kind == Span::Kind::calendar ? 2020 : 0;
    const std::size_t n = dice_.from(1, 3);
    std::vector<Term> times, values;
    for (std::size_t i = 0; i < n; ++i) times.push_back(time_term(time += 0.5 * static_cast<double>(dice_.from(1, 3))));
    for (std::size_t i = 0; i <= n; ++i) {
      values.push_back(dice_.chance(0.1)    ? number_term(0)
                       : dice_.chance(0.15) ? number_term(1)
                                            : m_.constant(dice_.between(0.3, 3)));
    }
    std::string text = "{piecewise: {clock: $, times: [$";
    for (std::size_t i = 1; i < n; ++i) text += ", $";
    text += "], values: [$";
    for (std::size_t i = 0; i < n; ++i) text += ", $";
    Term made{Sort::factor, text + "]}}", {std::move(own)}};
    made.parts.insert(made.parts.end(), times.begin(), times.end());
    made.parts.insert(made.parts.end(), values.begin(), values.end());
    return made;
  }

  Making& m_;
  Dice& dice_;
  const Declaration& owner_;
  bool upward_;
};

}  // namespace

Component Making::component(const Declaration& owner, bool upward) {
  return Components(*this, owner, upward).run();
}

// Some of these states, in one of the ways in which states are named.
Places Making::places(const std::vector<std::string>& among) {
  if (dice.chance(0.45)) return {dice.pick(among)};
  Places made;
  for (const auto& one : among) {
    if (dice.chance(0.5)) made.push_back(one);
  }
  if (made.empty()) made.push_back(dice.pick(among));
  return made;
}

std::vector<Assignment> Making::assignments() {
  std::vector<Assignment> made;
  for (const auto& one : draft.attributes) {
    const double share = one.initial ? 0.35 : one.name == "calendar_year" ? 0.02 : 0.06;
    if (!dice.chance(share)) continue;
    Assignment set{one.name, {}};
    switch (one.sort) {
      case Sort::boolean:
        set.value = boolean(at_an_instant);
        break;
      case Sort::category:
        set.value = level(one, at_an_instant);
        break;
      case Sort::time:
        set.value = {Sort::time, "min($, 90 years)", {time(at_an_instant)}};
        break;
      default:
        if (!one.levels.empty()) {
          const std::string most = one.levels.back();
          const Term higher{Sort::number, "min(" + most + ", " + one.name + " + 1)", {}, {one.name}};
          set.value = dice.chance(0.5) ? higher
                                       : Term{Sort::number, "($ ? " + most + " : $)", {boolean(at_an_instant), higher}};
        } else if (dice.chance(0.4)) {
          set.value = {Sort::number, one.name + " + 1", {}, {one.name}};
        } else if (careless && dice.chance(0.3)) {
          set.value = {Sort::number, "log($)", {any_number(at_an_instant).value_or(number_term(2))}};
        } else {
          set.value = bounded(at_an_instant);
        }
    }
    if (one.name != "calendar_year") made.push_back(std::move(set));
  }
  return made;
}

void Making::declarations() {
  const auto here = living();
  const auto rank = [&](const std::string& state) {
    return static_cast<std::size_t>(
        std::ranges::find_if(draft.states, [&](const State& s) { return s.name == state; }) - draft.states.begin());
  };
  // Events are known by name from here on.
  const std::size_t events = races ? 0 : dice.below(5), transitions = here.size() + dice.below(4);
  for (std::size_t e = 0; e < events; ++e) {
    Declaration one;
    one.event = true;
    one.name = "e" + std::to_string(e);
    one.recurrent = dice.chance(0.35);
    const auto known = tags();
    one.from = dice.chance(0.15)                     ? Places{"any"}
               : !known.empty() && dice.chance(0.15) ? Places{"#" + dice.pick(known)}
                                                     : places(here);
    draft.declarations.push_back(std::move(one));
  }
  for (std::size_t t = 0; t < transitions; ++t) {
    Declaration one;
    const std::string from = t < here.size() ? here[t] : dice.pick(here);
    do {
      one.to = dice.pick(draft.states).name;
    } while (races && draft.states.size() > 1 && one.to == from && dice.chance(0.9));
    if (dice.chance(0.9)) {
      one.name = "t" + std::to_string(t);
      if (dice.chance(0.1)) one.cause = "c" + std::to_string(t);
    } else {
      one.cause = "c" + std::to_string(t);
    }
    one.from = {from};
    if (dice.chance(races ? 0.1 : 0.4)) {
      one.from = places(here);
      if (std::ranges::count(one.from, from) == 0) one.from.push_back(from);
    }
    const bool leads_out = std::ranges::count(here, one.to) == 0;
    if (leads_out && dice.chance(races ? 0.1 : 0.3)) one.from = {"any"};
    for (const auto& tag : tags()) {
      const auto of_tag = expanded(draft, {"#" + tag});
      if (std::ranges::count(of_tag, rank(one.to)) == 0 && dice.chance(0.15)) one.from = {"#" + tag};
    }
    draft.declarations.push_back(std::move(one));
  }
  for (auto& one : draft.declarations) {
    bool upward = !one.event;
    for (const std::size_t s : expanded(draft, one.from)) upward = upward && s < rank(one.to);
    if (dice.chance(0.3)) one.priority = dice.one_of({-2, -1, 1});
    if (!races && dice.chance(0.25)) one.when = boolean(in_a_hazard);
    const std::size_t n = !races && dice.chance(0.25) ? dice.from(2, 3) : 1;
    for (std::size_t c = 0; c < n; ++c) one.components.push_back(component(one, upward));
    if (!races && dice.chance(0.4)) one.sets = assignments();
  }
  if (!races && dice.chance(0.4)) twins();
}

// Two events, and two transitions from one state, that are due at one instant, whatever else holds of them.
void Making::twins() {
  std::vector<Declaration*> events, transitions;
  for (auto& one : draft.declarations) {
    if (!one.recurrent) (one.event ? events : transitions).push_back(&one);
  }
  for (const auto& pair : {events, transitions}) {
    if (pair.size() < 2 || !dice.chance(0.6)) continue;
    Component due;
    due.time = {
        Sort::distribution, "fixed: {time: $, if_past: never}", {time_term(pair.front()->event ? 0.5 : grid_time())}};
    for (Declaration* one : {pair.front(), pair.back()}) {
      one->components = {due};
      if (one->event) one->when.reset();
    }
    if (pair.back()->event) pair.back()->from = pair.front()->from;
    const std::string& here = pair.front()->from.front();
    if (!pair.back()->event && here != "any" && here.front() != '#') pair.back()->from = {here};
  }
}

}  // namespace sojourn::engine::testing
