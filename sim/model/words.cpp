#include "model/words.hpp"

#include <algorithm>
#include <functional>

#include "base/number_text.hpp"
#include "model/expressions_of.hpp"

namespace sojourn::model {
namespace {

std::string counted(std::size_t number, const std::string& word) {
  const bool y = word.ends_with("y");
  if (number == 1) return "1 " + word;
  if (y) return std::to_string(number) + " " + word.substr(0, word.size() - 1) + "ies";
  return std::to_string(number) + " " + word + (word.ends_with("ch") ? "es" : "s");
}

template <class Things, class Name>
std::string listed(const Things& things, const Name& name, const std::string& between = ", ") {
  std::string text;
  for (const auto& one : things) text += (text.empty() ? "" : between) + name(one);
  return text;
}

class Words {
 public:
  explicit Words(const Model& model) : model_(model) {}

  std::string run() {
    text_ = model_.title + "\n";
    line(counted(static_cast<std::size_t>(model_.cohort_size), "patient") + ", followed for " +
         number_text(model_.horizon) + " years" +
         (model_.observed_until ? "; what is later than " + number_text(*model_.observed_until) +
                                      (*model_.observed_until == 1 ? " year" : " years") + " is extrapolation"
                                : "") +
         ".");
    states();
    attributes();
    declarations();
    branches();
    strategies();
    if (!model_.outcomes.empty()) {
      line("Computed: " +
           listed(
               model_.outcomes, [](const Outcome& one) { return one.label; }, "; ") +
           ".");
    }
    for (const std::string& one : remarks(model_)) line("Note: " + one);
    return text_;
  }

 private:
  void line(const std::string& words) { text_ += words + "\n"; }

  [[nodiscard]] std::string mark(MarkId id) const {
    const std::size_t states = model_.states.size();
    return id.index() < states ? model_.states[id.index()].name : model_.events[id.index() - states];
  }
  [[nodiscard]] std::string all(const std::vector<StateId>& states) const {
    return listed(states, [this](StateId id) { return model_.states[id.index()].name; });
  }

  [[nodiscard]] std::string name(StateId id) const { return model_.states[id.index()].name; }

  // "in a", "in a or b by a rule", "in a or b by chance"
  [[nodiscard]] std::string start(const Choice& choice) const {
    std::vector<StateId> possible;
    const auto* rule = std::get_if<Rule>(&choice);
    for (std::size_t s = 0; s < model_.states.size(); ++s) {
      const auto* chances = std::get_if<Probabilities>(&choice);
      if (chances != nullptr && chances->possible(s)) possible.push_back(make_id<StateId>(s));
    }
    if (rule != nullptr) {
      for (const std::int32_t s : rule->option.levels_named()) possible.push_back(StateId{s});
    }
    const std::string states = listed(
        possible, [this](StateId id) { return name(id); }, " or ");
    return "in " + states + (possible.size() < 2 ? "" : rule != nullptr ? " by a rule" : " by chance");
  }

  void states() {
    line("Patients start " + (model_.start ? start(*model_.start) : "in " + name(model_.initial_state())) +
         ". There are " + counted(model_.states.size(), "state") + ":");
    for (const State& one : model_.states) {
      std::string words = "  " + one.name;
      if (one.label != one.name) words += " (" + one.label + ")";
      if (one.absorbing) words += ", which nothing leaves";
      line(words);
    }
  }

  void attributes() {
    if (model_.attributes.empty()) return;
    const auto name = [](const Attribute* one) { return one->name; };
    std::vector<const Attribute*> drawn, set;
    for (const Attribute& one : model_.attributes) (one.known_at_start() ? drawn : set).push_back(&one);
    if (!drawn.empty()) line("Known at the start: " + listed(drawn, name) + ".");
    rows();
    if (!model_.correlations.empty()) line("Rank correlations: " + listed(model_.correlations, correlation()) + ".");
    if (!set.empty()) line("Known on the way: " + listed(set, name) + ".");
  }

  void rows() {
    if (!model_.rows) return;
    const auto& table = *model_.rows->table;
    std::vector<std::string> names;
    for (const Attribute& one : model_.attributes) {
      if (one.from_rows) names.push_back(one.name);
    }
    const std::string weighted = model_.rows->weight.empty() ? "" : ", by the weight " + model_.rows->weight;
    line("  " + listed(names, [](const std::string& one) { return one; }) + " from " + counted(table.rows, "row") +
         " of " + table.file + ", " +
         (table.in_order ? "one patient after the other" : "a row at random for each patient" + weighted));
  }

  // In the base case: "age with burden 0.1"
  [[nodiscard]] std::function<std::string(const Correlation&)> correlation() const {
    Diagnostics none;
    return [this, values = parameter_values(model_, nullptr, none)](const Correlation& one) {
      const auto code = expression::compile(one.rho, values, model_.states.size());
      return model_.attributes[one.first.index()].name + " with " + model_.attributes[one.second.index()].name + " " +
             number_text(code.value);
    };
  }

  [[nodiscard]] std::string clock(const Clock& clock) const {
    switch (clock.kind) {
      case Clock::Kind::reset:
        return "since entry";
      case Clock::Kind::forward:
        return "since the start";
      case Clock::Kind::age:
        return "by age";
      case Clock::Kind::calendar:
        return "by calendar year";
      case Clock::Kind::since:
        break;
    }
    return std::string("since ") + (clock.first ? "first " : "") + mark(clock.mark);
  }

  // What a life table covers, and what holds in other years.
  [[nodiscard]] static std::string years(const Distribution& time) {
    const auto& all = time.tables.front().years;
    return number_text(all.front()) + " to " + number_text(all.back()) +
           (time.other_years_refused ? " and no others" : ", their rates going on before and after");
  }

  [[nodiscard]] std::string hazard(const Component& one) const {
    std::string words = std::string(distributions::families()[one.time.family].name) + " " + clock(one.clock);
    if (one.time.has_years()) words += " and calendar year, " + years(one.time);
    if (one.time.cure) words = "cure mixture, " + words;
    const std::size_t effects = one.hazard_factors.size() + (one.time_ratio ? 1 : 0) + (one.odds_ratio ? 1 : 0);
    return effects == 0 ? words : words + ", " + counted(effects, "effect");
  }

  void declarations() {
    line(counted(model_.declarations.size() - model_.events.size(), "transition") + " and " +
         counted(model_.events.size(), "event") + ":");
    for (const Declaration& one : model_.declarations) {
      const bool event = one.kind == Declaration::Kind::event;
      const std::string way =
          event ? "in " + all(one.from) : all(one.from) + " -> " + model_.states[one.to.index()].name;
      line("  " + one.name + ": " + way + ", " +
           listed(one.components, [this](const Component& part) { return hazard(part); }) +
           (one.when ? ", on a condition" : "") + (one.recurrent ? ", again and again" : ""));
    }
  }

  void branches() {
    if (model_.branches.empty()) return;
    const auto open =
        std::count_if(model_.branches.begin(), model_.branches.end(), [](const Branch& one) { return !one.choice; });
    line(counted(model_.branches.size(), "branch") + ", of which strategies decide " + std::to_string(open) + ":");
    for (const Branch& one : model_.branches) {
      std::string when = one.on_entry.empty() ? "" : "on entering " + all(one.on_entry);
      const std::string events = listed(one.on_event, [this](MarkId id) { return mark(id); });
      if (!events.empty()) when += (when.empty() ? "on " : ", or on ") + events;
      const std::string who = !one.choice                                            ? "the strategy decides"
                              : std::holds_alternative<Rule>(*one.choice)            ? "a rule decides"
                              : std::holds_alternative<OrdinalLogistic>(*one.choice) ? "a grade is drawn"
                                                                                     : "chance decides";
      line("  " + one.name + ": " + when + " " + who + " between " +
           listed(one.options, [](const Option& option) { return option.name; }));
    }
  }

  [[nodiscard]] std::string decision(BranchId id, const Choice& choice) const {
    const Branch& branch = model_.branches[id.index()];
    const auto* rule = std::get_if<Rule>(&choice);
    if (rule == nullptr) return branch.name + " by chance";
    const bool fixed = rule->option.attributes_used().empty() && rule->option.parameters_used().empty();
    if (!fixed) return branch.name + " by a rule";
    const auto code = expression::compile(rule->option, {}, model_.states.size());
    if (!code.constant) return branch.name + " by a rule";
    return branch.name + " = " + branch.options[static_cast<std::size_t>(code.value)].name;
  }

  void strategies() {
    line(model_.strategies.size() == 1 ? "1 strategy:"
                                       : counted(model_.strategies.size(), "strategy") + ", compared with " +
                                             model_.strategies[model_.reference_strategy().index()].name + ":");
    for (const Strategy& one : model_.strategies) {
      std::vector<std::string> changes;
      if (one.start) changes.push_back("start " + start(*one.start));
      for (const auto& [id, choice] : one.decisions) changes.push_back(decision(id, choice));
      for (const auto& [id, value] : one.parameters) changes.push_back("another " + model_.parameters[id.index()].name);
      const auto same = [](const std::string& words) { return words; };
      line("  " + one.name + (one.label != one.name ? " (" + one.label + ")" : "") + ": " +
           (changes.empty() ? "as the model" : listed(changes, same)));
    }
  }

  const Model& model_;
  std::string text_;
};

}  // namespace

std::vector<std::string> remarks(const Model& model) {
  std::vector<std::string> found;
  const auto used = parameters_in_use(model);
  std::string unused, unsourced;
  std::size_t without_source = 0;
  for (std::size_t p = 0; p < model.parameters.size(); ++p) {
    const Parameter& one = model.parameters[p];
    if (!used[p]) unused += (unused.empty() ? "" : ", ") + one.name;
    if (!one.source.empty() || !one.value.parameters_used().empty()) continue;
    ++without_source;
    unsourced += (unsourced.empty() ? "" : ", ") + one.name;
  }
  if (!unused.empty()) found.push_back("nothing uses " + unused + ".");
  if (without_source > 0)
    found.push_back(counted(without_source, "parameter") + " without a source: " + unsourced + ".");
  if (model.outcomes.empty()) found.emplace_back("no outcomes are declared: a run keeps histories only.");
  return found;
}

std::string in_words(const Model& model) {
  return Words(model).run();
}

}  // namespace sojourn::model
