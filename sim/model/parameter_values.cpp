#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "model/dependencies.hpp"
#include "model/parameter_solver.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

constexpr const char* stay_inside = "truncate its distribution with `min` and `max`, or choose one that stays inside";

std::string under(const Strategy* strategy, std::uint32_t sample) {
  const std::string in = sample == 0 ? "" : "in sample " + std::to_string(sample);
  if (strategy == nullptr) return in;
  return in + (in.empty() ? "" : ", ") + "under strategy " + quoted(strategy->name);
}

// Where it was closed: by --set, by the strategy, or in the file.
void report_circle(const Model& model, const std::vector<std::size_t>& circle, const Strategy* strategy,
                   Diagnostics& problems) {
  const auto from_outside = [&](std::size_t p) { return model.parameters[p].at.line == 0; };
  const auto found = std::find_if(circle.begin(), circle.end(), from_outside);
  const Parameter& one = model.parameters[found == circle.end() ? circle.front() : *found];
  std::string why = circle_text(model, circle);
  if (strategy != nullptr) why += ", " + under(strategy, 0);
  problems.add({strategy == nullptr ? one.at : strategy->at, "parameters." + one.name,
                "parameters are defined by each other in a circle", why, ""});
}

}  // namespace

std::vector<const Expression*> definitions(const Model& model, const Strategy* strategy) {
  std::vector<const Expression*> found;
  found.reserve(model.parameters.size());
  for (const Parameter& one : model.parameters) found.push_back(&one.value);
  if (strategy != nullptr) {
    for (const auto& [id, value] : strategy->parameters) found[id.index()] = &value;
  }
  return found;
}

void check_value(const Parameter& parameter, double value, const std::string& under, const std::string& hint,
                 Diagnostics& problems) {
  const std::string path = "parameters." + parameter.name;
  if (!std::isfinite(value)) {
    problems.add({parameter.at, path, "the value is " + number_text(value) + ", not a finite number", under, ""});
    return;
  }
  const bool low = parameter.low && value < *parameter.low;
  const bool high = parameter.high && value > *parameter.high;
  if (!low && !high) return;
  const double bound = low ? *parameter.low : *parameter.high;
  const Type& type = parameter.value.type();
  problems.add({parameter.at, path,
                "the value " + shown(value, type) + " is " + (low ? "below" : "above") + " the range, whose " +
                    (low ? "lowest" : "highest") + " is " + shown(bound, type),
                under, hint});
}

std::string circle_text(const Model& model, const std::vector<std::size_t>& circle) {
  constexpr std::size_t shown_at_most = 8;
  std::string text = model.parameters[circle.front()].name;
  for (std::size_t i = 1; i < std::min(circle.size(), shown_at_most); ++i) {
    text += " uses " + model.parameters[circle[i]].name;
  }
  if (circle.size() > shown_at_most) text += " uses ...";
  return text + " uses " + model.parameters[circle.front()].name;
}

DependencyOrder parameter_order(const Model& model, const Strategy* strategy) {
  const auto definition = definitions(model, strategy);
  DependencyOrder order(definition.size());
  for (std::size_t p = 0; p < definition.size(); ++p) {
    for (const ParameterId used : definition[p]->parameters_used()) order.add(p, used.index());
  }
  return order;
}

std::vector<double> parameter_values(const Model& model, const Strategy* strategy, Diagnostics& problems) {
  return parameter_values(model, strategy, 0, {}, problems);
}

std::vector<double> parameter_values(const Model& model, const Strategy* strategy, std::uint32_t sample,
                                     std::span<const double> drawn, Diagnostics& problems) {
  const auto definition = definitions(model, strategy);
  std::vector<double> values(model.parameters.size(), std::numeric_limits<double>::quiet_NaN());
  const DependencyOrder order = parameter_order(model, strategy);
  const std::string where = under(strategy, sample);
  for (const std::size_t p : order.sort()) {
    const Expression& expression = *definition[p];
    if (!expression) continue;
    const bool is_drawn = !drawn.empty() && !std::isnan(drawn[p]) && &expression == &model.parameters[p].value;
    values[p] = is_drawn ? drawn[p] : expression::compile(expression, values, model.states.size()).value;
    check_value(model.parameters[p], values[p], where, is_drawn ? stay_inside : "", problems);
  }
  for (const auto& circle : order.circles()) report_circle(model, circle, strategy, problems);
  return values;
}

}  // namespace sojourn::model
