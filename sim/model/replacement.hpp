// Values put into a model's document in the place of others, before it is read.
#pragma once

#include "model/checked_model.hpp"

namespace sojourn::model {

// False, with a report where the path is written, if it leads nowhere. The value keeps its own file and line.
bool replace_value(config::Document& document, const Replacement& replacement, Diagnostics& problems);

}  // namespace sojourn::model
