// The YAML of a random model.
#include <ostream>
#include <sstream>

#include "base/number_text.hpp"
#include "random_models/draft.hpp"

namespace sojourn::engine::testing {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& one : words) text += (text.empty() ? "" : ", ") + one;
  return text;
}

template <class List, class Say>
std::string list_of(const List& list, Say say) {
  std::vector<std::string> words;
  for (const auto& one : list) words.push_back(say(one));
  return joined(words);
}

std::string place(const std::string& name) {
  return name.front() == '#' ? "{tag: " + name.substr(1) + "}" : name;
}
std::string places(const Places& list) {
  return list.size() == 1 ? place(list.front()) : "[" + list_of(list, place) + "]";
}
std::string terms(const std::vector<Term>& list) {
  const auto one = [](const Term& term) { return yaml(term); };
  return list.size() == 1 ? yaml(list.front()) : "[" + list_of(list, one) + "]";
}
std::string sets(const std::vector<Assignment>& list) {
  return "sets: {" + list_of(list, [](const auto& one) { return one.attribute + ": " + yaml(one.value); }) + "}";
}

// Entries of a mapping.
using Entries = std::vector<std::string>;

std::string probabilities(const Choice& choice) {
  const auto one = [](const auto& pair) {
    return pair.first + ": " + (pair.second.text == "rest" ? "rest" : yaml(pair.second));
  };
  std::string text = "probabilities: {" + list_of(choice.probabilities, one) + "}";
  if (choice.odds_ratio) text += ", odds_ratio: " + yaml(*choice.odds_ratio);
  return text;
}
std::string choice(const Choice& one) {
  return one.rule ? yaml(*one.rule) : "{" + probabilities(one) + "}";
}

Entries component(const Component& one) {
  Entries made{"clock: " + yaml(one.clock), "time: {" + yaml(one.time) + "}"};
  if (!one.hazard_ratio.empty()) made.push_back("hazard_ratio: " + terms(one.hazard_ratio));
  if (!one.smr.empty()) made.push_back("smr: " + terms(one.smr));
  if (one.time_ratio) made.push_back("time_ratio: " + yaml(*one.time_ratio));
  if (one.odds_ratio) made.push_back("odds_ratio: " + yaml(*one.odds_ratio));
  return made;
}

std::string declaration(const Declaration& one) {
  Entries made;
  if (!one.event && !one.name.empty()) made.push_back("name: " + one.name);
  if (!one.cause.empty()) made.push_back("cause: " + one.cause);
  made.push_back((one.event ? "in: " : "from: ") + places(one.from));
  if (!one.event) made.push_back("to: " + one.to);
  if (one.recurrent) made.emplace_back("recurrent: true");
  if (one.priority != 0) made.push_back("priority: " + std::to_string(one.priority));
  if (one.when) made.push_back("when: " + yaml(*one.when));
  if (one.components.size() == 1) {
    for (const auto& entry : component(one.components.front())) made.push_back(entry);
  } else {
    made.push_back("components: [" +
                   list_of(one.components, [](const auto& part) { return "{" + joined(component(part)) + "}"; }) + "]");
  }
  if (!one.sets.empty()) made.push_back(sets(one.sets));
  return "{" + joined(made) + "}";
}

std::string option(const Option& one) {
  Entries made;
  if (!one.to.empty()) made.push_back("to: " + one.to);
  if (!one.sets.empty()) made.push_back(sets(one.sets));
  return one.name + ": {" + joined(made) + "}";
}

std::string branch(const Branch& one) {
  Entries made;
  if (!one.on_entry.empty()) made.push_back("on_entry: " + places(one.on_entry));
  if (!one.on_event.empty()) made.push_back("on_event: " + places(one.on_event));
  if (!one.at.empty()) made.push_back("at: " + terms(one.at));
  if (!one.in.empty()) made.push_back("in: " + places(one.in));
  if (one.priority != 0) made.push_back("priority: " + std::to_string(one.priority));
  if (one.when) made.push_back("when: " + yaml(*one.when));
  if (one.ordinal) {
    made.push_back("ordinal_logistic: {levels: [" + list_of(one.options, [](const auto& o) { return o.name; }) +
                   "], cutpoints: [" + list_of(one.ordinal->cutpoints, [](const auto& c) { return yaml(c); }) +
                   "], predictor: " + yaml(one.ordinal->predictor) + "}");
    made.push_back("sets: " + one.ordinal->attribute);
  } else if (!one.choice) {
    made.emplace_back("decided_by: strategy");
  } else {
    made.push_back(one.choice->rule ? "choose: " + yaml(*one.choice->rule) : probabilities(*one.choice));
  }
  made.push_back("options: {" + list_of(one.options, option) + "}");
  return one.name + ": {" + joined(made) + "}";
}

std::string strategy(const Strategy& one) {
  Entries made;
  if (!one.decisions.empty()) {
    made.push_back("decisions: {" +
                   list_of(one.decisions, [](const auto& d) { return d.first + ": " + choice(d.second); }) + "}");
  }
  if (!one.parameters.empty()) {
    made.push_back("parameters: {" +
                   list_of(one.parameters, [](const auto& p) { return p.first + ": " + yaml(p.second); }) + "}");
  }
  if (one.start) made.push_back("start: " + choice(*one.start));
  return one.name + ": {" + joined(made) + "}";
}

std::string levels(const Attribute& one) {
  return one.levels.empty() ? "" : "levels: [" + joined(one.levels) + "]";
}

std::string drawn(const Attribute& one) {
  if (one.cases.size() == 1) return one.name + ": {" + yaml(one.cases.front().draw) + "}";
  return one.name + ": {cases: [" +
         list_of(one.cases,
                 [](const Case& single) {
                   return "{" + (single.when ? "when: " + yaml(*single.when) + ", " : std::string()) + "draw: {" +
                          yaml(single.draw) + "}}";
                 }) +
         "]}";
}

std::string set_on_the_way(const Attribute& one) {
  Entries made;
  if (!one.levels.empty()) made.push_back(levels(one));
  made.push_back("initial: " + yaml(*one.initial));
  return one.name + ": {" + joined(made) + "}";
}

class Printer {
 public:
  explicit Printer(const Draft& draft) : draft_(draft) {}

  std::string run() {
    out_ << "sojourn: 1\ntitle: A random model\nseed: " << draft_.seed << "\nhorizon: " << number_text(draft_.horizon)
         << " years\n";
    section("parameters", draft_.parameters, [](const Parameter& p) { return p.name + ": " + yaml(p.value); });
    cohort();
    std::vector<Attribute> set;
    for (const auto& one : draft_.attributes) {
      if (one.initial) set.push_back(one);
    }
    section("attributes", set, set_on_the_way);
    states();
    section("branches", draft_.branches, branch);
    declarations();
    section("strategies", draft_.strategies, strategy);
    return out_.str();
  }

 private:
  template <class List, class Say>
  void section(const char* name, const List& list, Say say) {
    if (list.empty()) return;
    out_ << name << ":\n";
    for (const auto& one : list) out_ << "  " << say(one) << "\n";
  }

  void cohort() {
    std::vector<Attribute> of_rows, drawn_ones;
    for (const auto& one : draft_.attributes) {
      if (!one.column.empty()) of_rows.push_back(one);
      if (!one.cases.empty()) drawn_ones.push_back(one);
    }
    if (of_rows.empty() && drawn_ones.empty()) return;
    out_ << "cohort:\n";
    if (!of_rows.empty()) {
      out_ << "  rows: {file: patients.csv, columns: {"
           << list_of(of_rows, [](const Attribute& a) { return a.name + ": " + a.column; }) << "}" << draft_.rows
           << "}\n";
    }
    if (!drawn_ones.empty()) out_ << "  attributes:\n";
    for (const auto& one : drawn_ones) out_ << "    " << drawn(one) << "\n";
    if (draft_.correlations.empty()) return;
    out_ << "  correlation: [" << list_of(draft_.correlations, [](const Correlation& one) {
      return "[" + one.first + ", " + one.second + ", " + yaml(one.rho) + "]";
    }) << "]\n";
  }

  void states() {
    const bool initial = !draft_.start;
    out_ << "states:\n";
    for (std::size_t s = 0; s < draft_.states.size(); ++s) {
      const State& one = draft_.states[s];
      Entries made;
      if (initial && s == 0) made.emplace_back("initial: true");
      if (one.absorbing) made.emplace_back("absorbing: true");
      if (!one.tags.empty()) made.push_back("tags: [" + joined(one.tags) + "]");
      out_ << "  " << one.name << ": {" << joined(made) << "}\n";
    }
    if (draft_.start) out_ << "start: " << choice(*draft_.start) << "\n";
  }

  void declarations() {
    std::vector<Declaration> transitions, events;
    for (const auto& one : draft_.declarations) (one.event ? events : transitions).push_back(one);
    section("transitions", transitions, [](const auto& one) { return "- " + declaration(one); });
    section("events", events, [](const auto& one) { return one.name + ": " + declaration(one); });
  }

  const Draft& draft_;
  std::ostringstream out_;
};

}  // namespace

std::string yaml(const Draft& draft) {
  return Printer(draft).run();
}

std::ostream& operator<<(std::ostream& out, const Draft& draft) {
  out << yaml(draft);
  if (draft.replicate > 0) out << "# replicate " << draft.replicate << "\n";
  if (draft.first_patient > 1) out << "# patients from " << draft.first_patient << " on\n";
  for (const auto& file : draft.files) {
    if (yaml(draft).find(file.path) != std::string::npos) out << "--- " << file.path << "\n" << file.content;
  }
  return out;
}

}  // namespace sojourn::engine::testing
