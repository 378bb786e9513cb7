// The digest of a file, computed again from all it holds.
#pragma once

#include <string>

#include "store/input_file.hpp"

namespace sojourn::store {

[[nodiscard]] std::string digest_of(const InputFile& file);

}  // namespace sojourn::store
