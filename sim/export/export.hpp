// A result in other programs' formats: CSV files in a folder, or one of them to a file or to standard output. Patients
// go through in blocks, so memory does not grow with them. Nothing has its final name before all of it is written.
#pragma once

#include <string>
#include <vector>

#include "export/request.hpp"

namespace sojourn::exports {

struct Destination {
  std::string path;   // a folder, made if it is not there; with `table`, a file or `-`
  std::string table;  // only this one; empty: all of the format, and export.json, which says what they are made from
};

struct Exported {
  std::string text;  // for the user: what was written, from which patients, what is missing; lines each ended
};

[[nodiscard]] std::vector<std::string> format_names();

// Throws InputError (the request does not go with the result), RunError (the files).
[[nodiscard]] Exported write(const Source& source, const std::string& format, const Destination& destination);

}  // namespace sojourn::exports
