// The names behind the ids of histories, ready as CSV cells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace sojourn::exports {

struct Names {
  explicit Names(const model::Model& model);

  std::vector<std::string> states, attributes;
  std::vector<std::string> causes;               // by Sojourns::cause: declarations, then branches
  std::vector<std::vector<std::string>> levels;  // by attribute; of categories, else none
};

// The cell of a category's value; throws InputError if it has no such level.
[[nodiscard]] const std::string& level_of(const std::vector<std::string>& levels, double value);

enum class Values : std::uint8_t { named, numbers };

// A value of an attribute: TRUE, FALSE, a level's name, a number; or 1, 0, the level_id (from 1), a number.
void append_value(std::string& to, const model::Attribute& attribute, const std::vector<std::string>& levels,
                  double value, Values how);

}  // namespace sojourn::exports
