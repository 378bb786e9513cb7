// Attributes: those drawn for each patient at the start, and those set on the way.
#include <algorithm>
#include <charconv>

#include "base/number_text.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_levels = 1000;

std::optional<double> whole(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return static_cast<double>(value);
}

// An attribute that is set on the way.
Attribute read_set_attribute(Reading& reading, const Item& item) {
  Attribute made;
  made.name = item.key();
  made.at = reading.source.at_key(item);
  const Fields fields(reading.source, item, shapes::attribute);
  made.unit_text = reading.source.text(fields["unit"]).value_or("");
  made.description = reading.source.text(fields["description"]).value_or("");
  if (!fields.ok()) return made;
  const auto expected = read_levels(reading, fields["levels"], made);
  const auto initial = reading.expression(fields["initial"], expected, parameters_only);
  made.type = initial ? initial->type() : expected.value_or(Type::number());
  if (!initial) return made;
  if (!initial->parameters_used().empty()) {
    reading.source.add(fields["initial"], "a parameter may not be used here", "an initial value is fixed",
                       "draw the attribute in the cohort: {value: ...}");
    return made;
  }
  made.initial = reading.value(*initial, {}).value_or(0);
  const auto& levels = made.number_levels;
  if (!levels.empty() && std::find(levels.begin(), levels.end(), made.initial) == levels.end()) {
    reading.source.add(fields["initial"], "the value " + number_text(made.initial) + " is none of the levels");
  }
  return made;
}

// An expression could not tell a level from a parameter or an attribute of the same name.
void refuse_ambiguous_levels(Reading& reading) {
  for (const Attribute& attribute : reading.model.attributes) {
    if (!attribute.type.levels) continue;
    for (const std::string& level : *attribute.type.levels) {
      const auto* other = reading.names.find(level);
      if (other == nullptr || (other->kind != Names::Kind::parameter && other->kind != Names::Kind::attribute))
        continue;
      reading.source.problems().add(
          {attribute.at, attribute.name,
           "the level " + quoted(level) + " is " + std::string(describe(other->kind)) + " already",
           line_of(other->at, attribute.at) + "; expressions could not tell them apart", "rename one of them"});
    }
  }
}

}  // namespace

std::optional<Type> read_levels(Reading& reading, const Item& levels, Attribute& made) {
  if (!levels) return std::nullopt;
  if (levels.node->children.size() > most_levels) {
    reading.source.add(levels, "more than 1000 levels");
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const Item& one : reading.source.children(levels)) {
    const auto text = reading.source.text(one);
    if (!text) continue;
    const auto number = one.node->quoted ? std::nullopt : whole(*text);
    const NameProblem wrong = number ? NameProblem{} : name_problem(*text);
    const bool twice = std::find(names.begin(), names.end(), *text) != names.end();
    if (!wrong.problem.empty()) reading.source.add(one, wrong.problem, wrong.why, wrong.hint);
    if (twice) reading.source.add(one, "the level " + quoted(*text) + " is there twice");
    if (number) made.number_levels.push_back(number.value_or(0));
    names.push_back(*text);
  }
  if (!made.number_levels.empty() && made.number_levels.size() != names.size()) {
    reading.source.add(levels, "levels are all whole numbers or all names");
    made.number_levels.clear();
  }
  return made.number_levels.empty() ? category_of(names) : Type::number();
}

bool declare_attribute(Reading& reading, const Item& item) {
  const Location at = reading.source.at_key(item);
  const auto* other = reading.names.find(item.key());
  if (other != nullptr && other->kind == Names::Kind::attribute && other->at.line != at.line) {
    reading.source.add_at_key(item, "the attribute " + quoted(item.key()) + " is there twice",
                              "line " + std::to_string(other->at.line), "rename one of them");
    return false;
  }
  const auto index = static_cast<std::int32_t>(reading.model.attributes.size());
  return reading.names.declare(Names::Kind::attribute, item.key(), index, at, item.path, reading.source.problems());
}

void add_attribute(Reading& reading, Attribute made) {
  reading.scope.attributes.push_back({made.name, made.type});
  reading.model.attributes.push_back(std::move(made));
}

void read_cohort(Reading& reading, const Item& cohort, const Item& attributes) {
  const Fields fields(reading.source, cohort, shapes::cohort);
  for (const Item& item : reading.source.children(fields["attributes"])) reading.drawn_later.insert(item.key());
  if (fields["rows"]) read_cohort_rows(reading, fields["rows"]);
  for (const Item& item : reading.source.children(fields["attributes"])) {
    reading.drawn_later.erase(item.key());
    const std::size_t troubles = reading.troubles();
    if (declare_attribute(reading, item)) {
      Attribute made = read_drawn_attribute(reading, item);
      reading.names.draws("the attribute", made.name, made.at, item.path, reading.source.problems());
      add_attribute(reading, std::move(made));
    }
    if (reading.troubles() > troubles) reading.unclear.insert(item.key());
  }
  const std::size_t of_cohort = reading.model.attributes.size();
  for (const Item& item : reading.source.children(attributes)) {
    const std::size_t troubles = reading.troubles();
    if (declare_attribute(reading, item)) add_attribute(reading, read_set_attribute(reading, item));
    if (reading.troubles() > troubles) reading.unclear.insert(item.key());
  }
  read_correlations(reading, fields["correlation"], of_cohort);
  if (reading.model.attributes.size() > 32767)
    reading.source.add_at_key(cohort ? cohort : attributes, "more than 32767 attributes");
  refuse_ambiguous_levels(reading);
}

}  // namespace sojourn::model
