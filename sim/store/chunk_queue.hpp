// Chunks of columns on their way to the file: coded by whichever thread has time, written in the order in which they
// came, so that the file does not depend on the number of threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/chunk_code.hpp"
#include "store/hdf5.hpp"

namespace sojourn::store {

// A column's rows from `first` on; rows: how many there are then.
struct Chunk {
  hid_t dataset = -1;
  const std::string* path = nullptr;  // of the column, for messages
  hsize_t first = 0, rows = 0;
  std::size_t width = 0;  // bytes of a value
  ChunkCode code;
};

// Used by one thread at a time.
class ChunkQueue {
 public:
  explicit ChunkQueue(Compression compression) : compression_(compression) {}

  [[nodiscard]] Compression compression() const { return compression_; }
  // Without bytes only the column's length changes. Dataset and path must stay until drain(). Throws Hdf5Error.
  void put(const Chunk& chunk, std::span<const std::byte> bytes);
  void drain();

 private:
  struct Pending {
    Chunk chunk;
    std::vector<std::byte> bytes;
    CodedChunk coded;
    std::exception_ptr fault;
    std::atomic<bool> taken = false, done = false;
    void code(Compression compression);  // unless another thread has taken it
  };

  void write_first();

  Compression compression_;
  std::deque<std::shared_ptr<Pending>> pending_;
};

}  // namespace sojourn::store
