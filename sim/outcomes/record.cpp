#include "outcomes/record.hpp"

#include <algorithm>

namespace sojourn::outcomes {

void Records::prepare(std::size_t lives, std::size_t means) {
  listed.clear();
  if (values.size() < means) values.resize(means);
  for (std::size_t m = 0; m < means; ++m) values[m].resize(std::max(values[m].size(), lives));
}

}  // namespace sojourn::outcomes
