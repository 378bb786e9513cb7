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

// Up to four counters side by side that share their first two words; several multiplications are in flight at once.
struct PhiloxFour {
  std::uint32_t word_0 = 0, word_1 = 0;
  std::array<std::uint32_t, 4> word_2{}, word_3{};
};

// The first two words of each result, word 0 the low half; only the first `n` (1 to 4) are meant to be used.
[[nodiscard]] inline std::array<std::uint64_t, 4> philox4x32_10(const PhiloxFour& counters, PhiloxKey key,
                                                                std::size_t n) {
  std::array<std::uint64_t, 4> result{};
#ifdef __SSE2__
  struct Pair {  // word w of two counters, in the low halves of the 64-bit lanes; the high halves are not looked at
    __m128i w[4];
  };
  const __m128i even_factor = _mm_set1_epi64x(philox::even_factor);
  const __m128i odd_factor = _mm_set1_epi64x(philox::odd_factor);
  const auto round = [&](Pair& c, __m128i key_0, __m128i key_1) {
    const __m128i even = _mm_mul_epu32(c.w[0], even_factor);
    const __m128i odd = _mm_mul_epu32(c.w[2], odd_factor);
    c.w[0] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(odd, 32), c.w[1]), key_0);
    c.w[1] = odd;
    c.w[2] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(even, 32), c.w[3]), key_1);
    c.w[3] = even;
  };
  const auto four = [](const std::array<std::uint32_t, 4>& words) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(words.data()));
  };
  const auto put = [&](std::size_t first, const Pair& c) {
    const __m128i low = _mm_and_si128(c.w[0], _mm_set1_epi64x(0xffff'ffff));
    const __m128i both = _mm_or_si128(low, _mm_slli_epi64(c.w[1], 32));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&result[first]), both);
  };
  const __m128i word_0 = _mm_set1_epi64x(counters.word_0), word_1 = _mm_set1_epi64x(counters.word_1);
  const __m128i word_2 = four(counters.word_2), word_3 = four(counters.word_3);
  Pair a{{word_0, word_1, _mm_unpacklo_epi32(word_2, word_2), _mm_unpacklo_epi32(word_3, word_3)}};
  Pair b{{word_0, word_1, _mm_unpackhi_epi32(word_2, word_2), _mm_unpackhi_epi32(word_3, word_3)}};
  __m128i key_0 = _mm_set1_epi64x(key[0]), key_1 = _mm_set1_epi64x(key[1]);
  for (int i = 0; i < 10; ++i) {
    round(a, key_0, key_1);
    if (n > 2) round(b, key_0, key_1);
    key_0 = _mm_add_epi32(key_0, _mm_set1_epi64x(philox::key_0_step));
    key_1 = _mm_add_epi32(key_1, _mm_set1_epi64x(philox::key_1_step));
  }
  put(0, a);
  put(2, b);
#else
  for (std::size_t i = 0; i < n; ++i) {
    const PhiloxCounter made =
        philox4x32_10({counters.word_0, counters.word_1, counters.word_2[i], counters.word_3[i]}, key);
    result[i] = (std::uint64_t{made[1]} << 32) | made[0];
  }
#endif
  return result;
}

}  // namespace sojourn
