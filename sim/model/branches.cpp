// Branches: when they happen, who decides, and what each option does.
#include <algorithm>

#include "base/similar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_options = 1000;

class BranchReader {
 public:
  BranchReader(Reading& reading, const Item& item)
      : reading_(reading), fields_(reading.source, item, shapes::branch), item_(item) {
    made_.name = item.key();
    made_.at_location = reading.source.at_key(item);
  }

  void run() {
    const config::Source& source = reading_.source;
    NameProblem wrong = name_problem(made_.name);
    if (!wrong.problem.empty()) source.add_at_key(item_, wrong.problem, wrong.why, wrong.hint);
    if (!fields_.ok()) return;
    reading_.names.draws("the branch", made_.name, made_.at_location, item_.path, source.problems());
    trigger();
    times();
    where();
    made_.priority = static_cast<int>(fields_.whole_number("priority").value_or(0));
    made_.when = reading_.expression(fields_["when"], Type::boolean(), at_an_instant);
    choice();
    refuse_ambiguous_options();
    refuse_leaving_absorbing();
    reading_.branch_ids.try_emplace(made_.name, make_id<BranchId>(reading_.model.branches.size()));
    reading_.model.branches.push_back(std::move(made_));
  }

 private:
  void trigger() {
    if (fields_.written(shapes::branch_triggers).empty()) {
      reading_.source.add_at_key(item_, "when the branch happens is missing", "",
                                 "write on_entry: STATE, or on_event: EVENT");
    }
    made_.on_entry = reading_.states(fields_["on_entry"]);
    for (const Item& one : reading_.source.one_or_more(fields_["on_event"])) {
      const auto name = reading_.source.text(one);
      if (!name) continue;
      if (const auto index = reading_.names.find(Names::Kind::event, *name)) {
        made_.on_event.push_back(MarkId{*index + static_cast<std::int32_t>(reading_.scope.states.size())});
      } else {
        const bool state = reading_.names.find(Names::Kind::state, *name).has_value();
        reading_.source.add(one, "there is no event " + quoted(*name), state ? "it is a state: write on_entry" : "",
                            did_you_mean(*name, reading_.scope.events));
      }
    }
  }

  void times() {
    for (const Item& one : reading_.source.one_or_more(fields_["at"])) {
      const auto time = reading_.expression(one, Type::number(1), parameters_only);
      if (!time) continue;
      made_.at.push_back(*time);
      reading_.require(*time, one, is_not_negative, "0 or later");
    }
    if (!fields_.has("at")) made_.at.push_back(Expression::constant(0, Type::number(1)));
  }

  // Where nothing is said: still in the state that was entered; after an event anywhere that is not absorbing.
  void where() {
    if (fields_["in"]) {
      made_.in = reading_.states(fields_["in"]);
      return;
    }
    made_.in = made_.on_entry;
    if (made_.on_event.empty()) return;
    made_.in.clear();
    for (std::size_t s = 0; s < reading_.model.states.size(); ++s) {
      const auto id = make_id<StateId>(s);
      const bool entered = std::find(made_.on_entry.begin(), made_.on_entry.end(), id) != made_.on_entry.end();
      if (entered || !reading_.model.states[s].absorbing) made_.in.push_back(id);
    }
  }

  void choice() {
    const auto given = fields_.written(shapes::ways_to_decide);
    if (given.size() != 1) {
      reading_.source.add_at_key(item_, given.empty() ? "who decides is missing" : "more than one way to decide", "",
                                 "write one of ordinal_logistic, probabilities, choose, or decided_by: strategy");
      return;
    }
    if (fields_.out_of_place("sets")) {
      reading_.source.add_at_key(fields_["sets"], "`sets` here belongs to ordinal_logistic", "",
                                 "write it inside an option");
    }
    if (fields_.out_of_place("odds_ratio")) {
      reading_.source.add_at_key(fields_["odds_ratio"], "`odds_ratio` without `probabilities`");
    }
    if (too_many()) return;
    if (fields_.has("ordinal_logistic")) {
      ordinal();
    } else if (fields_.has("probabilities")) {
      for (const Item& one : reading_.source.children(fields_["probabilities"])) add_option(one, one.key());
      options();
      made_.choice = read_probabilities(reading_, fields_["probabilities"], fields_["odds_ratio"], made_.options);
    } else {
      by_rule();
    }
  }

  bool too_many() {
    for (const char* key : {"probabilities", "options", "ordinal_logistic"}) {
      const Item& item = fields_[key];
      for (const Item& inner : reading_.source.children(item)) {
        if (item.node->children.size() <= most_options && inner.node->children.size() <= most_options) continue;
        reading_.source.add(item, "more than 1000 options");
        return true;
      }
    }
    return false;
  }

  void by_rule() {
    for (const Item& one : reading_.source.children(fields_["options"])) add_option(one, one.key());
    options();
    if (made_.options.empty()) {
      reading_.source.add_at_key(item_, "`options` is missing", "what can be chosen",
                                 "write e.g. options: {a: {}, b: {to: STATE}}");
      return;
    }
    if (fields_.has("choose")) {
      const auto rule = reading_.expression(fields_["choose"], category_of(option_names(made_)), at_an_instant);
      if (rule) made_.choice = Rule{*rule};
    } else if (const auto who = reading_.source.text(fields_["decided_by"]); who && *who == "strategy") {
      reading_.left_to_strategies.push_back(make_id<BranchId>(reading_.model.branches.size()));
    } else if (who) {
      reading_.source.add(fields_["decided_by"], quoted(*who) + " cannot decide", "", "write decided_by: strategy");
    }
  }

  void add_option(const Item& item, const std::string& name) {
    NameProblem wrong = name_problem(name);
    if (!wrong.problem.empty()) reading_.source.add_at_key(item, wrong.problem, wrong.why, wrong.hint);
    made_.options.push_back({name, {}, {}});
  }

  // What the options do; those of ordinal_logistic and probabilities are known by then.
  void options() {
    const auto names = option_names(made_);
    for (const Item& one : reading_.source.children(fields_["options"])) {
      const auto found = std::find(names.begin(), names.end(), one.key());
      if (found == names.end()) {
        reading_.source.add_at_key(one, "there is no option " + quoted(one.key()), "it is never chosen",
                                   did_you_mean(one.key(), names));
        continue;
      }
      const Fields fields(reading_.source, one, shapes::option);
      Option& option = made_.options[static_cast<std::size_t>(found - names.begin())];
      if (const auto to = reading_.state(fields["to"])) option.to = *to;
      const auto sets = reading_.assignments(fields["sets"]);
      option.sets.insert(option.sets.end(), sets.begin(), sets.end());
    }
  }

  void ordinal() {
    const Fields fields(reading_.source, fields_["ordinal_logistic"], shapes::ordinal_logistic);
    if (!fields.ok()) return;
    OrdinalLogistic made;
    const auto cutpoints = reading_.source.children(fields["cutpoints"]);
    for (const Item& one : cutpoints) {
      made.cutpoints.push_back(reading_.expression(one, Type::number(), parameters_only).value_or(Expression()));
    }
    const auto predictor = reading_.expression(fields["predictor"], Type::number(), at_an_instant);
    if (predictor) made.predictor = *predictor;
    levels(reading_.source.children(fields["levels"]));
    if (fields["levels"] && fields["cutpoints"] && made_.options.size() != cutpoints.size() + 1) {
      reading_.source.add(fields["cutpoints"], std::to_string(made_.options.size()) + " levels need one cutpoint fewer",
                          std::to_string(cutpoints.size()) + " here");
    }
    rising(made, cutpoints);
    options();
    made_.choice = std::move(made);
  }

  // Each level is an option that sets the attribute.
  void levels(const std::vector<Item>& items) {
    if (!fields_.has("sets")) {
      reading_.source.add_at_key(item_, "`sets` is missing", "the attribute that takes the level", "");
    }
    const auto target = reading_.attribute(fields_["sets"]);
    for (const Item& one : items) {
      const auto name = reading_.source.text(one);
      if (!name) continue;
      Option option{*name, {}, {}};
      const auto same = [&](const Option& other) { return other.name == *name; };
      if (std::any_of(made_.options.begin(), made_.options.end(), same)) {
        reading_.source.add(one, "the level " + quoted(*name) + " is there twice");
      }
      if (target) {
        const auto value = reading_.level(*target, one);
        const Type& type = reading_.model.attributes[target->index()].type;
        if (value) option.sets.push_back({*target, Expression::constant(*value, type)});
      }
      made_.options.push_back(std::move(option));
    }
  }

  void rising(const OrdinalLogistic& made, const std::vector<Item>& items) {
    std::vector<const Expression*> over;
    for (const Expression& one : made.cutpoints) over.push_back(&one);
    reading_.rule(over, [&reading = reading_, cutpoints = made.cutpoints, items](const Values& values) {
      std::optional<double> last;
      for (std::size_t i = 0; i < cutpoints.size(); ++i) {
        const auto value = cutpoints[i] ? reading.value(cutpoints[i], values) : std::nullopt;
        if (value && last && *value < *last) {
          reading.report(items[i], values,
                         "the cutpoints must rise, but " + shown(*value, Type::number()) + " follows " +
                             shown(*last, Type::number()));
        }
        last = value;
      }
    });
  }

  void refuse_ambiguous_options() {
    if (fields_.has("ordinal_logistic")) return;  // the levels of an attribute
    for (const Option& option : made_.options) {
      const auto* other = reading_.names.find(option.name);
      if (other == nullptr || (other->kind != Names::Kind::parameter && other->kind != Names::Kind::attribute))
        continue;
      reading_.source.add_at_key(
          item_, "the option " + quoted(option.name) + " is " + std::string(describe(other->kind)) + " already",
          line_of(other->at, made_.at_location) + "; expressions could not tell them apart", "rename one of them");
    }
  }

  void refuse_leaving_absorbing() {
    for (const StateId id : made_.in) {
      const State& state = reading_.model.states[id.index()];
      if (!state.absorbing) continue;
      const auto leaves = [id](const Option& one) { return one.to.valid() && one.to != id; };
      const auto found = std::find_if(made_.options.begin(), made_.options.end(), leaves);
      if (found != made_.options.end()) {
        reading_.source.add_at_key(
            item_, "the option " + quoted(found->name) + " would leave the absorbing state " + quoted(state.name));
      }
      if (fields_.has("at")) {
        reading_.source.add_at_key(fields_["at"], "nothing happens later in the absorbing state " + quoted(state.name),
                                   "", "leave out `at`, or the state");
      }
      return;
    }
  }

  Reading& reading_;
  Fields fields_;
  Item item_;
  Branch made_;
};

}  // namespace

std::vector<std::string> option_names(const Branch& branch) {
  std::vector<std::string> names;
  for (const Option& one : branch.options) names.push_back(one.name);
  return names;
}

void read_branches(Reading& reading, const Item& branches) {
  for (const Item& item : reading.source.children(branches)) BranchReader(reading, item).run();
}

}  // namespace sojourn::model
