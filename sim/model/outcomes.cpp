// Outcomes: what each is about, from when, for whom, and when it is looked at.
#include <algorithm>

#include "base/similar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_times = 100000;
constexpr std::size_t most_outcomes = 10000;

class OutcomeReader {
 public:
  OutcomeReader(Reading& reading, const Item& item)
      : reading_(reading), fields_(reading.source, item, shapes::outcome), item_(item) {
    made_.name = item.key();
    made_.at_location = reading.source.at_key(item);
  }

  void run() {
    const config::Source& source = reading_.source;
    NameProblem wrong = name_problem(made_.name);
    if (!wrong.problem.empty()) source.add_at_key(item_, wrong.problem, wrong.why, wrong.hint);
    if (!fields_.ok()) return;
    made_.label = source.text(fields_["label"]).value_or(made_.name);
    if (!kind()) return;
    refuse_strangers();
    subject();
    origin();
    conditions();
    times();
    quantiles();
    interval();
    targets();
    reading_.model.outcomes.push_back(std::move(made_));
  }

 private:
  [[nodiscard]] const std::string& key() const { return subject_; }

  bool kind() {
    constexpr OutcomeKind kinds[] = {OutcomeKind::survival,   OutcomeKind::incidence,
                                     OutcomeKind::share,      OutcomeKind::distribution,
                                     OutcomeKind::time_in,    OutcomeKind::count,
                                     OutcomeKind::cost,       OutcomeKind::qalys,
                                     OutcomeKind::life_years, OutcomeKind::cost_effectiveness};
    static_assert(std::size(kinds) == std::size(shapes::subjects));
    const auto given = fields_.written(shapes::subjects);
    if (given.size() > 1) {
      reading_.source.add_at_key(item_, "an outcome is about one thing",
                                 "`" + std::string(given[0]) + "` and `" + std::string(given[1]) + "`");
    } else if (given.empty()) {
      std::string list;
      for (const std::string_view one : shapes::subjects) list += (list.empty() ? "" : ", ") + std::string(one);
      reading_.source.add_at_key(item_, "what the outcome is about is missing", "", "write one of " + list);
    }
    if (given.size() != 1) return false;
    subject_ = given[0];
    made_.kind = kinds[std::find(std::begin(shapes::subjects), std::end(shapes::subjects), subject_) -
                       std::begin(shapes::subjects)];
    return true;
  }

  // Keys that mean nothing for this kind of outcome.
  void refuse_strangers() {
    for (const config::Key& one : shapes::outcome.keys) {
      if (!stranger(one.name) || !fields_.out_of_place(one.name)) continue;
      reading_.source.add_at_key(fields_[one.name],
                                 "`" + std::string(one.name) + "` has no meaning with `" + key() + "`");
    }
  }

  // Not the subject itself, and not a key that needs another one that is no subject.
  [[nodiscard]] bool stranger(std::string_view key) const {
    return key != subject_ && key != "group_at" && key != "interval";
  }

  [[nodiscard]] const Item& taken(std::string_view key) const {
    static const Item nothing;
    return fields_.out_of_place(key) ? nothing : fields_[key];
  }

  void subject() {
    const Item& item = fields_[subject_];
    if (made_.kind == OutcomeKind::share) {
      made_.share = reading_.expression(item, Type::boolean(), at_an_instant);
      return;
    }
    if (made_.kind == OutcomeKind::distribution) {
      const auto attribute = reading_.attribute(item);
      if (!attribute) return;
      made_.attribute = *attribute;
      const Attribute& found = reading_.model.attributes[attribute->index()];
      if (found.type.kind == Type::Kind::number && found.number_levels.empty()) {
        reading_.source.add(item, "the attribute " + quoted(found.name) + " has no levels");
      }
      return;
    }
    if (counts_worth()) return worth(item);
    const auto target = read_occurrence(reading_, item);
    if (!target) return;
    made_.target = *target;
    if (made_.kind == OutcomeKind::time_in && !target->events.empty()) {
      reading_.source.add(item, "time is spent in states, not in events");
    } else if (made_.kind != OutcomeKind::time_in && made_.kind != OutcomeKind::count &&
               std::find(target->states.begin(), target->states.end(), false) == target->states.end()) {
      reading_.source.add(item, "every state is meant here", "it would happen to everybody at once");
    }
  }

  [[nodiscard]] bool counts_worth() const {
    return made_.kind == OutcomeKind::cost || made_.kind == OutcomeKind::qalys ||
           made_.kind == OutcomeKind::life_years || made_.kind == OutcomeKind::cost_effectiveness;
  }

  void worth(const Item& item) {
    const bool against_effect = made_.kind == OutcomeKind::cost_effectiveness;
    if (made_.kind == OutcomeKind::cost) {
      made_.costs = read_chosen_costs(reading_, item);
    } else if (against_effect) {
      read_cost_effectiveness(reading_, item, made_);
      made_.thresholds = read_thresholds(reading_, taken("thresholds"));
    } else if (const auto states = read_counted_states(reading_, item, made_.kind)) {
      made_.target = *states;
    }
    made_.discounted =
        read_discounted(reading_, taken("discounted"), against_effect ? Discounted::yes : Discounted::both);
  }

  void origin() {
    const Item& item = fields_["from"];
    const auto name = reading_.source.text(item);
    if (!name) return;
    if (const auto found = reading_.mark(item, *name)) made_.origin = *found;
  }

  void conditions() {
    made_.competing = read_occurrence(reading_, taken("competing"));
    made_.censor = read_occurrence(reading_, taken("censor_at"));
    made_.where = reading_.expression(taken("where"), Type::boolean(), at_an_instant);
    made_.population = reading_.expression(fields_["population"], Type::boolean(), at_an_instant);
    made_.group = reading_.expression(fields_["group"], std::nullopt, at_an_instant);
    if (made_.group && made_.group->type().kind == Type::Kind::number) {
      reading_.source.add(fields_["group"],
                          "groups are a boolean or a category, found " + expression::describe(made_.group->type()), "",
                          "compare it with something");
    }
    if (made_.competing) refuse_overlap(fields_["competing"], *made_.competing, "competes with");
    if (made_.censor) refuse_overlap(fields_["censor_at"], *made_.censor, "censors");
    group_at();
  }

  // What competes must not be what is counted, except where `where` tells the occurrences apart.
  void refuse_overlap(const Item& item, const Occurrence& other, const std::string& verb) {
    if (made_.where || made_.target.states.empty()) return;
    for (std::size_t s = 0; s < other.states.size(); ++s) {
      if (!other.states[s] || !made_.target.states[s]) continue;
      reading_.source.add(item, "the state " + quoted(reading_.model.states[s].name) + " " + verb + " itself",
                          "it is what is counted");
      return;
    }
  }

  void group_at() {
    const Item& item = fields_["group_at"];
    const bool landmark = fields_.has("landmark");
    made_.group_at = landmark ? GroupAt::landmark : GroupAt::origin;
    const auto text = reading_.source.text(item);
    if (!text) return;
    if (fields_.out_of_place("group_at")) reading_.source.add_at_key(item, "`group_at` without `group`");
    if (*text == "origin") {
      made_.group_at = GroupAt::origin;
    } else if (*text == "end") {
      made_.group_at = GroupAt::end;
    } else if (*text != "landmark") {
      const std::vector<std::string> known(std::begin(shapes::grouping_times), std::end(shapes::grouping_times));
      reading_.source.add(item, quoted(*text) + " is no time to form groups",
                          config::alternatives(shapes::grouping_times), did_you_mean(*text, known));
    } else if (!landmark) {
      reading_.source.add(item, "groups at a landmark need a `landmark`", "", "write e.g. landmark: 3 months");
    }
  }

  // A time within the horizon, after the origin or (`at`) not before it.
  std::optional<double> time(const Item& item, bool or_at_once) {
    const auto found = reading_.constant_time(item);
    if (!found) return std::nullopt;
    if (!(*found > 0) && !(or_at_once && *found == 0)) {
      reading_.source.add(item, "it must be later than the origin");
    } else if (reading_.model.horizon > 0 && *found > reading_.model.horizon) {
      reading_.source.add(item, "it lies beyond the horizon", "no patient is followed so long", "");
    } else {
      return found;
    }
    return std::nullopt;
  }

  void times() {
    const auto items = reading_.source.one_or_more(taken("at"));
    if (items.size() > most_times) {
      reading_.source.add(taken("at"), "more than 100000 times");
      return;
    }
    for (const Item& one : items) {
      const auto found = time(one, true);
      if (!found) continue;
      if (!made_.at.empty() && *found <= made_.at.back()) reading_.source.add(one, "the times must rise");
      made_.at.push_back(*found);
    }
    made_.landmark = time(taken("landmark"), false);
    for (const char* key : {"restricted_mean", "by", "until"}) {
      if (const auto found = time(taken(key), false)) made_.until = found;
    }
    const bool over_time = made_.kind == OutcomeKind::survival || made_.kind == OutcomeKind::incidence;
    if (over_time && !fields_.has("at") && !fields_.has("restricted_mean") && !fields_.has("quantiles")) {
      const bool survival = made_.kind == OutcomeKind::survival;
      reading_.source.add_at_key(
          item_, survival ? "`at`, `restricted_mean` or `quantiles` is missing" : "`at` or `quantiles` is missing",
          "when is it looked at?", "write e.g. at: [6 months, 12 months]");
    }
    if (made_.landmark && !made_.at.empty() && made_.at.front() < *made_.landmark) {
      reading_.source.add(taken("at"), "a time before the landmark", "everybody in the analysis is still at risk then");
    }
  }

  void quantiles() {
    const Item& list = taken("quantiles");
    for (const Item& one : reading_.source.children(list)) {
      const auto share = reading_.source.number(one);
      if (!share) continue;
      if (!(*share > 0 && *share < 1))
        reading_.source.add(one, "a quantile lies between 0 and 1", "", "0.5: the median");
      if (!made_.quantiles.empty() && *share <= made_.quantiles.back()) {
        reading_.source.add(one, "the quantiles must rise");
      }
      made_.quantiles.push_back(*share);
    }
  }

  void interval() {
    const Item& item = fields_["interval"];
    const auto text = reading_.source.text(item);
    if (!text) return;
    if (fields_.out_of_place("interval")) {
      reading_.source.add_at_key(item, "`interval` without `censor_at`", "shares have Wilson's intervals");
    }
    const auto found = std::find(std::begin(shapes::interval_scales), std::end(shapes::interval_scales), *text);
    if (found == std::end(shapes::interval_scales)) {
      const std::vector<std::string> known(std::begin(shapes::interval_scales), std::end(shapes::interval_scales));
      reading_.source.add(item, quoted(*text) + " is no scale of intervals",
                          config::alternatives(shapes::interval_scales), did_you_mean(*text, known));
      return;
    }
    constexpr IntervalScale scales[] = {IntervalScale::plain, IntervalScale::log, IntervalScale::log_log};
    made_.interval = scales[found - std::begin(shapes::interval_scales)];
  }

  void targets() {
    if (made_.discounted == Discounted::both && taken("targets")) {
      reading_.source.add(fields_["targets"], "a target of what is discounted and not", "which of them is it?",
                          "write `discounted: true` or false");
    }
    for (const Item& item : reading_.source.children(taken("targets"))) {
      const Fields fields(reading_.source, item, shapes::target);
      if (!fields.ok()) continue;
      Target made;
      made.source = reading_.source.text(fields["source"]).value_or("");
      made.value = reading_.source.number(fields["value"]).value_or(0);
      made.se = reading_.source.number(fields["se"]).value_or(1);
      if (!(made.se > 0)) reading_.source.add(fields["se"], "a standard error is more than 0");
      target_time(fields, made);
      target_level(fields, made);
      made_.targets.push_back(std::move(made));
    }
  }

  void target_time(const Fields& fields, Target& made) {
    const bool over_time = made_.kind == OutcomeKind::survival || made_.kind == OutcomeKind::incidence;
    const auto at = reading_.constant_time(fields["at"]);
    if (over_time && !fields.has("at")) {
      reading_.source.add_at_key(fields.item(), "`at` is missing in a target", "one of the outcome's times");
    } else if (!over_time && fields.has("at")) {
      reading_.source.add_at_key(fields["at"], "`at` has no meaning with `" + key() + "`");
    } else if (at && std::find(made_.at.begin(), made_.at.end(), *at) == made_.at.end() && !made_.at.empty()) {
      reading_.source.add(fields["at"], "the outcome is not computed at this time", "", "add it to the outcome's `at`");
    }
    made.at = at.value_or(0);
  }

  void target_level(const Fields& fields, Target& made) {
    const bool levels = made_.kind == OutcomeKind::distribution;
    for (const char* name : {"group", "level"}) {
      const auto text = reading_.source.text(fields[name]);
      if (!text) continue;
      const bool is_group = std::string_view(name) == "group";
      if (is_group && !made_.group) {
        if (!fields_.has("group")) reading_.source.add(fields[name], "the outcome has no groups");
        continue;
      }
      if (!is_group && !levels) {
        reading_.source.add(fields[name], "the outcome has no levels");
        continue;
      }
      if (!made.level.empty()) {
        reading_.source.add(fields[name], "a target is about a group or about a level");
        continue;
      }
      made.level = *text;
      if (!is_group && made_.attribute.valid()) (void)reading_.level(made_.attribute, fields[name]);
      if (is_group) group_level(fields[name], *text);
    }
    if (levels && !fields.has("level"))
      reading_.source.add_at_key(fields.item(), "`level` is missing in a target", "which share is it?");
  }

  void group_level(const Item& item, const std::string& text) {
    const Type& type = made_.group->type();
    const std::vector<std::string> known = type.levels ? *type.levels : std::vector<std::string>{"false", "true"};
    if (std::find(known.begin(), known.end(), text) != known.end()) return;
    reading_.source.add(item, "there is no group " + quoted(text), "", did_you_mean(text, known));
  }

  Reading& reading_;
  Fields fields_;
  Item item_;
  std::string subject_;  // the key that says what it is about
  Outcome made_;
};

}  // namespace

void read_outcomes(Reading& reading, const Item& outcomes) {
  if (outcomes && outcomes.node->children.size() > most_outcomes) {
    reading.source.add_at_key(outcomes, "more than 10000 outcomes");
    return;
  }
  for (const Item& item : reading.source.children(outcomes)) OutcomeReader(reading, item).run();
}

}  // namespace sojourn::model
