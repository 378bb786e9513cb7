// A file with other outcomes for the lives of a model: its sections take the place of the model's.
#pragma once

#include "base/diagnostics.hpp"
#include "config/tree.hpp"
#include "model/load.hpp"

namespace sojourn::model {

// False if the file is none of this kind; `problems` says why.
[[nodiscard]] bool replace_analysis(config::Document& document, const AnalysisFile& file, Diagnostics& problems);

}  // namespace sojourn::model
