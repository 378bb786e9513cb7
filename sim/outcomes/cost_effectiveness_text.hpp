// Costs against effects for people: the strategies by rising cost with their increments, ratios and standing; net
// benefit at each threshold, and which strategy is best there.
#pragma once

#include <string>

#include "outcomes/results.hpp"

namespace sojourn::outcomes {

// Empty where no outcome is of that kind; else begins with an empty line. At most `width` columns wide.
[[nodiscard]] std::string cost_effectiveness_text(const Results& results, int width);

}  // namespace sojourn::outcomes
