#include "model/circles.hpp"

#include <algorithm>

namespace sojourn::model {
namespace {

using States = std::vector<bool>;

class Circles {
 public:
  explicit Circles(Reading& reading) : reading_(reading), model_(reading.model) {}

  // States that every patient leaves at once for another such state.
  void run() {
    const auto leaving = taken_at_once();
    std::vector<Exit> exits(model_.states.size());
    for (std::size_t s = 0; s < exits.size(); ++s) {
      if (leaving[s] != nullptr) exits[s] = exit_by(*leaving[s]);
    }
    exits_by_transitions(exits, leaving);
    const States bound = without_end(exits);
    for (std::size_t s = 0; s < bound.size(); ++s) {
      if (!bound[s]) continue;
      reading_.source.problems().add({exits[s].at, exits[s].path,
                                      "a patient in " + quoted(model_.states[s].name) + " would go round for ever",
                                      exits[s].why, "let one of them take time or lead elsewhere"});
    }
  }

 private:
  // What takes every patient out of a state in the instant she enters it, and where to; `to` is empty if nothing does.
  struct Exit {
    Location at;
    std::string path, why;
    std::vector<StateId> to;
  };

  // The states from which nothing but such exits can come: all but those that lead, in the end, elsewhere.
  static States without_end(const std::vector<Exit>& exits) {
    States bound(exits.size(), true);
    std::vector<std::vector<std::size_t>> before(exits.size());
    std::vector<std::size_t> open;
    for (std::size_t s = 0; s < exits.size(); ++s) {
      const auto& to = exits[s].to;
      bound[s] = !to.empty() && std::all_of(to.begin(), to.end(), [](StateId one) { return one.valid(); });
      if (!bound[s]) open.push_back(s);
      for (const StateId one : to) {
        if (one.valid()) before[one.index()].push_back(s);
      }
    }
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t s : before[at]) {
        if (!bound[s]) continue;
        bound[s] = false;
        open.push_back(s);
      }
    }
    return bound;
  }

  // For each state the first branch taken at once on entering it, if it always happens.
  [[nodiscard]] std::vector<const Branch*> taken_at_once() const {
    std::vector<const Branch*> found(model_.states.size(), nullptr);
    for (const Branch& one : model_.branches) {
      if (one.when || one.at.empty() || !one.at[0] || !one.at[0].parameters_used().empty()) continue;
      if (reading_.value(one.at[0], {}) != 0.0) continue;
      for (const StateId s : one.on_entry) {
        const Branch*& first = found[s.index()];
        const bool here = std::binary_search(one.in.begin(), one.in.end(), s);
        if (here && (first == nullptr || one.priority < first->priority)) first = &one;
      }
    }
    return found;
  }

  static Exit exit_by(const Branch& branch) {
    Exit made{branch.at_location,
              "branches." + branch.name,
              "every option leads at once to a state that is left at once",
              {}};
    for (const Option& one : branch.options) made.to.push_back(one.to);
    return made;
  }

  // `fixed: 0 days` since entry
  [[nodiscard]] bool takes_no_time(const Declaration& one) const {
    if (one.when || one.components.size() != 1 || one.components[0].clock.kind != Clock::Kind::reset) return false;
    const Distribution& time = one.components[0].time;
    const bool fixed = distributions::families()[time.family].name == "fixed" && time.values.size() == 1;
    return fixed && time.values[0] && time.values[0].parameters_used().empty() &&
           reading_.value(time.values[0], {}) == 0.0;
  }

  // Only states that are left by such transitions and by hazards: those come later, however little.
  void exits_by_transitions(std::vector<Exit>& exits, const std::vector<const Branch*>& leaving) const {
    States unsure(model_.states.size(), false);
    for (const Branch& one : model_.branches) {
      for (const StateId s : one.in) {
        if (leaving[s.index()] != &one) unsure[s.index()] = true;
      }
    }
    for (const Declaration& one : model_.declarations) {
      if (one.kind != Declaration::Kind::transition || !one.to.valid()) continue;
      const bool instant = takes_no_time(one);
      const bool smooth = std::all_of(one.components.begin(), one.components.end(), [](const Component& part) {
        const std::string_view family = distributions::families()[part.time.family].name;
        return family == "exponential" || family == "weibull" || family == "gompertz" || family == "never";
      });
      for (const StateId from : one.from) {
        Exit& exit = exits[from.index()];
        if (!instant && !smooth) unsure[from.index()] = true;
        if (!instant || exit.path.starts_with("branches.")) continue;
        if (exit.to.empty())
          exit = {one.at, one.name, "it takes no time, and the states that follow are left at once", {}};
        exit.to.push_back(one.to);
      }
    }
    for (std::size_t s = 0; s < exits.size(); ++s) {
      if (unsure[s] && !exits[s].path.starts_with("branches.")) exits[s].to.clear();
    }
  }

  Reading& reading_;
  const Model& model_;
};

}  // namespace

void refuse_certain_circles(Reading& reading) {
  Circles(reading).run();
}

}  // namespace sojourn::model
