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
template <Lane L = double>
[[nodiscard]] inline L open_uniform(const Word<L>& word) {
  return (from_word((word >> 12) | std::uint64_t{0x3ff0'0000'0000'0000U}) - 1.0) + 0x1p-53;
}

[[nodiscard]] inline TwoUniforms uniforms(StreamKey key, DrawAddress address) {
  const PhiloxCounter block = philox4x32_10(
      {static_cast<std::uint32_t>(address.patient),
       static_cast<std::uint32_t>((address.patient >> 32) & 0xffffU) | (std::uint32_t{address.index} << 16),
       address.name_hash, address.visit},
      {key.seed, key.replicate});
  return {open_uniform((std::uint64_t{block[1]} << 32) | block[0]),
          open_uniform((std::uint64_t{block[3]} << 32) | block[2])};
}

// Exp(1) by inversion: -log u, in (1.1e-16, 36.8)
template <Lane L>
[[nodiscard]] inline L unit_exponential(const L& u) {
  return -log(u);
}

}  // namespace sojourn
