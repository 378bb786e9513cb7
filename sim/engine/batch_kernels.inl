// The kernels of one instruction set. Included by batch_sse2.cpp, batch_avx2.cpp and batch_avx512.cpp, each compiled
// for its own: everything that is compiled here is in an anonymous namespace or a template over its packs, so that the
// linker has nothing to mix up (tests/structure looks).
#include <algorithm>
#include <array>
#include <bit>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "base/elementary.hpp"
#include "distributions/cure_lanes.hpp"
#include "distributions/families.hpp"
#include "engine/batch_kernels.hpp"
#include "expression/evaluate.hpp"

namespace sojourn::engine {
namespace {

using program::at;

// In this order.
// clang-format off
#include "engine/batch_pack.inl"
#include "engine/batch_hazards.inl"
#include "engine/batch_instants.inl"
// clang-format on

constexpr BatchKernels table{width, &start,   &refresh, &update_warps, &assign, &happen, &move,   &enter,
                             &arm,  &advance, &choose,  &fired,        &test,   &look,   &decide, &race};

}  // namespace
}  // namespace sojourn::engine
