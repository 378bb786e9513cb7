// Transitions and events: where they act, their clocks and times, and the effects on them.
#include <algorithm>

#include "model/calendar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Node;

class DeclarationReader {
 public:
  DeclarationReader(Reading& reading, const Item& item, const config::Shape& shape, Declaration::Kind kind)
      : reading_(reading), fields_(reading.source, item, shape), item_(item) {
    made_.kind = kind;
    made_.at = reading.source.at_key(item);
  }

  void run() {
    if (!fields_.ok()) return;
    made_.cause = reading_.source.text(fields_["cause"]).value_or(is_event() ? "event" : "transition");
    const Item& from = fields_[is_event() ? "in" : "from"];
    made_.from = reading_.states(from);
    if (is_event()) {
      event();
    } else {
      transition();
    }
    refuse_absorbing(from);
    made_.priority = static_cast<int>(fields_.whole_number("priority").value_or(0));
    made_.when = reading_.expression(fields_["when"], Type::boolean(), in_a_hazard);
    made_.sets = reading_.assignments(fields_["sets"]);
    components();
    reading_.model.declarations.push_back(std::move(made_));
  }

 private:
  [[nodiscard]] bool is_event() const { return made_.kind == Declaration::Kind::event; }

  void event() {
    made_.name = item_.key();
    const auto index = reading_.names.find(Names::Kind::event, made_.name);
    if (index) made_.mark = MarkId{*index + static_cast<std::int32_t>(reading_.scope.states.size())};
    made_.recurrent = reading_.source.boolean(fields_["recurrent"]).value_or(false);
    if (index) reading_.names.draws("the event", made_.name, made_.at, item_.path, reading_.source.problems());
  }

  void transition() {
    const auto to = reading_.state(fields_["to"]);
    if (to) made_.to = *to;
    const auto name = reading_.source.text(fields_["name"]);
    if (name) {
      NameProblem wrong = name_problem(*name);
      if (!wrong.problem.empty()) reading_.source.add(fields_["name"], wrong.problem, wrong.why, wrong.hint);
      made_.name = *name;
    } else {
      made_.name = made_.cause + ":";
      for (std::size_t i = 0; i < made_.from.size(); ++i) {
        made_.name += (i > 0 ? "," : "") + reading_.model.states[made_.from[i].index()].name;
      }
      if (to) made_.name += ">" + reading_.model.states[to->index()].name;
    }
    if (to && !made_.from.empty()) {
      reading_.names.draws("the transition", made_.name, made_.at, item_.path, reading_.source.problems());
    }
    const Item& from = fields_["from"];
    const bool listed = from && from.is(Node::Kind::scalar) && from.node->text != "any";
    const bool self = to && std::find(made_.from.begin(), made_.from.end(), *to) != made_.from.end();
    if (self && !listed && !names_state(from, reading_.model.states[to->index()].name)) {
      reading_.source.add(from, "`from` includes `to`, " + quoted(reading_.model.states[to->index()].name),
                          "patients would enter the state again and again", "list the states");
    }
  }

  // The state is written out, so that coming back to it is meant.
  bool names_state(const Item& from, const std::string& name) const {
    for (const Item& one : reading_.source.one_or_more(from)) {
      if (one.is(Node::Kind::scalar) && one.node->text == name) return true;
    }
    return false;
  }

  void refuse_absorbing(const Item& from) {
    for (const StateId id : made_.from) {
      const State& state = reading_.model.states[id.index()];
      if (!state.absorbing) continue;
      const std::string what =
          is_event() ? "nothing happens in the absorbing state " : "nothing leaves the absorbing state ";
      reading_.source.add(from, what + quoted(state.name), line_of(state.at, reading_.source.at(from)));
    }
  }

  void components() {
    const Item& list = fields_["components"];
    if (!fields_.has("components")) {
      if (!fields_.has("time")) {
        reading_.source.add_at_key(item_, "`time` is missing", "when does it happen?",
                                   "write e.g. `time: {exponential: {rate: 0.1 per year}}`");
        return;
      }
      component(fields_);
      return;
    }
    for (const config::Key& key : shapes::component.keys) {
      if (fields_[key.name]) {
        reading_.source.add_at_key(fields_[key.name], "`" + std::string(key.name) + "` beside `components`", "",
                                   "move it into a component");
      }
    }
    for (const Item& one : reading_.source.children(list)) {
      const Fields fields(reading_.source, one, shapes::component);
      if (fields.ok()) component(fields);
    }
  }

  void component(const Fields& fields) {
    Component made;
    const auto clock = fields["clock"] ? reading_.clock(fields["clock"]) : std::optional(Clock{});
    if (clock) made.clock = *clock;
    const auto time = read_distribution(reading_, fields["time"], made.clock.kind);
    if (time) made.time = *time;
    if (time && made.clock.kind == Clock::Kind::calendar) check_years_on_calendar(reading_, fields["time"], *time);
    factors(fields["hazard_ratio"], made);
    factors(fields["smr"], made);
    made.time_ratio = ratio(fields["time_ratio"], in_a_hazard);
    made.odds_ratio = ratio(fields["odds_ratio"], at_risk_entry);
    if (time && clock) refuse_endless(fields, made);
    if (time && clock) allowed_effects(fields, made);
    made_.components.push_back(std::move(made));
  }

  // A recurrent event at a fixed time is due again at the instant at which it has happened, unless its clock begins
  // anew.
  void refuse_endless(const Fields& fields, const Component& made) {
    if (!made_.recurrent || distributions::families()[made.time.family].name != "fixed") return;
    const bool own = made.clock.kind == Clock::Kind::since && !made.clock.first && made.clock.mark == made_.mark;
    if (own) return;
    reading_.source.add_at_key(
        fields["time"], "a recurrent event at a fixed time would happen again at once, without end",
        "its clock goes on", "list the times in a branch, e.g. `at: [1 month, 2 months, 3 months]`");
  }

  std::optional<Expression> ratio(const Item& item, const Allowed& allowed) {
    auto made = reading_.expression(item, Type::number(), allowed);
    if (made) reading_.require(*made, item, is_positive, "more than 0");
    return made;
  }

  void factors(const Item& item, Component& made) {
    if (!item) return;
    if (!item.is(Node::Kind::sequence)) return factor(item, made);
    for (const Item& one : reading_.source.children(item)) factor(one, made);
  }

  void factor(const Item& item, Component& made) {
    if (!item.is(Node::Kind::mapping)) {
      const auto value = reading_.expression(item, Type::number(), in_a_hazard);
      if (!value) return;
      reading_.require(*value, item, is_not_negative, "0 or more");
      made.hazard_factors.emplace_back(*value);
      return;
    }
    const StepsRead wanted{shapes::factor, shapes::piecewise, Type::number(), is_not_negative, "0 or more"};
    auto steps = read_piecewise(reading_, item, wanted);
    if (steps) made.hazard_factors.emplace_back(std::move(*steps));
  }

  // Which effect acts on which family and clock: the table in docs/language.md.
  void allowed_effects(const Fields& fields, const Component& made) {
    const auto& family = distributions::families()[made.time.family];
    const std::string name(family.name);
    const bool table = name == "life_table";
    const auto refuse = [&](const char* key, const std::string& problem, const std::string& why,
                            const std::string& hint) {
      if (fields[key]) reading_.source.add_at_key(fields[key], problem, why, hint);
    };
    if (!family.scales) {
      refuse("hazard_ratio", "a hazard ratio cannot act on " + name, "it has no hazard to multiply", "");
    }
    if (!table) refuse("smr", "`smr` acts on a life table only", "the family is " + name, "write hazard_ratio");
    const bool age = made.clock.kind == Clock::Kind::age;
    const bool calendar = made.clock.kind == Clock::Kind::calendar;
    if (table || age || calendar) {
      refuse("time_ratio",
             "a time ratio cannot act on " + std::string(table      ? "a life table"
                                                         : calendar ? "the clock calendar"
                                                                    : "the clock age"),
             calendar ? "the calendar runs at its own speed" : "years of life pass at their own speed",
             table || age ? "write hazard_ratio or smr" : "write hazard_ratio");
    }
    if (!family.odds_ratio || made.time.cure) {
      refuse("odds_ratio", "an odds ratio cannot act on " + (made.time.cure ? std::string("a cure mixture") : name),
             "only on loglogistic",
             made.time.cure ? "write it inside cure, for the fraction" : "write hazard_ratio or time_ratio");
    }
    if (table && !age) {
      const Item& place = fields["clock"] ? fields["clock"] : fields["time"];
      reading_.source.add_at_key(place, "a life table needs the clock `age`", "its rates are by age",
                                 "write `clock: age`");
    }
  }

  Reading& reading_;
  Fields fields_;
  Item item_;
  Declaration made_;
};

}  // namespace

void read_transitions(Reading& reading, const Item& transitions, const Item& events) {
  for (const Item& item : reading.source.children(transitions)) {
    DeclarationReader(reading, item, shapes::transition, Declaration::Kind::transition).run();
  }
  for (const Item& item : reading.source.children(events)) {
    DeclarationReader(reading, item, shapes::event, Declaration::Kind::event).run();
  }
  if (reading.model.declarations.size() > 32000) {
    reading.source.add_at_key(transitions, "more than 32000 transitions and events");
  }
}

}  // namespace sojourn::model
