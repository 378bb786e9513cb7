#include "sweep/numbers.hpp"

#include <variant>

#include "model/reading.hpp"

namespace sojourn::sweep {

double number_of(const config::Source& source, const config::Item& item, const std::string& text,
                 const expression::Type& type) {
  const auto parsed = expression::parse(text, {}, type, model::parameters_only);
  if (const auto* found = std::get_if<expression::Expression>(&parsed)) {
    return expression::compile(*found, {}, 0).value;
  }
  for (const auto& one : std::get<std::vector<expression::ExpressionProblem>>(parsed)) {
    source.add(item, one.problem, one.why, one.hint);
  }
  return no_number;
}

void check_range(const config::Source& source, const config::Item& item, const model::Parameter& parameter,
                 double value) {
  const bool low = parameter.low && value < *parameter.low, high = parameter.high && value > *parameter.high;
  if (!low && !high) return;
  const expression::Type& type = parameter.value.type();
  source.add(item,
             "the value " + model::shown(value, type) + " is " + (low ? "below" : "above") + " the range of " +
                 quoted(parameter.name) + ", whose " + (low ? "lowest" : "highest") + " is " +
                 model::shown(low ? *parameter.low : *parameter.high, type),
             "in " + parameter.at.file + ", line " + std::to_string(parameter.at.line));
}

std::string unit_of(const expression::Type& type) {
  if (type.kind != expression::Type::Kind::number || type.time_power == 0) return "";
  return type.time_power == 1    ? "years"
         : type.time_power == -1 ? "per year"
                                 : "years^" + std::to_string(type.time_power);
}

}  // namespace sojourn::sweep
