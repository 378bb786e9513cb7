#include "model/trial_checks.hpp"

#include <algorithm>

#include "base/number_text.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

std::string years(double time) {
  return shown(time, Type::number(1));
}

void check_level(Reading& reading, const Fields& fields, const Trial& trial) {
  const auto open = [&](const char* key, double value) {
    if (!(value > 0 && value < 1)) reading.source.add(fields[key], "a number between 0 and 1 is needed");
  };
  if (fields["alpha"]) open("alpha", trial.alpha);
  if (trial.power) open("power", *trial.power);
  if (trial.power && trial.arms.size() == 2 && trial.arms[0].strategy == trial.arms[1].strategy) {
    reading.source.add_at_key(fields["power"], "there is no difference to be found", "both arms are one strategy", "");
  } else if (trial.power && *trial.power <= trial.alpha) {
    reading.source.add(fields["power"], "the power wanted is no more than the level of the test",
                       number_text(*trial.power) + " and " + number_text(trial.alpha));
  }
}

// What is about two arms.
void check_comparison(Reading& reading, const Fields& fields, const Trial& trial) {
  if (trial.arms.size() == 2) return;
  for (const char* key : {"test", "strata", "alpha", "sided", "power"}) {
    if (fields.has(key)) {
      reading.source.add_at_key(fields[key], "`" + std::string(key) + "` has no meaning with one arm",
                                "there is nothing to compare", "");
    }
  }
}

void check_times(Reading& reading, const Fields& fields, const Trial& trial) {
  const double horizon = reading.model.horizon;
  const auto longest = trial.longest_follow_up();
  if (longest && horizon > 0 && *longest > horizon) {
    const bool each = !trial.follow_up;
    reading.source.add(fields[each ? "follow_each" : "follow_up"], "patients are followed beyond the horizon",
                       "the first of them for " + years(*longest) + ", the horizon is " + years(horizon),
                       each ? "" : "shorten it, limit it with `follow_each`, or move the horizon");
    return;
  }
  const double last = longest.value_or(horizon);
  const auto within = [&](const Item& item, double time) {
    if (time <= last) return;
    reading.source.add(item, "nobody is followed for so long", "at most " + years(last));
  };
  const auto items = reading.source.one_or_more(fields["at"]);
  for (std::size_t i = 0; i < items.size() && i < trial.at.size(); ++i) within(items[i], trial.at[i]);
  if (trial.restricted_mean) within(fields["restricted_mean"], *trial.restricted_mean);
}

void check_size(Reading& reading, const Fields& fields, const Trial& trial) {
  if (trial.patients() > shapes::most_in_trial / trial.replicates) {
    reading.source.add_at_key(
        fields.item(), "the replicates have more than 10 million patients together",
        std::to_string(trial.replicates) + " times " + std::to_string(trial.patients()) + "; they are held in memory",
        "ask for fewer `replicates`");
  }
  if (trial.events && *trial.events > trial.patients()) {
    reading.source.add(fields["events"], "there are fewer patients than events",
                       std::to_string(trial.patients()) + " patients");
  }
}

}  // namespace

void check_trial(Reading& reading, const Fields& fields, const Trial& trial) {
  check_comparison(reading, fields, trial);
  check_level(reading, fields, trial);
  check_times(reading, fields, trial);
  check_size(reading, fields, trial);
  if (trial.test == Trial::Test::restricted_mean && !trial.restricted_mean) {
    reading.source.add(fields["test"], "the test needs `restricted_mean`", "up to when?",
                       "write e.g. restricted_mean: 2 years");
  }
  if (trial.test == Trial::Test::restricted_mean && trial.strata) {
    reading.source.add_at_key(fields["strata"], "`strata` has no meaning with `test: rmst`",
                              "the means are compared as they are", "");
  }
  if (trial.arms.size() == 1 && trial.at.empty() && !trial.restricted_mean) {
    reading.source.add_at_key(fields.item(), "nothing is estimated in the one arm", "",
                              "write `at` or `restricted_mean`");
  }
}

void check_accrual(Reading& reading, const Item& item, const Accrual& accrual) {
  if (accrual.until.size() != accrual.rates.size()) {
    reading.source.add(item, "as many times as rates are needed",
                       counted(accrual.until.size(), "time") + ", " + counted(accrual.rates.size(), "rate"));
  } else if (!std::any_of(accrual.rates.begin(), accrual.rates.end(), is_positive)) {
    reading.source.add(item, "no patient ever comes in", "all rates are 0");
  }
}

void check_dropout(Reading& reading, const Item& item, const Distribution& dropout) {
  const distributions::FamilyInfo& family = distributions::families()[dropout.family];
  using distributions::GivenBy;
  const bool plain = family.given_by == GivenBy::parameters || family.name == "piecewise_exponential";
  if (plain && !dropout.cure) return;
  reading.source.add(item, "drop-out cannot have this family", "it is given by more than numbers",
                     "e.g. exponential, weibull or piecewise_exponential");
}

}  // namespace sojourn::model
