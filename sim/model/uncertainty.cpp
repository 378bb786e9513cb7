// What is uncertain, in one go: parameters with an `uncertainty` of their own, then those that are uncertain together.
#include "model/uncertainty.hpp"

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/similar.hpp"
#include "model/shapes.hpp"
#include "model/uncertainty_reading.hpp"

namespace sojourn::model {

UncertaintyReading::UncertaintyReading(Reading& reading_) : reading(reading_) {
  const auto& parameters = reading.model.parameters;
  Diagnostics problems;  // told again by check_values
  const bool complete = std::ranges::all_of(parameters, [](const Parameter& one) { return bool(one.value); });
  if (complete) base = parameter_values(reading.model, nullptr, problems);
  if (!problems.ok()) base.clear();
}

std::optional<ParameterId> UncertaintyReading::claim(const Item& item, const std::string& name, bool at_key) {
  const auto fail = [&](std::string problem, std::string why = {}, std::string hint = {}) {
    if (at_key) {
      reading.source.add_at_key(item, std::move(problem), std::move(why), std::move(hint));
    } else {
      reading.source.add(item, std::move(problem), std::move(why), std::move(hint));
    }
    return std::nullopt;
  };
  const auto found = reading.names.find(Names::Kind::parameter, name);
  if (!found) {
    return fail("there is no parameter " + quoted(name), "",
                did_you_mean(name, reading.names.all(Names::Kind::parameter)));
  }
  const ParameterId id{*found};
  const Parameter& one = parameter(id);
  if (!one.value) return std::nullopt;  // what is wrong with it has been said
  if (one.value.type().kind != Type::Kind::number) {
    return fail("the parameter " + quoted(name) + " is not a number", "only numbers, times and rates are uncertain",
                "make it a choice by a parameter that is a share");
  }
  if (!one.given_outside && !one.value.parameters_used().empty()) {
    return fail("the parameter " + quoted(name) + " is computed from others", "it follows them in every sample",
                "say how uncertain those are");
  }
  const Location at = at_key ? reading.source.at_key(item) : reading.source.at(item);
  const auto [place, fresh] = claimed_.try_emplace(id, at);
  if (!fresh) return fail("the parameter " + quoted(name) + " is uncertain already", line_of(place->second, at));
  draws(item, name);
  return id;
}

std::optional<std::vector<ParameterId>> UncertaintyReading::claim_keys(const Item& mapping) {
  std::vector<ParameterId> found;
  const auto children = reading.source.children(mapping);
  for (const Item& child : children) {
    if (const auto id = claim(child, child.key(), true)) found.push_back(*id);
  }
  if (found.size() != children.size()) return std::nullopt;
  return found;
}

std::optional<double> UncertaintyReading::number(const Item& item, const Type& type) {
  const auto written = reading.expression(item, type, parameters_only);
  if (!written) return std::nullopt;
  if (written->parameters_used().empty()) return reading.value(*written, {});
  reading.source.add(item, "a parameter may not be used here", "how uncertain something is does not depend on others",
                     "write the number");
  return std::nullopt;
}

std::optional<std::vector<double>> UncertaintyReading::numbers(const Item& list) {
  std::vector<double> found;
  const auto items = reading.source.children(list);
  for (const Item& item : items) {
    if (const auto one = number(item, Type::number())) found.push_back(*one);
  }
  if (found.size() != items.size()) return std::nullopt;
  return found;
}

bool UncertaintyReading::inside_range(const Item& item, const Parameter& parameter, double low, double high,
                                      const char* hint) {
  const bool below = parameter.low && low < *parameter.low, above = parameter.high && high > *parameter.high;
  if (!below && !above) return true;
  const double bound = below ? *parameter.low : *parameter.high;
  reading.source.add(item,
                     std::string("more than 1 in 2,000 draws would be ") + (below ? "below" : "above") +
                         " the range, whose " + (below ? "lowest" : "highest") + " is " +
                         shown(bound, parameter.value.type()),
                     "", hint);
  return false;
}

void UncertaintyReading::draws(const Item& item, const std::string& name) {
  const auto [place, fresh] = hashes_.try_emplace(fnv1a32(name), name);
  if (fresh) return;
  const bool same = place->second == name;
  reading.source.add_at_key(item,
                            same ? "two things that are drawn are called " + quoted(name)
                                 : quoted(name) + " and " + quoted(place->second) + " have the same hash",
                            "their random numbers would be the same", "rename one of them");
}

std::optional<std::vector<double>> UncertaintyReading::units(const Fields& fields,
                                                             const std::vector<ParameterId>& parameters) {
  const auto timed =
      std::ranges::find_if(parameters, [&](ParameterId id) { return parameter(id).value.type().time_power != 0; });
  const auto word = reading.source.text(fields["unit"]);
  if (timed == parameters.end()) {
    if (word) reading.source.add(fields["unit"], "a unit does not belong here", "no parameter is a time or a rate");
    return word ? std::nullopt : std::optional(std::vector<double>(parameters.size(), 1.0));
  }
  if (!word) {
    if (!fields.has("unit"))
      reading.source.add_at_key(
          fields.item(), "the unit of the numbers is missing",
          quoted(parameter(*timed).name) + " is " + expression::describe(parameter(*timed).value.type()),
          "write e.g. unit: years");
    return std::nullopt;
  }
  const auto unit = time_unit(*word);
  if (!unit) {
    reading.source.add(fields["unit"], quoted(*word) + " is not a unit of time", "days, weeks, months or years");
    return std::nullopt;
  }
  std::vector<double> found;
  for (const ParameterId id : parameters) {
    const int power = parameter(id).value.type().time_power;
    double factor = 1;
    for (int i = 0; i < std::abs(power); ++i) factor *= power > 0 ? years_from(1, *unit) : per_year_from(1, *unit);
    found.push_back(factor);
  }
  return found;
}

std::optional<std::string_view> form_of(const config::Source& source, const Fields& fields, std::string_view what,
                                        std::span<const std::string_view> forms) {
  for (const Item& child : source.children(fields.item())) {
    if (!fields.has(child.key())) return std::nullopt;  // unknown, which has been said
  }
  std::string known;
  for (const std::string_view form : forms) {
    std::size_t there = 0, all = 0;
    const auto own = config::words_of(form);
    for (const std::string_view key : own) there += fields.has(key) ? 1 : 0;
    std::vector<std::string_view> counted;
    for (const std::string_view other : forms) {
      for (const std::string_view key : config::words_of(other)) {
        if (std::ranges::find(counted, key) != counted.end()) continue;
        counted.push_back(key);
        all += fields.has(key) ? 1 : 0;
      }
    }
    if (there == own.size() && all == own.size()) return form;
    std::string keys;
    for (const std::string_view key : own) keys += (keys.empty() ? "{" : ", ") + std::string(key);
    known += (known.empty() ? "" : " or ") + keys + "}";
  }
  source.add_at_key(fields.item(), "these parameters do not make " + quoted(what), "it takes " + known);
  return std::nullopt;
}

namespace {

void read_group(UncertaintyReading& shared, const Item& item) {
  const config::Source& source = shared.reading.source;
  const NameProblem bad = name_problem(item.key());
  if (!bad.problem.empty()) {
    source.add_at_key(item, bad.problem, bad.why, bad.hint);
    return;
  }
  const Fields fields(source, item, shapes::joint);
  if (!fields.ok()) return;
  const auto written = fields.written(shapes::joint_kinds);
  if (written.size() != 1) {
    source.add_at_key(item, "how these parameters are drawn together: one of them is needed",
                      config::alternatives(shapes::joint_kinds),
                      written.empty() ? "" : "write several groups with a name each");
    return;
  }
  const Item& one = fields[written.front()];
  if (!one) return;
  if (written.front() == "normal") read_joint_normal(shared, item.key(), one);
  if (written.front() == "rows") read_parameter_rows(shared, item.key(), one);
  if (written.front() == "dirichlet") read_dirichlet(shared, item.key(), one);
}

}  // namespace

void read_uncertainty(Reading& reading, const Item& parameters, const Item& groups) {
  UncertaintyReading shared(reading);
  for (const Item& item : reading.source.children(parameters)) {
    if (!item.is(config::Node::Kind::mapping)) continue;
    for (const Item& inside : reading.source.children(item)) {
      if (inside.key() != "uncertainty" || !inside.is(config::Node::Kind::mapping)) continue;
      if (const auto id = shared.claim(inside, item.key(), true)) read_uncertain_parameter(shared, *id, inside);
    }
  }
  for (const Item& item : reading.source.children(groups)) read_group(shared, item);
}

}  // namespace sojourn::model
