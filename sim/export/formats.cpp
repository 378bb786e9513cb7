#include <array>

#include "export/format.hpp"

namespace sojourn::exports {

std::span<const Format> formats() {
  static const std::array all = {csv_format, mstate_format, hesim_format, bcea_format};
  return all;
}

}  // namespace sojourn::exports
