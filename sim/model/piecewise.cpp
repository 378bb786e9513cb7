// Factors that are constant on intervals of a clock.
#include "model/calendar.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

void require_rising(Reading& reading, const Piecewise& steps, const std::vector<Item>& items) {
  std::vector<const Expression*> over;
  for (const Expression& one : steps.times) over.push_back(&one);
  reading.rule(over, [&reading, times = steps.times, items](const Values& values) {
    double last = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto time = times[i] ? reading.value(times[i], values) : std::nullopt;
      if (!time) return;
      if (i == 0 && !(*time > 0)) reading.report(items[i], values, "a cut must lie after the clock's origin");
      if (i > 0 && !(*time > last)) reading.report(items[i], values, "the times must rise");
      last = *time;
    }
  });
}

// All of one type: the wanted one, or that of the first.
void read_values(Reading& reading, const std::vector<Item>& items, const StepsRead& wanted, Piecewise& steps) {
  std::optional<Type> type = wanted.type;
  for (const Item& one : items) {
    const auto value = reading.expression(one, type, parameters_only);
    if (value && !type) type = value->type();
    if (value && wanted.holds != nullptr) reading.require(*value, one, wanted.holds, wanted.must);
    steps.values.push_back(value.value_or(Expression()));
  }
}

}  // namespace

std::optional<Piecewise> read_piecewise(Reading& reading, const Item& item, const StepsRead& wanted) {
  const Fields outer(reading.source, item, wanted.factor);
  if (!outer["piecewise"]) return std::nullopt;
  const Fields fields(reading.source, outer["piecewise"], wanted.piecewise);
  Piecewise steps;
  const auto clock = reading.clock(fields["clock"]);
  if (clock) steps.clock = *clock;
  const auto times = reading.source.children(fields["times"]);
  const auto values = reading.source.children(fields["values"]);
  if (!fields["times"] || !fields["values"]) return std::nullopt;
  if (values.size() != times.size() + 1) {
    reading.source.add(fields["values"],
                       counted(times.size(), "time") + (times.size() == 1 ? " cuts" : " cut") + " the clock into " +
                           std::to_string(times.size() + 1) + " intervals",
                       counted(values.size(), "value") + " here");
    return std::nullopt;
  }
  for (const Item& one : times) {
    steps.times.push_back(reading.expression(one, Type::number(1), parameters_only).value_or(Expression()));
  }
  read_values(reading, values, wanted, steps);
  require_rising(reading, steps, times);
  if (steps.clock.kind == Clock::Kind::calendar) check_years_on_calendar(reading, times, steps);
  return steps;
}

}  // namespace sojourn::model
