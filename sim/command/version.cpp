#include "command/version.hpp"

#include "store/writer.hpp"

namespace sojourn::command {

std::string version_text() {
  return "sojourn " SOJOURN_VERSION "\nmodel language 1, " + store::version_text() +
         "\nengine: reference (scalar)\ncompiler: g++ " __VERSION__;
}

}  // namespace sojourn::command
