#include "model/calendar.hpp"

#include <algorithm>

namespace sojourn::model {
namespace {

// Written as if the clock began with the patient.
bool too_early(double years) {
  return years != 0 && years < 1000;
}

void report(const Reading& reading, const Item& item, const Values& values, double years) {
  reading.report(
      item, values,
      "the time " + shown(years, Type::number(1)) + " is the year " + shown(years, {}) + " on the clock `calendar`",
      "times on it are years AD, e.g. `2020 years`");
}

// The times on the clock among the values of a distribution, with those of its parts.
void add_times(const Distribution& time, std::vector<Expression>& found, std::vector<double>& in_files) {
  const std::string_view name = distributions::families()[time.family].name;
  const bool values = name == "fixed" || name == "uniform" || name == "truncated";
  if (values) found.insert(found.end(), time.values.begin(), time.values.end());
  if (name == "piecewise_exponential" || name == "tabulated")
    found.insert(found.end(), time.breaks.begin(), time.breaks.end());
  if (name == "tabulated" && !time.tables.empty()) {
    in_files.insert(in_files.end(), time.tables.front().breaks.begin(), time.tables.front().breaks.end());
  }
  if (name == "tabulated") return;  // its part is a rate
  for (const Distribution& part : time.parts) add_times(part, found, in_files);
}

}  // namespace

bool check_calendar_year(Reading& reading, const Item& item, const std::string& what) {
  const auto found = reading.names.find(Names::Kind::attribute, "calendar_year");
  if (!found) {
    reading.source.add(item, what + " needs an attribute `calendar_year`",
                       "it is the decimal year in which the patient starts",
                       "add e.g. `calendar_year: {value: 2018.5}` to the cohort");
    return false;
  }
  if (same_type(reading.model.attributes[static_cast<std::size_t>(*found)].type, Type::number())) return true;
  reading.source.add(item, "the attribute `calendar_year` is not a plain number",
                     what + " needs the decimal year in which the patient starts",
                     "write it without a unit, e.g. 2018.5");
  return false;
}

void check_years_on_calendar(Reading& reading, const Item& item, const Distribution& time) {
  std::vector<Expression> times;
  std::vector<double> in_files;
  add_times(time, times, in_files);
  const auto early = std::find_if(in_files.begin(), in_files.end(), too_early);
  if (early != in_files.end()) report(reading, item, {}, *early);
  std::vector<const Expression*> over;
  for (const Expression& one : times) over.push_back(&one);
  reading.rule(over, [&reading, item, times](const Values& values) {
    for (const Expression& one : times) {
      const auto years = one ? reading.value(one, values) : std::nullopt;
      if (years && too_early(*years)) return report(reading, item, values, *years);
    }
  });
}

void check_years_on_calendar(Reading& reading, const std::vector<Item>& items, const Piecewise& steps) {
  std::vector<const Expression*> over;
  for (const Expression& one : steps.times) over.push_back(&one);
  reading.rule(over, [&reading, items, times = steps.times](const Values& values) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto years = times[i] ? reading.value(times[i], values) : std::nullopt;
      if (years && *years > 0 && too_early(*years)) return report(reading, items[i], values, *years);
    }
  });
}

}  // namespace sojourn::model
