// How much one model may hold, in all its files together. Some things are looked up one by one, in time that grows with
// the square of their number; so each file is looked at as soon as it is read, before the next one and before its
// entries.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "config/reader.hpp"

namespace sojourn::model {

struct Limit {
  std::string_view of, within;  // key, and the key it stands in
  std::size_t most;
};
inline constexpr std::array<Limit, 8> limits{Limit{"parameters", "", 32000}, Limit{"attributes", "cohort", 10000},
                                             Limit{"attributes", "", 10000}, Limit{"branches", "", 10000},
                                             Limit{"costs", "", 10000},      Limit{"utilities", "", 10000},
                                             Limit{"outcomes", "", 10000},   Limit{"trials", "", 1000}};

class Holdings {
 public:
  // Counts the file's sections to those before. False, and a report, if there are too many.
  [[nodiscard]] bool add(const config::Source& source);

 private:
  [[nodiscard]] bool add(const config::Source& source, const config::Item& section, std::string_view within);

  std::array<std::size_t, limits.size()> entries_{};
};

}  // namespace sojourn::model
