#include "store/digest.hpp"

#include <xxhash.h>

#include <algorithm>
#include <new>

namespace sojourn::store {

namespace {
XXH3_state_t* state_of(void* state) {
  return static_cast<XXH3_state_t*>(state);
}
}  // namespace

void ColumnHash::Free::operator()(void* state) const {
  XXH3_freeState(state_of(state));
}

ColumnHash::ColumnHash() : state_(XXH3_createState()) {
  if (!state_) throw std::bad_alloc();
  XXH3_128bits_reset(state_of(state_.get()));
}

void ColumnHash::add(const void* data, std::size_t bytes) {
  if (bytes > 0) XXH3_128bits_update(state_of(state_.get()), data, bytes);
}

std::string ColumnHash::hex() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_of(state_.get())));
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : canonical.digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

void Manifest::add(std::string_view path, std::string_view type, std::uint64_t rows, const ColumnHash& hash) {
  add(path, type, rows, hash.hex());
}

void Manifest::add(std::string_view path, std::string_view type, std::uint64_t rows, const std::string& hash) {
  if (path.starts_with("/shards/")) return;
  std::string line(path);
  line.append(" ").append(type).append(" ").append(std::to_string(rows)).append(" ").append(hash).append("\n");
  lines_.push_back(std::move(line));
}

std::string Manifest::digest() const {
  std::vector<std::string> sorted = lines_;
  std::sort(sorted.begin(), sorted.end());
  ColumnHash all;
  for (const std::string& line : sorted) all.add(line.data(), line.size());
  return "xxh3-128:" + all.hex();
}

}  // namespace sojourn::store
