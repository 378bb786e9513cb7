#include "base/said.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace sojourn {

Said said_by(const std::string& line) {
  Said said;
  FILE* const pipe = ::popen(line.c_str(), "re");
  if (pipe == nullptr) return {127, ""};
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) said.text.append(part.data(), n);
  const int status = ::pclose(pipe);
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  while (!said.text.empty() && (said.text.back() == '\n' || said.text.back() == '\r')) said.text.pop_back();
  return said;
}

}  // namespace sojourn
