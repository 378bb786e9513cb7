#include "engine/batch_kernels.hpp"

namespace sojourn::engine {

extern const BatchKernels kernels_sse2, kernels_avx2, kernels_avx512;

const BatchKernels& kernels(Isa isa) {
#if defined(__x86_64__)
  if (isa == Isa::avx512) return kernels_avx512;
  if (isa == Isa::avx2) return kernels_avx2;
#endif
  return kernels_sse2;
}

}  // namespace sojourn::engine
