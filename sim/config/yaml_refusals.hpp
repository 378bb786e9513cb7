// What is said of a text that is no YAML, or not such as a model is.
#pragma once

#include <yaml-cpp/exceptions.h>

#include <string>

#include "config/tree.hpp"

namespace sojourn::config {

// An exception of yaml-cpp in words that help.
void explain(const YAML::Exception& error, const Document& document, Diagnostics& problems);

// %YAML and the like, which yaml-cpp takes without a word; the first is reported.
[[nodiscard]] bool has_directive(const Document& document, Diagnostics& problems);

// Why a file that holds nothing does so.
[[nodiscard]] std::string emptiness(const Document& document);

}  // namespace sojourn::config
