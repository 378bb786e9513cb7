// Ends the process when what was promised does not hold.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace sojourn::fuzz {

inline void promise(bool holds, std::string_view what, std::string_view found = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n%s\n", std::string(what).c_str(), std::string(found).c_str());
  std::abort();
}

// What may be printed to a terminal: lines of UTF-8 of bounded length, without control characters.
void promise_printable(std::string_view text);

}  // namespace sojourn::fuzz
