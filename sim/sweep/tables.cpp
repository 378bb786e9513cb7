#include "sweep/tables.hpp"

#include "base/number_text.hpp"
#include "config/flow_text.hpp"
#include "model/reading.hpp"
#include "sweep/numbers.hpp"

namespace sojourn::sweep {

namespace {

// The number in a text such as `14 days`, and what comes after it; nothing if it does not begin with one.
std::optional<std::pair<double, std::string>> number_and_unit(const std::string& text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const ParsedNumber parsed = parse_number(std::string_view(text).substr(0, blank));
  if (!parsed) return std::nullopt;
  return std::pair(*parsed.value, blank == text.size() ? "" : text.substr(blank + 1));
}

// The common unit in which all values of the axis are written; nothing if they differ.
std::optional<std::string> written_unit(const Scenarios& scenarios, std::size_t axis) {
  std::optional<std::string> unit;
  for (const AxisValue& one : scenarios.points().values[axis]) {
    const auto found = number_and_unit(one.text);
    if (!found) return std::nullopt;
    const std::string& own = found->second.empty() ? scenarios.file().axes[axis].unit : found->second;
    if (unit && *unit != own) return std::nullopt;
    unit = own;
  }
  return unit;
}

// Which values of the axis are what the model has: as it is written, or the same number in another unit.
std::vector<bool> same_values(const Scenarios& scenarios, std::size_t axis, const config::Node& own) {
  const auto& type = scenarios.type(axis);
  std::optional<double> number;
  if (type && own.kind == config::Node::Kind::scalar) {
    const auto parsed = expression::parse(own.text, {}, type, model::parameters_only);
    const auto* found = std::get_if<expression::Expression>(&parsed);
    if (found != nullptr) number = expression::compile(*found, {}, 0).value;
  }
  const std::string text = config::flow_text(own);
  std::vector<bool> same;
  for (const AxisValue& one : scenarios.points().values[axis]) {
    const auto value = static_cast<std::int32_t>(same.size());
    same.push_back(config::flow_text(*one.node) == text || number == scenarios.number(axis, value));
  }
  return same;
}

// What stands in the axis' column, by value: each in the unit it is written in.
Column value_column(const Scenarios& scenarios, std::size_t axis) {
  const std::string &name = scenarios.file().axes[axis].name, &label = scenarios.file().axes[axis].label;
  const std::vector<AxisValue>& values = scenarios.points().values[axis];
  const auto& type = scenarios.type(axis);
  if (!type) {
    std::vector<std::string> texts;
    for (const AxisValue& one : values) texts.push_back(one.text);
    return {name, "", label, std::move(texts)};
  }
  const auto unit = written_unit(scenarios, axis);
  std::vector<double> numbers;
  for (const AxisValue& one : values) {
    const auto value = static_cast<std::int32_t>(numbers.size());
    numbers.push_back(unit ? number_and_unit(one.text)->first : scenarios.number(axis, value));
  }
  return {name, unit.value_or(unit_of(*type)), label, std::move(numbers)};
}

// As it stands in the axis' column; empty: no scenario has it.
std::string own_value(const Scenarios& scenarios, const Column& by_value, std::size_t axis, const config::Node& own) {
  const std::vector<bool> same = same_values(scenarios, axis, own);
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const auto value = static_cast<std::size_t>(scenarios.points().of(i)[axis]);
    if (!same[value]) continue;
    const auto* numbers = std::get_if<std::vector<double>>(&by_value.values);
    return numbers != nullptr ? number_text((*numbers)[value])
                              : std::get<std::vector<std::string>>(by_value.values)[value];
  }
  return "";
}

const char* target_name(Target target) {
  return target == Target::path ? "path" : target == Target::multiply ? "multiply" : "parameter";
}

}  // namespace

std::size_t chunk_rows(std::size_t rows) {
  constexpr std::size_t most = 65536;
  std::size_t chunk = 1;
  while (chunk < most && chunk < rows) chunk *= 2;
  return chunk;
}

Table axes_table(const Scenarios& scenarios, const std::vector<std::optional<config::Node>>& own) {
  std::vector<std::string> names, labels, targets, what, units, kinds, owns;
  std::vector<std::int64_t> values;
  for (std::size_t a = 0; a < scenarios.file().axes.size(); ++a) {
    const Axis& axis = scenarios.file().axes[a];
    names.push_back(axis.name);
    labels.push_back(axis.label);
    targets.emplace_back(target_name(axis.target));
    what.push_back(axis.what());
    const Column column = value_column(scenarios, a);
    kinds.emplace_back(scenarios.type(a) ? "number" : "text");
    units.push_back(column.unit);
    values.push_back(static_cast<std::int64_t>(scenarios.points().values[a].size()));
    owns.push_back(own[a] ? own_value(scenarios, column, a, *own[a]) : "");
  }
  return {"axes",
          "what differs between scenarios",
          {{"name", "", "its column in scenarios and wide", std::move(names)},
           {"label", "", "how it is shown", std::move(labels)},
           {"target", "", "parameter, multiply (parameters, by the value) or path", std::move(targets)},
           {"what", "", "the parameters or the path", std::move(what)},
           {"kind", "", "number or text", std::move(kinds)},
           {"unit", "", "of the numbers; empty: plain", std::move(units)},
           {"values", "", "different ones", std::move(values)},
           {"own", "", "of a path: which of them the model itself has", std::move(owns)}}};
}

std::vector<Column> axis_columns(const Scenarios& scenarios) {
  std::vector<Column> columns;
  for (std::size_t a = 0; a < scenarios.points().axes(); ++a) {
    Column& column = columns.emplace_back(value_column(scenarios, a));
    const auto of_scenarios = [&]<class T>(const std::vector<T>& by_value) -> decltype(column.values) {
      std::vector<T> rows;
      rows.reserve(scenarios.size());
      for (std::size_t i = 0; i < scenarios.size(); ++i) {
        rows.push_back(by_value[static_cast<std::size_t>(scenarios.points().of(i)[a])]);
      }
      return rows;
    };
    column.values = std::visit(of_scenarios, column.values);
  }
  return columns;
}

Table scenarios_table(const Scenarios& scenarios, const std::vector<ScenarioState>& states) {
  std::vector<std::int64_t> numbers, patients;
  std::vector<std::string> ids, status, message, targets;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    numbers.push_back(static_cast<std::int64_t>(i + 1));
    ids.push_back(id_text(scenarios.id(i)));
    patients.push_back(states[i].patients);
    status.push_back(states[i].status);
    message.push_back(states[i].message);
    targets.push_back(states[i].targets);
  }
  Table made{"scenarios",
             "one row a scenario",
             {{"scenario", "", "from 1, in the order of the sweep", std::move(numbers)},
              {"id", "", "of its content: what it sets in the model", std::move(ids)},
              {"patients", "", "a strategy, that the estimates are from", std::move(patients)},
              {"status", "", "done, partial, failed or missing", std::move(status)},
              {"message", "", "why it failed", std::move(message)}}};
  if (scenarios.recalibration().any()) {
    made.columns.push_back({"targets", "", "met, missed, or unresolved: too near to tell", std::move(targets)});
  }
  for (Column& one : axis_columns(scenarios)) made.columns.push_back(std::move(one));
  return made;
}

}  // namespace sojourn::sweep
