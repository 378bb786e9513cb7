// Philox4x32-10: four 32-bit random words as a function of a counter (four words) and a key (two words).
// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
// tested on the known answers of Random123.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// The same for four counters side by side, word by word: several multiplications are in flight at once. Word w of lane i
// stands in the low half of lanes[w][i].
using PhiloxLanes = std::array<std::array<std::uint64_t, 4>, 4>;

#ifdef __SSE2__

inline void philox4x32_10(PhiloxLanes& lanes, PhiloxKey key) {
  const __m128i even_factor = _mm_set1_epi64x(0xd251'1f53);
  const __m128i odd_factor = _mm_set1_epi64x(0xcd9e'8d57);
  const auto load = [&](std::size_t word, std::size_t lane) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(&lanes[word][lane]));
  };
  const auto store = [&](std::size_t word, std::size_t lane, __m128i value) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&lanes[word][lane]), value);
  };
  // Multiplication looks at the low halves only, so that what stands in the high ones does no harm.
  struct Words {
    __m128i word[4];
  };
  const auto round = [&](Words& words, __m128i key_0, __m128i key_1) {
    auto& c = words.word;
    const __m128i even = _mm_mul_epu32(c[0], even_factor);
    const __m128i odd = _mm_mul_epu32(c[2], odd_factor);
    c[0] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(odd, 32), c[1]), key_0);
    c[1] = odd;
    c[2] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(even, 32), c[3]), key_1);
    c[3] = even;
  };
  Words a{{load(0, 0), load(1, 0), load(2, 0), load(3, 0)}};
  Words b{{load(0, 2), load(1, 2), load(2, 2), load(3, 2)}};
  for (int i = 0; i < 10; ++i) {
    const __m128i key_0 = _mm_set1_epi64x(key[0]);
    const __m128i key_1 = _mm_set1_epi64x(key[1]);
    round(a, key_0, key_1);
    round(b, key_0, key_1);
    key[0] += 0x9e37'79b9U;
    key[1] += 0xbb67'ae85U;
  }
  for (std::size_t word = 0; word < 4; ++word) {
    store(word, 0, a.word[word]);
    store(word, 2, b.word[word]);
  }
}

#else

inline void philox4x32_10(PhiloxLanes& lanes, PhiloxKey key) {
  for (std::size_t i = 0; i < 4; ++i) {
    const auto low = [&](std::size_t word) { return static_cast<std::uint32_t>(lanes[word][i]); };
    const PhiloxCounter made = philox4x32_10({low(0), low(1), low(2), low(3)}, key);
    for (std::size_t word = 0; word < 4; ++word) lanes[word][i] = made[word];
  }
}

#endif

}  // namespace sojourn
