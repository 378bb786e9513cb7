// FNV-1a, 32 bits, over the bytes of a text (UTF-8): the part of a draw's address that stands for a declaration's name.
// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", IETF draft.
#pragma once

#include <cstdint>
#include <string_view>

namespace sojourn {

[[nodiscard]] constexpr std::uint32_t fnv1a32(std::string_view text) {
  std::uint32_t hash = 0x811c'9dc5U;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x0100'0193U;
  return hash;
}

}  // namespace sojourn
