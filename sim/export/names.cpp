#include "export/names.hpp"

#include "base/csv_text.hpp"
#include "base/error.hpp"

namespace sojourn::exports {

Names::Names(const model::Model& model) {
  for (const model::State& state : model.states) states.push_back(csv_cell(state.name));
  for (const model::Declaration& declaration : model.declarations) causes.push_back(csv_cell(declaration.name));
  for (const model::Branch& branch : model.branches) causes.push_back(csv_cell(branch.name));
  for (const model::Attribute& attribute : model.attributes) {
    attributes.push_back(csv_cell(attribute.name));
    levels.emplace_back();
    if (attribute.type.kind != expression::Type::Kind::category) continue;
    for (const std::string& level : *attribute.type.levels) levels.back().push_back(csv_cell(level));
  }
}

const std::string& level_of(const std::vector<std::string>& levels, double value) {
  if (value >= 0 && value < static_cast<double>(levels.size())) return levels[static_cast<std::size_t>(value)];
  throw InputError("the result holds a level that its model does not have (is the file damaged?)");
}

void append_value(std::string& to, const model::Attribute& attribute, const std::vector<std::string>& levels,
                  double value, Values how) {
  using Kind = expression::Type::Kind;
  if (attribute.type.kind == Kind::category && how == Values::named) {
    to += level_of(levels, value);
  } else if (attribute.type.kind == Kind::category) {
    append_csv_number(to, static_cast<std::int64_t>(value) + 1);
  } else if (attribute.type.kind == Kind::boolean && how == Values::named) {
    to += value != 0 ? "TRUE" : "FALSE";
  } else {
    append_csv_number(to, value);
  }
}

}  // namespace sojourn::exports
