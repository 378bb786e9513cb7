// How chunks of long columns are coded: by HDF5's own filters, shuffle and deflate, which every HDF5 library has, so
// that any reader sees the values and needs nothing. Each chunk says which of the two it leaves out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sojourn::store {

// none: bytes as they are. fast: what shrinks by much at little cost. small: whatever shrinks.
enum class Compression : std::uint8_t { none, fast, small };
[[nodiscard]] std::string_view name_of(Compression compression);
[[nodiscard]] std::span<const std::string_view> compression_names();
[[nodiscard]] std::optional<Compression> compression_named(std::string_view name);

struct ChunkCode {
  bool shuffle = false;  // the first byte of each value, then the second of each, ...
  bool deflate = false;
  // HDF5's: bit i is set where filter i is left out.
  [[nodiscard]] std::uint32_t left_out() const { return (shuffle ? 0U : 1U) | (deflate ? 0U : 2U); }
};

// The code for a column whose first values these are, `width` bytes each: found by trying.
[[nodiscard]] ChunkCode best_code(std::span<const std::byte> bytes, std::size_t width, Compression compression);

struct CodedChunk {
  std::vector<std::byte> bytes;
  std::uint32_t left_out = 0;
};

// A chunk that the code does not shrink is left as it is. Equal bytes give equal bytes, on any machine with the same
// libdeflate.
[[nodiscard]] CodedChunk coded(std::vector<std::byte> bytes, std::size_t width, ChunkCode code,
                               Compression compression);

}  // namespace sojourn::store
