#include "outcomes/record.hpp"

#include <algorithm>

namespace sojourn::outcomes {

void Records::prepare(std::size_t lives, std::size_t means) {
  const auto make_room = [lives](auto& column) { column.resize(std::max(column.size(), lives)); };
  make_room(group);
  make_room(place);
  make_room(followed);
  make_room(slot);
  make_room(code);
  values.resize(means);
  for (auto& column : values) make_room(column);
}

}  // namespace sojourn::outcomes
