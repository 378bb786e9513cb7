#define SOJOURN_PACK 8
#include "engine/batch_kernels.inl"

namespace sojourn::engine {

extern const BatchKernels kernels_avx512;
constexpr const BatchKernels kernels_avx512 = table;

}  // namespace sojourn::engine
