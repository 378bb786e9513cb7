// Parameters: read in the order in which they depend on each other, so that each knows the types of those it uses.
#include <algorithm>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "base/units.hpp"
#include "model/dependencies.hpp"
#include "model/parameter_unit.hpp"
#include "model/reading.hpp"
#include "model/replacement.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

struct Source {  // of a parameter, while it is read
  Item value;
  Item range;
  Item unit;
};

// As the user wrote it, or else the unit of the program.
std::string unit_of(std::string_view text, const Type& type) {
  if (type.kind != Type::Kind::number || type.time_power == 0) return "";
  const auto found = words_of(text);
  if (!found.empty() && time_unit(found.back())) {
    return found.size() == 1 && type.time_power == 1 ? found.back()
           : type.time_power == -1                   ? "per " + std::string(time_unit_name(*time_unit(found.back())))
                                                     : "years";
  }
  return type.time_power == 1    ? "years"
         : type.time_power == -1 ? "per year"
                                 : "years^" + std::to_string(type.time_power);
}

class ParameterReader {
 public:
  ParameterReader(Reading& reading, const Overrides& overrides) : reading_(reading), overrides_(overrides) {}

  void run(const Item& parameters) {
    for (const Item& item : reading_.source.children(parameters)) declare(item);
    for (const std::size_t p : in_order()) parse(p);
    for (const auto& [name, text] : overrides_) {
      if (!is_place(name)) replace(name, text);
    }
  }

 private:
  void declare(const Item& item) {
    Model& model = reading_.model;
    const auto index = static_cast<std::int32_t>(model.parameters.size());
    const Location at = reading_.source.at_key(item);
    if (!reading_.names.declare(Names::Kind::parameter, item.key(), index, at, item.path, reading_.source.problems()))
      return;
    Parameter made;
    made.name = item.key();
    made.at = at;
    Source source{item, {}, {}};
    if (item.is(config::Node::Kind::mapping)) {
      const Fields fields(reading_.source, item, shapes::parameter);
      source = {fields["value"], fields["range"], fields["unit"]};
      made.source = reading_.source.text(fields["source"]).value_or("");
      made.description = reading_.source.text(fields["description"]).value_or("");
      made.status = reading_.status(fields["status"]);
    } else if (!item.is(config::Node::Kind::scalar)) {
      reading_.source.add(item, "expected a value or a mapping, found " + config::describe(*item.node));
      source.value = {};
    }
    model.parameters.push_back(std::move(made));
    reading_.scope.parameters.push_back({item.key(), Type::number()});
    sources_.push_back(std::move(source));
  }

  std::vector<std::size_t> in_order() {
    DependencyOrder order(sources_.size());
    for (std::size_t p = 0; p < sources_.size(); ++p) {
      if (!sources_[p].value.is(config::Node::Kind::scalar)) continue;
      for (const std::string& word : words_of(sources_[p].value.node->text)) {
        if (const auto used = reading_.names.find(Names::Kind::parameter, word))
          order.add(p, static_cast<std::size_t>(*used));
      }
    }
    auto sorted = order.sort();
    for (const auto& circle : order.circles()) {
      reading_.source.add(sources_[circle.front()].value, "parameters are defined by each other in a circle",
                          circle_text(reading_.model, circle));
    }
    return sorted;
  }

  void parse(std::size_t p) {
    const Source& source = sources_[p];
    Parameter& made = reading_.model.parameters[p];
    const std::size_t troubles = reading_.troubles();
    auto value = reading_.expression(source.value, std::nullopt, parameters_only);
    const auto unit = unit_of_parameter(source);
    if (value && unit) value = in_unit(source, *unit, *value);
    if (value && value->type().kind == Type::Kind::category) {
      reading_.source.add(source.value, "a parameter must be a number, a time, a rate or a boolean");
    } else if (value) {
      made.value = *value;
      reading_.scope.parameters[p].type = value->type();
      made.unit_text = unit && unit->time ? unit->text : unit_of(source.value.node->text, value->type());
      range(p, unit);
    }
    if (reading_.troubles() > troubles) reading_.unclear.insert(made.name);
  }

  std::optional<ParameterUnit> unit_of_parameter(const Source& source) const {
    const auto text = reading_.source.text(source.unit);
    const auto unit = text ? parameter_unit(*text) : std::nullopt;
    if (text && !unit) {
      const auto& words = shapes::parameter_units;
      const std::vector<std::string> known(std::begin(words), std::end(words));
      reading_.source.add(source.unit, quoted(*text) + " is no unit of a parameter", config::alternatives(words),
                          did_you_mean(*text, known));
    }
    return unit;
  }

  // A plain value is in the unit; one with a unit of its own must agree.
  std::optional<Expression> in_unit(const Source& source, const ParameterUnit& unit, const Expression& value) const {
    const Type& type = value.type();
    const std::string& text = source.value.node->text;
    const auto own = unit_of_number(text);
    if (own && !(*own == unit)) {
      reading_.source.add(source.unit, "the value has another unit, " + quoted(text), "",
                          "remove `unit`, or write the value as a plain number");
    } else if (type.kind != Type::Kind::number) {
      reading_.source.add(source.unit, "a unit, but the value is " + expression::describe(type));
    } else if (type.time_power == unit.type().time_power) {
      return value;
    } else if (type.time_power == 0) {
      return reading_.expression(with_unit(text, unit), reading_.source.at(source.value), source.value.path,
                                 unit.type(), parameters_only);
    } else {
      reading_.source.add(source.unit,
                          "the value is " + expression::describe(type) + ", which is not in " + quoted(unit.text));
    }
    return std::nullopt;
  }

  void range(std::size_t p, const std::optional<ParameterUnit>& unit) {
    const Item& item = sources_[p].range;
    if (!item) return;
    Parameter& made = reading_.model.parameters[p];
    const auto ends = reading_.source.children(item);
    if (ends.size() != 2) {
      reading_.source.add(item, "a range is [lowest, highest]", counted(ends.size(), "value") + " here");
      return;
    }
    const auto end = [&](const Item& one) -> std::optional<double> {
      const bool plain = unit && one.is(config::Node::Kind::scalar) && is_plain_number(one.node->text);
      const auto value = plain ? reading_.expression(with_unit(one.node->text, *unit), reading_.source.at(one),
                                                     one.path, made.value.type(), parameters_only)
                               : reading_.expression(one, made.value.type(), parameters_only);
      if (value && value->parameters_used().empty()) return reading_.value(*value, {});
      if (value) reading_.source.add(one, "a range is fixed", "it may not use parameters");
      return std::nullopt;
    };
    made.low = end(ends[0]);
    made.high = end(ends[1]);
    if (made.low && made.high && *made.low > *made.high)
      reading_.source.add(item, "the range is empty", "its ends are in the wrong order");
  }

  void replace(const std::string& name, const std::string& text) {
    const Location at{"--set", 0, 0};
    const auto index = reading_.names.find(Names::Kind::parameter, name);
    if (!index) {
      reading_.source.problems().add({at, name, "there is no parameter " + quoted(name), "",
                                      did_you_mean(name, reading_.names.all(Names::Kind::parameter))});
      return;
    }
    Parameter& target = reading_.model.parameters[static_cast<std::size_t>(*index)];
    if (!target.value) return;  // what is wrong with it has been said
    const auto value = reading_.expression(text, at, name, target.value.type(), parameters_only);
    if (!value) return;
    target.value = *value;
    target.unit_text = unit_of(text, value->type());
    target.at = at;
    target.given_outside = true;
  }

  Reading& reading_;
  const Overrides& overrides_;
  std::vector<Source> sources_;
};

}  // namespace

void read_parameters(Reading& reading, const Item& parameters, const Overrides& overrides) {
  ParameterReader(reading, overrides).run(parameters);
}

}  // namespace sojourn::model
