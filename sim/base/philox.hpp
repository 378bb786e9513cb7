// Philox4x32-10: four 32-bit random words as a function of a counter (four words) and a key (two words).
// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
// tested on the known answers of Random123.
#pragma once

#include <array>
#include <cstdint>

namespace sojourn {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

[[nodiscard]] constexpr PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = std::uint64_t{0xd251'1f53U} * counter[0];
    const std::uint64_t odd = std::uint64_t{0xcd9e'8d57U} * counter[2];
    counter = {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(odd),
               static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(even)};
    key[0] += 0x9e37'79b9U;
    key[1] += 0xbb67'ae85U;
  }
  return counter;
}

// The same for N counters side by side, word by word: the compiler keeps several multiplications in flight.
template <std::size_t N>
using PhiloxLanes = std::array<std::array<std::uint64_t, N>, 4>;  // [word][lane], each below 2^32

template <std::size_t N>
constexpr void philox4x32_10(PhiloxLanes<N>& lanes, PhiloxKey key) {
  constexpr std::uint64_t low = 0xffff'ffffU;
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < N; ++i) {
      const std::uint64_t even = std::uint64_t{0xd251'1f53U} * (lanes[0][i] & low);
      const std::uint64_t odd = std::uint64_t{0xcd9e'8d57U} * (lanes[2][i] & low);
      lanes[0][i] = (odd >> 32) ^ lanes[1][i] ^ key[0];
      lanes[1][i] = odd & low;
      lanes[2][i] = (even >> 32) ^ lanes[3][i] ^ key[1];
      lanes[3][i] = even & low;
    }
    key[0] += 0x9e37'79b9U;
    key[1] += 0xbb67'ae85U;
  }
}

}  // namespace sojourn
