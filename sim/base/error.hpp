// The two ways a command fails: what the user gave is wrong, or running it failed. main() maps them to exit codes.
#pragma once

#include <stdexcept>
#include <string>

namespace sojourn {

// Something the user gave (a file, a value, an option) cannot be used. `what()` is the whole message.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The run itself could not be finished: disk full, folder not writable, another run alive.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sojourn
