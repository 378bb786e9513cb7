// What is said of a text that is no YAML, or not such as a model is.
#pragma once

#include <string>

#include "config/tree.hpp"

namespace sojourn::config {

// A message of yaml-cpp in words that help; line and column from 0, below 0 if not known.
void explain(const std::string& message, int line, int column, const Document& document, Diagnostics& problems);

// %YAML and the like, which yaml-cpp takes without a word; the first is reported.
[[nodiscard]] bool has_directive(const Document& document, Diagnostics& problems);

// Why a file that holds nothing does so.
[[nodiscard]] std::string emptiness(const Document& document);

}  // namespace sojourn::config
