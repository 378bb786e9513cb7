// The digest of a file, computed again from all it holds.
#pragma once

#include <string>

#include "store/digest.hpp"
#include "store/input_file.hpp"

namespace sojourn::store {

// All rows of a dataset, in its stored type.
void add_rows(hid_t dataset, hid_t type, ColumnHash& hash);

[[nodiscard]] std::string digest_of(const InputFile& file);

}  // namespace sojourn::store
