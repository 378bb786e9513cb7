#include "model/phrases.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "base/units.hpp"

namespace sojourn::model {
namespace {

// Up to 4 significant digits.
std::string digits(double value) {
  if (!std::isfinite(value) || value == 0 || std::abs(value) >= 1e6 || std::abs(value) < 1e-4)
    return number_text(value);
  int decimals = 3;
  for (double x = std::abs(value); x >= 10 && decimals > 0; x /= 10) --decimals;
  for (double x = std::abs(value); x < 1; x *= 10) ++decimals;
  std::string text = fixed_text(value, decimals);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

template <class Id>
void add(std::vector<Id>& to, const std::vector<Id>& from) {
  for (const Id one : from) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

}  // namespace

std::string time_words(double years) {
  const auto in = [](double number, const char* unit) {
    return digits(number) + " " + unit + (digits(number) == "1" ? "" : "s");
  };
  const auto whole = [](double number) {
    return std::round(number) >= 1 && std::abs(number - std::round(number)) < 1e-9;
  };
  if (whole(years)) return in(years, "year");
  if (whole(years * 12)) return in(years * 12, "month");
  if (whole(years * 365.25) || std::abs(years) < 0.1) return in(years * 365.25, "day");
  return std::abs(years) < 2 ? in(years * 12, "month") : in(years, "year");
}

std::string value_words(double value, const expression::Type& type) {
  if (type.kind == expression::Type::Kind::boolean) return value != 0 ? "true" : "false";
  if (type.kind == expression::Type::Kind::number && type.time_power == 1) return time_words(value);
  return digits(value) + (type.kind == expression::Type::Kind::number && type.time_power == -1 ? " per year" : "");
}

Phrases::Phrases(const Model& model) : model_(model) {
  Diagnostics none;  // the model is a good one
  const StrategyId reference = model.reference_strategy();
  values_ = parameter_values(model, reference.valid() ? &model.strategies[reference.index()] : nullptr, none);
}

std::string Phrases::mark(MarkId id) const {
  const std::size_t states = model_.states.size();
  return id.index() < states ? model_.states[id.index()].name : model_.events[id.index() - states];
}

std::string Phrases::all(const std::vector<StateId>& states) const {
  return listed(states, [this](StateId id) { return model_.states[id.index()].name; });
}

std::optional<double> Phrases::value(const Expression& expression) const {
  const auto code = expression::compile(expression, values_, model_.states.size());
  return code.constant ? std::optional(code.value) : std::nullopt;
}

std::string Phrases::time(const Expression& years) const {
  const auto found = years ? value(years) : std::optional(0.0);
  return found ? time_words(*found) : "some time";
}

std::string Phrases::looking_at(const std::vector<const Expression*>& expressions) const {
  expression::Dependencies on;
  for (const Expression* one : expressions) {
    if (!*one) continue;
    const auto code = expression::compile(*one, values_, model_.states.size());
    add(on.attributes, code.dependencies.attributes);
    add(on.marks, code.dependencies.marks);
    on.state = on.state || code.dependencies.state;
  }
  std::vector<std::string> names;
  for (const AttributeId id : on.attributes) names.push_back(model_.attributes[id.index()].name);
  for (const MarkId id : on.marks) names.push_back("visited " + mark(id));
  if (on.state) names.emplace_back("the state");
  if (names.empty()) return "";
  return " (" + listed(names, [](const std::string& name) { return name; }) + ")";
}

}  // namespace sojourn::model
