#include "engine/batch_kernels.hpp"

namespace sojourn::engine {

extern const BatchKernels kernels_baseline;
#if defined(__x86_64__)
extern const BatchKernels kernels_avx2, kernels_avx512;
#endif

const BatchKernels& kernels([[maybe_unused]] Isa isa) {
#if defined(__x86_64__)
  if (isa == Isa::avx512) return kernels_avx512;
  if (isa == Isa::avx2) return kernels_avx2;
#endif
  return kernels_baseline;
}

}  // namespace sojourn::engine
