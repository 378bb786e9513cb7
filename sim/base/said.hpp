// What another program says.
#pragma once

#include <string>

namespace sojourn {

struct Said {
  int code = 0;      // its exit code; 127: it could not be started
  std::string text;  // on standard output, without line ends at its end
};
[[nodiscard]] Said said_by(const std::string& line);  // a line for the shell

}  // namespace sojourn
