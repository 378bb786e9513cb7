// The digest of a result: XXH3-128 (Collet, xxHash 0.8, stable format) over its logical columns, whatever their chunks
// and whatever wrote them. A column's hash is over its values in order, little-endian, in the stored type (texts with
// their zero padding). The file's digest is the hash of a manifest: for each attribute of the root but `digest` and
// each dataset a line `PATH TYPE ROWS HASH\n`, sorted by bytes, where an attribute's path is `/@NAME` and TYPE is
// int8, int16, int32, int64, float64 or textN (N bytes a value with its zero byte). What stands under `/shards`, which
// says in which files a result lies, is left out: the digest is that of the result in one file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::store {

class ColumnHash {
 public:
  ColumnHash();
  void add(const void* data, std::size_t bytes);
  [[nodiscard]] std::string hex() const;  // 32 digits, high half first, as xxhsum prints it

 private:
  struct Free {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, Free> state_;
};

class Manifest {
 public:
  void add(std::string_view path, std::string_view type, std::uint64_t rows, const ColumnHash& hash);
  void add(std::string_view path, std::string_view type, std::uint64_t rows, const std::string& hash);  // as hex()
  [[nodiscard]] std::string digest() const;  // "xxh3-128:" and 32 digits

 private:
  std::vector<std::string> lines_;
};

}  // namespace sojourn::store
