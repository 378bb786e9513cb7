// Philox4x32-10: four 32-bit random words as a function of a counter (four words) and a key (two words).
// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
// tested on the known answers of Random123.
#pragma once

#include <array>
#include <cstdint>

namespace sojourn {

namespace philox {
inline constexpr std::uint64_t even_factor = 0xd251'1f53, odd_factor = 0xcd9e'8d57;
inline constexpr std::uint32_t key_0_step = 0x9e37'79b9, key_1_step = 0xbb67'ae85;
}  // namespace philox

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

[[nodiscard]] constexpr PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = philox::even_factor * counter[0];
    const std::uint64_t odd = philox::odd_factor * counter[2];
    counter = {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(odd),
               static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(even)};
    key[0] += philox::key_0_step;
    key[1] += philox::key_1_step;
  }
  return counter;
}

}  // namespace sojourn
