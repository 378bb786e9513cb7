#include "store/layout.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "base/error.hpp"

namespace sojourn::store {

namespace {

constexpr std::size_t memory_budget = 48'000'000;                    // [bytes]
constexpr std::size_t largest_chunk = 65'536, smallest_chunk = 256;  // [rows]

std::int16_t first_event_of(const model::Model& model) {
  std::size_t first = 0;
  while (first < model.declarations.size() && model.declarations[first].kind == model::Declaration::Kind::transition) {
    ++first;
  }
  for (std::size_t i = first; i < model.declarations.size(); ++i) {
    if (model.declarations[i].kind != model::Declaration::Kind::event) {
      throw std::logic_error("transitions must come before events");
    }
  }
  return static_cast<std::int16_t>(first);
}

}  // namespace

Layout::Layout(const model::Model& model, const RunInput& input) : Layout(model, input, {1, kept_patients(input)}) {}

Layout::Layout(const model::Model& model, const RunInput& input, Patients stored)
    : first_patient(stored.first),
      patients(stored.count),
      patient_id(input.patients <= INT32_MAX ? Element::int32 : Element::int64),
      state_id(narrowest(static_cast<std::int64_t>(model.states.size()))),
      transition_id(narrowest(static_cast<std::int64_t>(model.declarations.size() + model.branches.size()))),
      event_id(narrowest(static_cast<std::int64_t>(model.declarations.size()))),
      attribute_id(narrowest(static_cast<std::int64_t>(model.attributes.size()))),
      time(input.narrow_times ? Element::float32 : Element::float64),
      first_event(first_event_of(model)) {
  for (const model::Attribute& attribute : model.attributes) {
    value_shift.push_back(attribute.type.kind == expression::Type::Kind::category ? 1.0 : 0.0);
  }
  for (std::size_t s = 0; s < model.strategies.size(); ++s) {
    if (input.strategies.empty()) {
      strategies.push_back(model.strategies[s].name);
      strategy_ids.push_back(static_cast<std::int64_t>(s) + 1);
    }
  }
  for (const std::string& name : input.strategies) {
    const auto found = std::find_if(model.strategies.begin(), model.strategies.end(),
                                    [&](const model::Strategy& strategy) { return strategy.name == name; });
    if (found == model.strategies.end()) throw InputError("the model has no strategy '" + name + "'");
    strategies.push_back(name);
    strategy_ids.push_back(found - model.strategies.begin() + 1);
  }
}

std::size_t Layout::chunk_rows(std::size_t baseline_sets, std::size_t attributes) const {
  const std::size_t ids = bytes_of(patient_id) * 3 + bytes_of(state_id) + bytes_of(transition_id) + bytes_of(event_id) +
                          bytes_of(attribute_id);
  constexpr std::size_t times_and_values = 5 * sizeof(double), offsets = 3 * sizeof(std::int64_t);
  const std::size_t row =
      strategies.size() * (ids + times_and_values + offsets) + baseline_sets * attributes * sizeof(double);
  const std::size_t affordable =
      std::bit_floor(std::max<std::size_t>(memory_budget / std::max<std::size_t>(row, 1), 1));
  const std::size_t wanted = patients >= static_cast<std::int64_t>(largest_chunk)
                                 ? largest_chunk
                                 : std::bit_ceil(static_cast<std::size_t>(std::max<std::int64_t>(patients, 1)));
  return std::clamp(std::min(affordable, wanted), smallest_chunk, largest_chunk);
}

std::string strategy_path(const std::string& strategy) {
  return "/strategies/" + strategy;
}

std::string unit_of(const expression::Type& type) {
  if (type.kind != expression::Type::Kind::number) return "";
  switch (type.time_power) {
    case 0:
      return "1";
    case 1:
      return "years";
    case -1:
      return "1/years";
    default:
      return "years^" + std::to_string(type.time_power);
  }
}

ColumnSpec baseline_spec(const model::Attribute& attribute, const std::string& folder) {
  ColumnSpec spec{folder + "/" + attribute.name, Element::float64, {unit_of(attribute.type), ""}, std::nullopt};
  std::string& text = spec.about.description;
  text = attribute.description.empty() ? attribute.name : attribute.description;
  double shift = 0;
  if (attribute.type.kind == expression::Type::Kind::boolean) {
    spec.element = Element::int8;
    text += " (0 no, 1 yes)";
  } else if (attribute.type.kind == expression::Type::Kind::category) {
    spec.element = narrowest(attribute.type.levels ? static_cast<std::int64_t>(attribute.type.levels->size()) : 0);
    text += " (level_id in /dictionary/levels)";
    shift = 1;
  }
  if (!attribute.known_at_start()) spec.usual = attribute.initial + shift;
  return spec;
}

}  // namespace sojourn::store
