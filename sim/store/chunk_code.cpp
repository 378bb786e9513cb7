#include "store/chunk_code.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace sojourn::store {

namespace {

constexpr std::array<std::string_view, 3> names = {"none", "fast", "small"};

constexpr int level_of(Compression compression) {
  return compression == Compression::small ? 6 : 1;
}

// Of what was there at least this much must go.
constexpr double least_saving(Compression compression) {
  return compression == Compression::small ? 0.03 : 0.3;
}

struct Freed {
  void operator()(libdeflate_compressor* one) const { libdeflate_free_compressor(one); }
};

libdeflate_compressor* compressor(int level) {
  thread_local std::unique_ptr<libdeflate_compressor, Freed> made[7];
  auto& one = made[level];
  if (!one) one.reset(libdeflate_alloc_compressor(level));
  if (!one) throw std::bad_alloc();
  return one.get();
}

std::vector<std::byte> shuffled(std::span<const std::byte> bytes, std::size_t width) {
  std::vector<std::byte> result(bytes.size());
  const std::size_t values = bytes.size() / width;
  for (std::size_t b = 0; b < width; ++b) {
    std::byte* const to = result.data() + b * values;
    for (std::size_t i = 0; i < values; ++i) to[i] = bytes[i * width + b];
  }
  return result;
}

// Nothing if it does not become small enough.
std::vector<std::byte> shrunk(std::span<const std::byte> bytes, std::size_t width, bool shuffle,
                              Compression compression) {
  const auto room = static_cast<std::size_t>((1 - least_saving(compression)) * static_cast<double>(bytes.size()));
  std::vector<std::byte> result(room);
  const std::vector<std::byte> ordered = shuffle ? shuffled(bytes, width) : std::vector<std::byte>();
  const std::byte* const from = shuffle ? ordered.data() : bytes.data();
  result.resize(libdeflate_zlib_compress(compressor(level_of(compression)), from, bytes.size(), result.data(), room));
  return result;
}

}  // namespace

std::string_view name_of(Compression compression) {
  return names[static_cast<std::size_t>(compression)];
}

std::span<const std::string_view> compression_names() {
  return names;
}

std::optional<Compression> compression_named(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Compression>(found - names.begin()));
}

ChunkCode best_code(std::span<const std::byte> bytes, std::size_t width, Compression compression) {
  if (compression == Compression::none || bytes.empty()) return {};
  const std::size_t plain = shrunk(bytes, width, false, compression).size();
  const std::size_t shuffled = width > 1 ? shrunk(bytes, width, true, compression).size() : 0;
  if (plain == 0 && shuffled == 0) return {};
  return {shuffled != 0 && (plain == 0 || shuffled < plain), true};
}

CodedChunk coded(std::vector<std::byte> bytes, std::size_t width, ChunkCode code, Compression compression) {
  if (code.deflate) {
    std::vector<std::byte> small = shrunk(bytes, width, code.shuffle, compression);
    if (!small.empty()) return {std::move(small), code.left_out()};
  }
  return {std::move(bytes), ChunkCode{}.left_out()};
}

}  // namespace sojourn::store
