// `include`: a model in several files. An included file is a fragment, with the same sections; it lies below the folder
// of the file that includes it and may include others. At most 10 files deep, 1000 files, and 16 MB together.
#pragma once

#include <cstddef>
#include <string>

#include "base/diagnostics.hpp"
#include "config/tree.hpp"
#include "model/load.hpp"

namespace sojourn::model {

// Unites the document with the files it includes, which are kept in the model: those first, in the order listed, each
// after what it includes itself. `values`: of the document, then of all files. False, with reports, if a file cannot be
// read, or they hold more than a model may.
[[nodiscard]] bool include_files(config::Document& document, const Sources& sources, Model& model,
                                 Diagnostics& problems, std::size_t& values);

// The path of a file named in a file of this folder (empty, or ends with /), relative to the main file's folder.
[[nodiscard]] std::string path_beside(const std::string& folder, const std::string& name);

}  // namespace sojourn::model
