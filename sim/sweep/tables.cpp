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

// Whether the value is what the model has: as it is written, or the same number in another unit.
bool is_same(const Scenarios& scenarios, std::size_t axis, std::size_t value, const config::Node& own) {
  if (config::flow_text(*scenarios.points().values[axis][value].node) == config::flow_text(own)) return true;
  const auto& type = scenarios.type(axis);
  if (!type || own.kind != config::Node::Kind::scalar) return false;
  const auto parsed = expression::parse(own.text, {}, *type, model::parameters_only);
  const auto* number = std::get_if<expression::Expression>(&parsed);
  return number != nullptr &&
         expression::compile(*number, {}, 0).value == scenarios.number(axis, static_cast<std::int32_t>(value));
}

// As it stands in the column of the axis; empty: none of its values.
std::string own_value(const Scenarios& scenarios, const Column& column, std::size_t axis, const config::Node& own) {
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const auto value = static_cast<std::size_t>(scenarios.points().of(i)[axis]);
    if (!is_same(scenarios, axis, value, own)) continue;
    const auto* numbers = std::get_if<std::vector<double>>(&column.values);
    return numbers != nullptr ? number_text((*numbers)[i]) : std::get<std::vector<std::string>>(column.values)[i];
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
  const std::vector<Column> columns = axis_columns(scenarios);
  std::vector<std::int64_t> values;
  for (std::size_t a = 0; a < scenarios.file().axes.size(); ++a) {
    const Axis& axis = scenarios.file().axes[a];
    names.push_back(axis.name);
    labels.push_back(axis.label);
    targets.emplace_back(target_name(axis.target));
    what.push_back(axis.what());
    const auto& type = scenarios.type(a);
    kinds.emplace_back(type ? "number" : "text");
    units.push_back(type ? written_unit(scenarios, a).value_or(unit_of(*type)) : "");
    values.push_back(static_cast<std::int64_t>(scenarios.points().values[a].size()));
    owns.push_back(own[a] ? own_value(scenarios, columns[a], a, *own[a]) : "");
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
  const Points& points = scenarios.points();
  for (std::size_t a = 0; a < points.axes(); ++a) {
    const Axis& axis = scenarios.file().axes[a];
    const auto& type = scenarios.type(a);
    if (!type) {
      std::vector<std::string> values;
      for (std::size_t i = 0; i < scenarios.size(); ++i) values.push_back(points.value(i, a).text);
      columns.push_back({axis.name, "", axis.label, std::move(values)});
      continue;
    }
    const auto unit = written_unit(scenarios, a);
    std::vector<double> values;
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
      values.push_back(unit ? number_and_unit(points.value(i, a).text)->first : scenarios.number(a, points.of(i)[a]));
    }
    columns.push_back({axis.name, unit.value_or(unit_of(*type)), axis.label, std::move(values)});
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
