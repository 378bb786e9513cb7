// The options of `sojourn sweep`, as the user gives them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "command/sweep.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class App;
}

namespace sojourn::command {

class SweepLine {
 public:
  explicit SweepLine(CLI::App& app);

  [[nodiscard]] bool given() const;
  [[nodiscard]] int dispatch() const;  // the exit code

 private:
  using Action = int (*)(const SweepOptions&);
  CLI::App* add(const char* name, const char* text, Action action);

  CLI::App* command_;
  std::vector<std::pair<CLI::App*, Action>> actions_;
  SweepOptions options_;
};

}  // namespace sojourn::command
