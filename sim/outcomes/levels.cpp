#include "outcomes/levels.hpp"

#include <algorithm>

#include "base/number_text.hpp"

namespace sojourn::outcomes {

namespace {

using TypeKind = expression::Type::Kind;

std::vector<GroupLevel> named_levels(const expression::Type& type) {
  if (type.kind == TypeKind::boolean) return {{"false", 0}, {"true", 1}};
  std::vector<GroupLevel> levels;
  if (type.kind != TypeKind::category || !type.levels) return levels;
  for (const std::string& name : *type.levels) levels.push_back({name, static_cast<double>(levels.size())});
  return levels;
}

std::vector<GroupLevel> numbers(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  std::vector<GroupLevel> levels;
  for (const double value : values) levels.push_back({number_text(value), value});
  return levels;
}

}  // namespace

std::vector<GroupLevel> levels_of(const model::Attribute& attribute) {
  return attribute.type.kind == TypeKind::number ? numbers(attribute.number_levels) : named_levels(attribute.type);
}

std::vector<GroupLevel> levels_of(const model::Model& model, const expression::Expression& expression,
                                  const Code& code) {
  if (expression.type().kind != TypeKind::number) return named_levels(expression.type());
  const expression::Dependencies& needed = code.dependencies;
  if (needed.attributes.size() != 1 || needed.state || needed.time || !needed.marks.empty()) return {};
  const std::size_t a = needed.attributes.front().index();
  std::vector<double> attributes(model.attributes.size(), 0.0), values;
  for (const GroupLevel& level : levels_of(model.attributes[a])) {
    attributes[a] = level.value;
    values.push_back(expression::evaluate(code, {attributes, -1, 0, {}, {}}));
  }
  return numbers(std::move(values));
}

}  // namespace sojourn::outcomes
