// A model in plain English, for `check`: where patients are and what moves them, who decides what, what each strategy
// changes, what is computed, and what a reader should look at: parameters that nothing uses or that have no source.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace sojourn::model {

// Several lines, each ended.
[[nodiscard]] std::string in_words(const Model& model);

// Which parameters are uncertain; nothing if none is.
[[nodiscard]] std::string uncertainty_in_words(const Model& model);

// Parameters whose own value is not within the middle 95% of what is drawn for them.
[[nodiscard]] std::vector<std::string> far_from_their_values(const Model& model);

// What is no error but may be a slip; one sentence each.
[[nodiscard]] std::vector<std::string> remarks(const Model& model);

}  // namespace sojourn::model
