// Random numbers as a function of an address: who (patient), which declaration (hash of its name), which time round
// (visit), which block of that visit (index). Nothing of threads, blocks or strategies is in it, so that a patient
// lives the same life wherever it is simulated. Two uniforms in (0, 1) an address, both ends open, 52 bits each.
#pragma once

#include <array>
#include <cstdint>

#include "base/elementary.hpp"
#include "base/philox.hpp"

namespace sojourn {

struct DrawAddress {
  std::uint64_t patient;    // below 2^48
  std::uint16_t index;      // 0, or the block's number where one visit needs more than two uniforms
  std::uint32_t name_hash;  // fnv1a32 of the declaration's name
  std::uint32_t visit;      // number of the risk episode, from 0
};

struct StreamKey {
  std::uint32_t seed;
  std::uint32_t replicate;
};

struct TwoUniforms {
  double first, second;
};

// (top 52 bits of the 64-bit word + 1/2) 2^-52: from 2^-53 to 1 - 2^-53, every step exact
[[nodiscard]] inline double open_uniform(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t word = (std::uint64_t{high} << 32) | low;
  return (from_word((word >> 12) | 0x3ff0'0000'0000'0000U) - 1.0) + 0x1p-53;
}

[[nodiscard]] inline TwoUniforms uniforms(StreamKey key, DrawAddress address) {
  const PhiloxCounter block = philox4x32_10(
      {static_cast<std::uint32_t>(address.patient),
       static_cast<std::uint32_t>((address.patient >> 32) & 0xffffU) | (std::uint32_t{address.index} << 16),
       address.name_hash, address.visit},
      {key.seed, key.replicate});
  return {open_uniform(block[0], block[1]), open_uniform(block[2], block[3])};
}

// Four draws of one patient at index 0: the first uniform of each, the same bits as uniforms() gives.
struct FourDraws {
  std::array<std::uint32_t, 4> name_hash{}, visit{};
};

[[nodiscard]] inline std::array<double, 4> first_uniforms(StreamKey key, std::uint64_t patient,
                                                          const FourDraws& draws) {
  PhiloxLanes lanes;
  for (std::size_t i = 0; i < 4; ++i) {
    lanes[0][i] = patient & 0xffff'ffffU;
    lanes[1][i] = (patient >> 32) & 0xffffU;
    lanes[2][i] = draws.name_hash[i];
    lanes[3][i] = draws.visit[i];
  }
  philox4x32_10(lanes, {key.seed, key.replicate});
  std::array<double, 4> u{};
  for (std::size_t i = 0; i < 4; ++i) {
    u[i] = open_uniform(static_cast<std::uint32_t>(lanes[0][i]), static_cast<std::uint32_t>(lanes[1][i]));
  }
  return u;
}

// Exp(1) by inversion: -log u, in (1.1e-16, 36.8)
[[nodiscard]] inline double unit_exponential(double u) {
  return -log(u);
}

}  // namespace sojourn
