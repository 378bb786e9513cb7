// Many numbers as a short text for the page: 32-bit floats, little-endian, in base64 (RFC 4648). Seven digits are kept,
// and always the sign; a missing number stays one (NaN).
#pragma once

#include <span>
#include <string>

namespace sojourn::report {

[[nodiscard]] std::string packed(std::span<const double> numbers);

}  // namespace sojourn::report
