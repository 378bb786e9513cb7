#define SOJOURN_PACK 2
#include "engine/batch_kernels.inl"

namespace sojourn::engine {

extern const BatchKernels kernels_sse2;
constexpr const BatchKernels kernels_sse2 = table;

}  // namespace sojourn::engine
