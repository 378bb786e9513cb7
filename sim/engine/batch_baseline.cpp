// What every processor of the kind has: SSE2 or NEON, or what the compiler makes of pairs elsewhere.
#define SOJOURN_PACK 2
#include "engine/batch_kernels.inl"

namespace sojourn::engine {

extern const BatchKernels kernels_baseline;
constexpr const BatchKernels kernels_baseline = table;

}  // namespace sojourn::engine
