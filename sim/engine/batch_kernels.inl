// The kernels of one instruction set. Included by batch_baseline.cpp, batch_avx2.cpp and batch_avx512.cpp, each
// compiled for its own: everything that is compiled here is in an anonymous namespace or a template over its packs, so
// that the linker has nothing to mix up (tests/structure looks).
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "base/elementary.hpp"
#include "base/uniform.hpp"
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
#include "engine/batch_components.inl"
#include "engine/batch_hazards.inl"
#include "engine/batch_instants.inl"
#include "engine/batch_timers.inl"
#include "engine/batch_choices.inl"
#include "engine/batch_next.inl"
#include "engine/batch_races.inl"
// clang-format on

constexpr BatchKernels table{.pack = width,
                             .start = &start,
                             .refresh = &refresh,
                             .update_warps = &update_warps,
                             .assign = &assign,
                             .happen = &happen,
                             .move = &move,
                             .enter = &enter,
                             .arm = &arm,
                             .advance = &advance,
                             .choose = &choose,
                             .test = &test,
                             .look = &look,
                             .decide = &decide,
                             .race = &race,
                             .compete = &compete,
                             .ratios = &ratios};

}  // namespace
}  // namespace sojourn::engine
