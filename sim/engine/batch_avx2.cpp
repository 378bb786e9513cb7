#define SOJOURN_PACK 4
#include "engine/batch_kernels.inl"

namespace sojourn::engine {

extern const BatchKernels kernels_avx2;
constexpr const BatchKernels kernels_avx2 = table;

}  // namespace sojourn::engine
