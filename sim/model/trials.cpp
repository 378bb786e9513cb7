// Trials: an endpoint, its arms and their size, how patients come in and are lost, when and how it is analysed.
#include <algorithm>
#include <numeric>
#include <utility>

#include "base/similar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"
#include "model/trial_checks.hpp"

namespace sojourn::model {
namespace {

class TrialReader {
 public:
  TrialReader(Reading& reading, const Item& item, Item outcomes)
      : reading_(reading),
        source_(reading.source),
        fields_(reading.source, item, shapes::trial),
        outcomes_(std::move(outcomes)) {
    made_.name = item.key();
    made_.at_location = source_.at_key(item);
  }

  void run() {
    const NameProblem wrong = name_problem(made_.name);
    if (!wrong.problem.empty()) source_.add_at_key(fields_.item(), wrong.problem, wrong.why, wrong.hint);
    if (!fields_.ok()) return;
    made_.label = source_.text(fields_["label"]).value_or(made_.name);
    draws();
    endpoint();
    arms();
    sizes();
    accrual();
    ends();
    dropout();
    estimates();
    test();
    const std::size_t before = source_.problems().size();
    if (whole_ && before == before_) check_trial(reading_, fields_, made_);
    reading_.model.trials.push_back(std::move(made_));
  }

 private:
  // Its random numbers have an address of their own.
  void draws() {
    reading_.names.draws("the trial", made_.draw_name(), made_.at_location, fields_.item().path, source_.problems());
  }

  void endpoint() {
    const auto name = source_.text(fields_["endpoint"]);
    if (!name) return;
    const auto& known = reading_.model.outcomes;
    const auto found = std::find_if(known.begin(), known.end(), [&](const Outcome& one) { return one.name == *name; });
    if (found == known.end()) {
      std::vector<std::string> names;
      for (const Item& one : source_.children(outcomes_)) names.push_back(one.key());
      if (std::find(names.begin(), names.end(), *name) != names.end()) return;  // what is wrong with it has been said
      source_.add(fields_["endpoint"], "there is no outcome " + quoted(*name), "", did_you_mean(*name, names));
      return;
    }
    made_.endpoint = static_cast<std::size_t>(found - known.begin());
    if (found->kind != OutcomeKind::survival) {
      source_.add(fields_["endpoint"], "the endpoint of a trial is a time",
                  quoted(*name) + " is an outcome of another kind", "name an outcome with `time_to`");
    } else if (found->landmark) {
      source_.add(fields_["endpoint"], "the endpoint of a trial has no landmark",
                  "patients are followed from their entry on", "declare an outcome without one");
    }
  }

  void arms() {
    const auto items = source_.one_or_more(fields_["arms"]);
    if (fields_["arms"] && (items.empty() || items.size() > 2)) {
      source_.add(fields_["arms"], "a trial has one arm or two", "", "declare a trial for each comparison");
    }
    std::vector<std::string> known;
    for (const Strategy& one : reading_.model.strategies) known.push_back(one.name);
    for (const Item& one : items) {
      const auto name = source_.text(one);
      if (!name) continue;
      const auto found = std::find(known.begin(), known.end(), *name);
      if (found == known.end()) {
        source_.add(one, "there is no strategy " + quoted(*name), "an arm is a strategy", did_you_mean(*name, known));
      } else {
        made_.arms.push_back({make_id<StrategyId>(static_cast<std::size_t>(found - known.begin())), 0, 1});
      }
    }
    whole_ = made_.arms.size() == items.size() && !items.empty() && items.size() <= 2;
  }

  void sizes() {
    const auto written = fields_.written(shapes::sizes_of_trials);
    if (written.size() > 1) {
      source_.add_at_key(fields_["patients"], "the size of a trial is given twice",
                         "`patients_per_arm` and `patients`");
    } else if (written.empty()) {
      source_.add_at_key(fields_.item(), "the size of the trial is missing", "", "write e.g. patients_per_arm: 150");
    }
    const auto each = fields_.whole_number("patients_per_arm");
    for (Trial::Arm& arm : made_.arms) arm.patients = each.value_or(0);
    allocation();
    const auto total = fields_.whole_number("patients");
    if (!total || !whole_) return;
    std::int64_t shares = 0;
    for (const Trial::Arm& arm : made_.arms) shares += arm.share;
    if (*total % shares != 0) {
      source_.add(fields_["patients"], "the patients cannot be allocated so",
                  std::to_string(*total) + " is no multiple of " + std::to_string(shares),
                  "write e.g. " + std::to_string((*total / shares + 1) * shares));
    }
    for (Trial::Arm& arm : made_.arms) arm.patients = *total / shares * arm.share;
  }

  void allocation() {
    const Item& item = fields_["allocation"];
    if (fields_.out_of_place("allocation")) source_.add_at_key(item, "`allocation` without `patients`");
    const auto entries = source_.children(item);
    if (!item || !whole_) return;
    if (entries.size() != made_.arms.size()) {
      source_.add(item, "an entry is needed for each arm",
                  counted(entries.size(), "number") + ", " + counted(made_.arms.size(), "arm"));
      return;
    }
    for (std::size_t a = 0; a < entries.size(); ++a) {
      made_.arms[a].share = static_cast<std::int32_t>(source_.whole_number(entries[a], 1, 1000).value_or(1));
    }
  }

  void accrual() {
    const Item& item = fields_["accrual"];
    if (!item.is(config::Node::Kind::mapping)) {
      const auto end = reading_.constant_time(item);
      if (!end) return;
      if (*end < 0) source_.add(item, "accrual cannot end before it begins");
      if (*end > 0) made_.accrual = {{*end}, {1}};
      return;
    }
    const Fields fields(source_, item, shapes::accrual);
    double last = 0;
    for (const Item& one : source_.one_or_more(fields["until"])) {
      const auto until = reading_.constant_time(one);
      if (!until) continue;
      if (!(*until > last)) source_.add(one, "the times must rise", "from 0 on");
      made_.accrual.until.push_back(last = *until);
    }
    for (const Item& one : source_.children(fields["rates"])) {
      const double rate = source_.number(one).value_or(1);
      if (!(rate >= 0)) source_.add(one, "a rate is 0 or more");
      made_.accrual.rates.push_back(rate);
    }
    check_accrual(reading_, item, made_.accrual);
  }

  void ends() {
    if (fields_.written(shapes::ends_of_trials).empty()) {
      source_.add_at_key(fields_.item(), "nothing says when the trial is analysed", "",
                         "write `follow_up`, `follow_each` or `events`");
    }
    made_.follow_up = reading_.constant_time(fields_["follow_up"]);
    made_.follow_each = reading_.constant_time(fields_["follow_each"]);
    made_.events = fields_.whole_number("events");
    if (made_.follow_up && *made_.follow_up < 0) source_.add(fields_["follow_up"], "a time of 0 or more is needed");
    if (made_.follow_each && !(*made_.follow_each > 0)) {
      source_.add(fields_["follow_each"], "a time later than the entry is needed");
    }
  }

  void dropout() {
    const Item& item = fields_["dropout"];
    if (!item) return;
    if (item.is(config::Node::Kind::mapping)) {
      made_.dropout = read_distribution(reading_, item, Clock::Kind::reset);
      if (made_.dropout) check_dropout(reading_, item, *made_.dropout);
      return;
    }
    const auto rate = reading_.expression(item, Type::number(-1), parameters_only);
    if (!rate) return;
    reading_.require(*rate, item, is_not_negative, "0 or more [per year]");
    made_.dropout.emplace();
    made_.dropout->family = distributions::find_family("exponential").value();
    made_.dropout->values = {*rate};
    made_.dropout->at = source_.at(item);
  }

  void estimates() {
    for (const Item& one : source_.one_or_more(fields_["at"])) {
      const auto time = reading_.constant_time(one);
      if (!time) continue;
      if (!made_.at.empty() && !(*time > made_.at.back())) source_.add(one, "the times must rise");
      made_.at.push_back(*time);
    }
    made_.restricted_mean = reading_.constant_time(fields_["restricted_mean"]);
    made_.strata = reading_.expression(fields_["strata"], std::nullopt, at_an_instant);
    if (made_.strata && made_.strata->type().kind == Type::Kind::number) {
      source_.add(fields_["strata"], "strata are a boolean or a category, found " + describe(made_.strata->type()), "",
                  "compare it with something");
    }
  }

  void test() {
    const Item& item = fields_["test"];
    if (const auto word = source_.text(item)) {
      const auto found = std::find(std::begin(shapes::trial_tests), std::end(shapes::trial_tests), *word);
      if (found == std::end(shapes::trial_tests)) {
        const std::vector<std::string> known(std::begin(shapes::trial_tests), std::end(shapes::trial_tests));
        source_.add(item, quoted(*word) + " is no test of a trial", config::alternatives(shapes::trial_tests),
                    did_you_mean(*word, known));
      } else {
        made_.test = static_cast<Trial::Test>(found - std::begin(shapes::trial_tests));
      }
    }
    made_.alpha = source_.number(fields_["alpha"]).value_or(made_.alpha);
    made_.sides = static_cast<int>(fields_.whole_number("sided").value_or(made_.sides));
    made_.replicates = fields_.whole_number("replicates").value_or(made_.replicates);
    made_.power = source_.number(fields_["power"]);
  }

  Reading& reading_;
  const config::Source& source_;
  Fields fields_;
  Item outcomes_;
  Trial made_;
  bool whole_ = false;  // the arms are known
  std::size_t before_ = source_.problems().size();
};

}  // namespace

std::string Trial::draw_name() const {
  return "trial " + name;
}

std::int64_t Trial::patients() const {
  std::int64_t sum = 0;
  for (const Arm& arm : arms) sum += arm.patients;
  return sum;
}

std::optional<double> Trial::longest_follow_up() const {
  if (!follow_up) return follow_each;
  const double in_trial = accrual.end() + *follow_up;
  return follow_each ? std::min(in_trial, *follow_each) : in_trial;
}

void read_trials(Reading& reading, const Item& trials, const Item& outcomes) {
  for (const Item& item : reading.source.children(trials)) TrialReader(reading, item, outcomes).run();
}

}  // namespace sojourn::model
