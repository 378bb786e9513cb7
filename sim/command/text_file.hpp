// Small text results: written beside the final name, synced and renamed, so that a full disk leaves the old file as it
// was.
#pragma once

#include <string>

namespace sojourn::command {

// "-" is standard output. Throws RunError with the reason.
void write_text(const std::string& path, const std::string& text);

}  // namespace sojourn::command
