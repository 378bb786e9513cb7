#include "model/words.hpp"

#include <algorithm>
#include <functional>

#include "base/number_text.hpp"
#include "model/expressions_of.hpp"
#include "model/phrases.hpp"

namespace sojourn::model {
namespace {

std::string counted(std::size_t number, const std::string& word) {
  const bool y = word.ends_with("y");
  if (number == 1) return "1 " + word;
  if (y) return std::to_string(number) + " " + word.substr(0, word.size() - 1) + "ies";
  return std::to_string(number) + " " + word + (word.ends_with("ch") ? "es" : "s");
}

class Words {
 public:
  explicit Words(const Model& model) : model_(model), say_(model) {}

  std::string run() {
    text_ = model_.title + "\n";
    line(counted(static_cast<std::size_t>(model_.cohort_size), "patient") + ", followed for " +
         time_words(model_.horizon) +
         (model_.observed_until ? "; what is later than " + time_words(*model_.observed_until) + " is extrapolation"
                                : "") +
         ".");
    states();
    attributes();
    declarations();
    branches();
    strategies();
    worth();
    text_ += uncertainty_in_words(model_);
    if (!model_.outcomes.empty()) {
      line("Computed: " +
           listed(
               model_.outcomes, [](const Outcome& one) { return one.label; }, "; ") +
           ".");
    }
    if (!model_.trials.empty()) {
      line("Trials made of these patients: " +
           listed(
               model_.trials, [](const Trial& one) { return one.label; }, "; ") +
           ".");
    }
    for (const std::string& one : remarks(model_)) line("Note: " + one);
    return text_;
  }

 private:
  void worth() {
    const auto name = [](const auto& one) { return one.name; };
    if (!model_.costs.empty()) {
      line("Paid" + (model_.currency.empty() ? "" : " in " + model_.currency) + ": " + listed(model_.costs, name) +
           ".");
    }
    if (!model_.utilities.empty()) line("Time is weighed by " + listed(model_.utilities, name) + ".");
    const Discounting& discounting = model_.discounting;
    if (!discounting.costs || !discounting.effects) return;
    const auto rate = [this](const Expression& one) { return value_words(say_.value(one).value_or(0), one.type()); };
    line("Discounted " +
         std::string(discounting.method == Discounting::Method::yearly ? "by whole years" : "continuously") +
         ": costs " + rate(*discounting.costs) + ", effects " + rate(*discounting.effects) + " a year.");
  }

  void line(const std::string& words) { text_ += words + "\n"; }

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
    return std::string("since ") + (clock.first ? "first " : "") + say_.mark(clock.mark);
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
    if (effects == 0) return words;
    std::vector<const Expression*> all;
    for (const Factor& factor : one.hazard_factors) {
      if (const auto* expression = std::get_if<Expression>(&factor)) all.push_back(expression);
    }
    if (one.time_ratio) all.push_back(&*one.time_ratio);
    if (one.odds_ratio) all.push_back(&*one.odds_ratio);
    return words + ", " + counted(effects, "effect") + say_.looking_at(all);
  }

  void declarations() {
    line(counted(model_.declarations.size() - model_.events.size(), "transition") + " and " +
         counted(model_.events.size(), "event") + ":");
    for (const Declaration& one : model_.declarations) {
      const bool event = one.kind == Declaration::Kind::event;
      const std::string way =
          event ? "in " + say_.all(one.from) : say_.all(one.from) + " -> " + model_.states[one.to.index()].name;
      line("  " + one.name + ": " + way + ", " +
           listed(one.components, [this](const Component& part) { return hazard(part); }) +
           (one.when ? ", while a condition holds" + say_.looking_at({&*one.when}) : "") +
           (one.recurrent ? ", again and again" : ""));
    }
  }

  void branches() {
    if (model_.branches.empty()) return;
    const auto open =
        std::count_if(model_.branches.begin(), model_.branches.end(), [](const Branch& one) { return !one.choice; });
    line(counted(model_.branches.size(), "branch") + ", of which strategies decide " + std::to_string(open) + ":");
    for (const Branch& one : model_.branches) {
      line("  " + one.name + ": " + moment(one) + who(one) + " between " +
           listed(one.options, [](const Option& option) { return option.name; }));
    }
  }

  // "3 months and 6 months after entering remission, if then in remission, "
  [[nodiscard]] std::string moment(const Branch& one) const {
    std::string trigger = one.on_entry.empty() ? "" : "entering " + say_.all(one.on_entry);
    const std::string events = listed(one.on_event, [this](MarkId id) { return say_.mark(id); });
    if (!events.empty()) trigger += (trigger.empty() ? "" : " or ") + events;
    std::vector<const Expression*> later;
    for (const Expression& at : one.at) {
      if (at && say_.value(at) != 0.0) later.push_back(&at);
    }
    const auto time = [this](const Expression* at) { return say_.time(*at); };
    const bool at_once = later.empty();
    std::string words = "on " + trigger;
    if (later.size() < one.at.size() && !at_once) words += " and " + listed(later, time, " and ") + " later";
    if (later.size() == one.at.size() && !at_once) words = listed(later, time, " and ") + " after " + trigger;
    if (!at_once && !one.on_entry.empty() && one.in == one.on_entry) words += ", if still there";
    if (!at_once && !one.on_entry.empty() && one.in != one.on_entry) words += ", if then in " + say_.all(one.in);
    if (one.when) words += ", if a condition holds" + say_.looking_at({&*one.when});
    return words + (words == "on " + trigger ? " " : ", ");
  }

  [[nodiscard]] std::string who(const Branch& one) const {
    if (!one.choice) return "the strategy decides";
    if (const auto* rule = std::get_if<Rule>(&*one.choice)) return "a rule decides" + say_.looking_at({&rule->option});
    if (const auto* ordinal = std::get_if<OrdinalLogistic>(&*one.choice))
      return "a grade is drawn" + say_.looking_at({&ordinal->predictor});
    return "chance decides" + chances(std::get<Probabilities>(*one.choice));
  }

  [[nodiscard]] std::string chances(const Probabilities& given) const {
    std::vector<const Expression*> all;
    for (const Expression& one : given.of_option) all.push_back(&one);
    if (given.odds_ratio) all.push_back(&*given.odds_ratio);
    return say_.looking_at(all);
  }

  [[nodiscard]] std::string decision(BranchId id, const Choice& choice) const {
    const Branch& branch = model_.branches[id.index()];
    if (const auto* by_chance = std::get_if<Probabilities>(&choice)) {
      return branch.name + " by chance" + chances(*by_chance);
    }
    const auto* rule = std::get_if<Rule>(&choice);
    if (rule == nullptr) return branch.name + " by chance";
    const bool fixed = rule->option.attributes_used().empty() && rule->option.parameters_used().empty();
    const auto option = fixed ? say_.value(rule->option) : std::nullopt;
    if (!option) return branch.name + " by a rule" + say_.looking_at({&rule->option});
    return branch.name + " = " + branch.options[static_cast<std::size_t>(*option)].name;
  }

  // "hr_sicker = 0.6 instead of 1", and what follows from it
  void changed_values(const Strategy& one, std::vector<std::string>& changes) const {
    Diagnostics none;
    const auto usual = parameter_values(model_, nullptr, none), here = parameter_values(model_, &one, none);
    for (std::size_t p = 0; p < here.size(); ++p) {
      const Parameter& parameter = model_.parameters[p];
      const auto given = std::find_if(one.parameters.begin(), one.parameters.end(),
                                      [p](const auto& entry) { return entry.first.index() == p; });
      const bool is_given = given != one.parameters.end();
      if (!is_given && usual[p] == here[p]) continue;
      const expression::Type& type = parameter.value.type();
      changes.push_back(parameter.name + " = " + value_words(here[p], type) +
                        (usual[p] == here[p] ? ", as in the model" : " instead of " + value_words(usual[p], type)) +
                        (is_given ? "" : " (which follows)"));
    }
  }

  void strategies() {
    line(model_.strategies.size() == 1 ? "1 strategy:"
                                       : counted(model_.strategies.size(), "strategy") + ", compared with " +
                                             model_.strategies[model_.reference_strategy().index()].name + ":");
    for (const Strategy& one : model_.strategies) {
      std::vector<std::string> changes;
      if (one.start) changes.push_back("start " + start(*one.start));
      for (const auto& [id, choice] : one.decisions) changes.push_back(decision(id, choice));
      changed_values(one, changes);
      const auto same = [](const std::string& words) { return words; };
      line("  " + one.name + (one.label != one.name ? " (" + one.label + ")" : "") + ": " +
           (changes.empty() ? "as the model" : listed(changes, same)));
    }
  }

  const Model& model_;
  const Phrases say_;
  std::string text_;
};

}  // namespace

std::vector<std::string> remarks(const Model& model) {
  std::vector<std::string> found;
  const auto used = parameters_in_use(model);
  std::vector<std::string> unused, unsourced;
  for (std::size_t p = 0; p < model.parameters.size(); ++p) {
    const Parameter& one = model.parameters[p];
    if (!used[p]) unused.push_back(one.name);
    if (one.source.empty() && one.value.parameters_used().empty()) unsourced.push_back(one.name);
  }
  const auto same = [](const std::string& name) { return name; };
  if (!unused.empty()) found.push_back("nothing uses " + listed(unused, same) + ".");
  if (!unsourced.empty())
    found.push_back(counted(unsourced.size(), "parameter") + " without a source: " + listed(unsourced, same) + ".");
  if (const auto far = far_from_their_values(model); !far.empty())
    found.push_back("the value lies outside the middle 95% of what is drawn for " + listed(far, same) + ".");
  if (model.outcomes.empty()) found.emplace_back("no outcomes are declared: a run keeps histories only.");
  return found;
}

std::string in_words(const Model& model) {
  return Words(model).run();
}

}  // namespace sojourn::model
