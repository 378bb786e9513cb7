#include "engine/batches.hpp"

#include "engine/batched.hpp"
#include "engine/races.hpp"

namespace sojourn::engine {

std::unique_ptr<Batches> batches_of(const std::vector<const program::Program*>& alike, const BatchKernels& kernels) {
  if (!not_in_batches(*alike.front()).empty()) return nullptr;
  if (only_races(*alike.front())) return std::make_unique<Races>(*alike.front(), alike.size(), kernels);
  return std::make_unique<Batched>(alike, kernels);
}

}  // namespace sojourn::engine
