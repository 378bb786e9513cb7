#include "sweep/sobol.hpp"

#include <boost/random/sobol.hpp>
#include <cstdint>

namespace sojourn::sweep {

std::vector<double> sobol_points(std::size_t points, std::size_t dimensions) {
  boost::random::sobol_engine<std::uint32_t, 32> engine(dimensions);
  std::vector<double> made;
  made.reserve(points * dimensions);
  for (std::size_t i = 0; i < points * dimensions; ++i) made.push_back(static_cast<double>(engine()) * 0x1p-32);
  return made;
}

}  // namespace sojourn::sweep
