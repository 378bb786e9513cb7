// What can be said only of the whole pathway: where it begins, what is reached, what is left, what never acts, and
// circles of branches without an end.
#include <algorithm>
#include <deque>

#include "base/number_text.hpp"
#include "model/circles.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

using States = std::vector<bool>;

constexpr std::size_t most_moves = 4'000'000;
constexpr std::size_t enough_steps = 100'000'000;  // spent on looking for clocks that never run

class PathwayChecker {
 public:
  explicit PathwayChecker(Reading& reading) : reading_(reading), model_(reading.model), moves_(model_.states.size()) {}

  void run(const Item& root) {
    if (model_.states.empty()) {
      for (const Item& one : reading_.source.children(root)) {
        if (one.key() == "states" && one.node->children.empty() && !one.is(config::Node::Kind::null))
          reading_.source.add(one, "a model needs states");
      }
      return;
    }
    for (const Item& one : reading_.source.children(root)) {
      if (one.key() == "start") start_ = one;
    }
    initial();
    collect_moves();
    if (moves_made_ > most_moves) {
      add(model_.states[0].at, "states", "more than 4000000 ways from state to state");
      return;
    }
    ways_out();
    refuse_certain_circles(reading_);
    if (starts_.empty() || !reading_.starts_known) return;
    unreachable();
    idle_clocks();
  }

 private:
  void add(const Location& at, const std::string& path, std::string problem, std::string why = {},
           std::string hint = {}) {
    reading_.source.problems().add({at, path, std::move(problem), std::move(why), std::move(hint)});
  }
  static std::string path_of(const State& state) { return "states." + state.name; }

  void initial() {
    std::vector<const State*> found;
    for (const State& one : model_.states) {
      if (one.initial) found.push_back(&one);
    }
    if (found.empty() && !start_) {
      add(model_.states[0].at, "states", "no state is initial", "patients start in it",
          "add `initial: true` to one, or `start` to the model");
    }
    if (!found.empty() && start_) {
      reading_.source.add_at_key(start_, "`start` beside the initial state " + quoted(found[0]->name),
                                 line_of(found[0]->at, reading_.source.at(start_)), "leave one of them out");
    }
    if (!found.empty() || model_.start) starts_ = model_.start_states();
    for (std::size_t i = 1; i < found.size(); ++i) {
      add(found[i]->at, path_of(*found[i]), "a second initial state",
          quoted(found[0]->name) + " is one already (" + line_of(found[0]->at, found[i]->at) + ")");
    }
    for (const State* one : found) {
      if (one->absorbing) add(one->at, path_of(*one), "the initial state is absorbing", "nothing would ever happen");
    }
  }

  void move(StateId from, StateId to) {
    if (++moves_made_ <= most_moves) moves_[from.index()].push_back(to.index());
  }

  void collect_moves() {
    for (const Declaration& one : model_.declarations) {
      if (one.kind != Declaration::Kind::transition || !one.to.valid()) continue;
      for (const StateId from : one.from) move(from, one.to);
    }
    for (const Branch& one : model_.branches) {
      for (const Option& option : one.options) {
        if (!option.to.valid()) continue;
        for (const StateId from : one.in) move(from, option.to);
      }
    }
  }

  void ways_out() {
    for (std::size_t s = 0; s < model_.states.size(); ++s) {
      const State& state = model_.states[s];
      const bool leaves = std::any_of(moves_[s].begin(), moves_[s].end(), [s](std::size_t to) { return to != s; });
      if (leaves || state.absorbing) continue;
      add(state.at, path_of(state), "nothing leaves the state " + quoted(state.name), "",
          "write `absorbing: true` if patients stay there, or add a transition");
    }
  }

  // All states that can come after (or are) one of `start`.
  States reach(const std::vector<std::size_t>& start) const {
    States seen(model_.states.size(), false);
    std::deque<std::size_t> open;
    for (const std::size_t s : start) {
      if (!seen[s]) open.push_back(s);
      seen[s] = true;
    }
    for (; !open.empty(); open.pop_front()) {
      steps_ += 1 + moves_[open.front()].size();
      for (const std::size_t to : moves_[open.front()]) {
        if (!seen[to]) open.push_back(to);
        seen[to] = true;
      }
    }
    return seen;
  }

  void unreachable() {
    std::vector<std::size_t> starts;
    for (const StateId s : starts_) starts.push_back(s.index());
    reached_ = reach(starts);
    for (std::size_t s = 0; s < model_.states.size(); ++s) {
      if (reached_[s]) continue;
      add(model_.states[s].at, path_of(model_.states[s]),
          "no patient ever comes to the state " + quoted(model_.states[s].name),
          "no transition or branch leads there from where patients start");
    }
  }

  [[nodiscard]] std::vector<std::size_t> where(MarkId mark) const {
    if (mark.index() < model_.states.size()) return {mark.index()};
    std::vector<std::size_t> found;
    for (const Declaration& one : model_.declarations) {
      if (one.kind != Declaration::Kind::event || one.mark != mark) continue;
      for (const StateId s : one.from) found.push_back(s.index());
    }
    return found;
  }

  [[nodiscard]] std::string name(MarkId mark) const {
    const std::size_t states = model_.states.size();
    return mark.index() < states ? model_.states[mark.index()].name : model_.events[mark.index() - states];
  }

  // A clock since something that cannot have happened yet where the hazard acts.
  void idle_clocks() {
    std::vector<std::optional<States>> after(model_.marks());
    for (const Declaration& one : model_.declarations) {
      for (const Component& component : one.components) {
        const Clock& clock = component.clock;
        if (clock.kind != Clock::Kind::since || !clock.mark.valid() || one.from.empty()) continue;
        if (steps_ > enough_steps) return;
        auto& seen = after[clock.mark.index()];
        if (!seen) seen = reach(where(clock.mark));
        const bool acts = std::any_of(one.from.begin(), one.from.end(), [&](StateId s) { return (*seen)[s.index()]; });
        const bool own = one.kind == Declaration::Kind::event && clock.mark == one.mark;
        if (acts && !own) continue;
        add(one.at, one.name, "this never happens: its clock runs since " + quoted(name(clock.mark)),
            own ? "the event itself, which has not happened before it first happens"
                : "which cannot come before any of its states");
      }
    }
  }

  Reading& reading_;
  const Model& model_;
  std::vector<std::vector<std::size_t>> moves_;  // by state: where a patient may go from it
  std::size_t moves_made_ = 0;
  mutable std::size_t steps_ = 0;
  Item start_;                   // of the model
  std::vector<StateId> starts_;  // under some strategy
  States reached_;
};

}  // namespace

void check_pathway(Reading& reading, const Item& root) {
  PathwayChecker(reading).run(root);
}

}  // namespace sojourn::model
