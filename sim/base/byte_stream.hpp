// Numbers as bytes, small integers in few: seven bits a byte, low first, the eighth says that more follow (LEB128);
// signed ones folded to 0, -1, 1, -2, ... first. The same on every machine. Reading what is cut short or malformed
// throws. pass() is the same call on both sides, so that what a class stores is listed once, in a template over the
// stream.
#pragma once

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/exact_sum.hpp"

namespace sojourn {

class ByteWriter {
 public:
  void count(std::uint64_t value) { unsigned_integer(value); }
  void integer(Int128 value) {
    unsigned_integer((static_cast<UnsignedInt128>(value) << 1) ^ static_cast<UnsignedInt128>(value < 0 ? -1 : 0));
  }
  void text(std::string_view bytes) {
    count(bytes.size());
    bytes_ += bytes;
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

  template <class Integer>
  requires(std::is_integral_v<Integer> || std::is_same_v<Integer, Int128>) void pass(const Integer& value) {
    std::is_unsigned_v<Integer> ? count(static_cast<std::uint64_t>(value)) : integer(static_cast<Int128>(value));
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void pass(const Enum& value) { count(static_cast<std::uint64_t>(value)); }
  void pass(const double& value) { count(std::bit_cast<std::uint64_t>(value)); }
  void pass(const std::string& value) { text(value); }
  template <class T, class Each>
  void pass_list(const std::vector<T>& list, Each each) {
    count(list.size());
    for (const T& one : list) each(one);
  }
  // Mostly zeros: a run of them is 0 and its length.
  void pass_sparse(const std::vector<std::uint64_t>& values) {
    for (std::size_t i = 0; i < values.size();) {
      count(values[i]);
      if (values[i++] != 0) continue;
      const std::size_t first = i;
      while (i < values.size() && values[i] == 0) ++i;
      count(i - first);
    }
  }

 private:
  void unsigned_integer(UnsignedInt128 value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(static_cast<unsigned char>(value) | 0x80U);
    bytes_ += static_cast<char>(static_cast<unsigned char>(value));
  }

  std::string bytes_;
};

struct MalformedBytes : std::runtime_error {
  MalformedBytes() : std::runtime_error("the bytes are cut short or malformed") {}
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t count() {
    const UnsignedInt128 value = unsigned_integer();
    if (value >> 64 != 0) throw MalformedBytes();
    return static_cast<std::uint64_t>(value);
  }
  [[nodiscard]] Int128 integer() {
    const UnsignedInt128 folded = unsigned_integer();
    return static_cast<Int128>(folded >> 1) ^ -static_cast<Int128>(folded & 1);
  }
  [[nodiscard]] std::string_view text() {
    const std::uint64_t size = count();
    if (size > bytes_.size() - place_) throw MalformedBytes();
    place_ += size;
    return bytes_.substr(place_ - size, size);
  }
  [[nodiscard]] bool at_end() const { return place_ == bytes_.size(); }

  template <class Integer>
  requires(std::is_integral_v<Integer> || std::is_same_v<Integer, Int128>) void pass(Integer& value) {
    value = static_cast<Integer>(std::is_unsigned_v<Integer> ? static_cast<Int128>(count()) : integer());
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void pass(Enum& value) { value = static_cast<Enum>(count()); }
  void pass(double& value) { value = std::bit_cast<double>(count()); }
  void pass(std::string& value) { value = text(); }
  // In place of what the list holds.
  template <class T, class Each>
  void pass_list(std::vector<T>& list, Each each) {
    list.clear();
    for (std::uint64_t left = count(); left > 0; --left) each(list.emplace_back());
  }
  // As many as there are.
  void pass_sparse(std::vector<std::uint64_t>& values) {
    for (std::size_t i = 0; i < values.size();) {
      values[i] = count();
      if (values[i++] != 0) continue;
      const std::uint64_t more = count();
      if (more > values.size() - i) throw MalformedBytes();
      for (const std::size_t end = i + more; i < end; ++i) values[i] = 0;
    }
  }

 private:
  UnsignedInt128 unsigned_integer() {
    UnsignedInt128 value = 0;
    for (int shift = 0; shift < 128; shift += 7) {
      if (place_ == bytes_.size()) throw MalformedBytes();
      const auto byte = static_cast<unsigned char>(bytes_[place_++]);
      if (shift == 126 && byte > 3) throw MalformedBytes();
      value |= static_cast<UnsignedInt128>(byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    throw MalformedBytes();
  }

  std::string_view bytes_;
  std::size_t place_ = 0;
};

}  // namespace sojourn
