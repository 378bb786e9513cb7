#include "store/chunk_queue.hpp"

#include "engine/aside.hpp"

namespace sojourn::store {

namespace {

void write(const Chunk& chunk, std::span<const std::byte> bytes, std::uint32_t left_out) {
  check(H5Dset_extent(chunk.dataset, &chunk.rows), ("extend " + *chunk.path).c_str());
  if (bytes.empty()) return;
  check(H5Dwrite_chunk(chunk.dataset, H5P_DEFAULT, left_out, &chunk.first, bytes.size(), bytes.data()),
        ("write " + *chunk.path).c_str());
}

}  // namespace

void ChunkQueue::Pending::code(Compression compression) {
  if (taken.exchange(true)) return;
  try {
    coded = store::coded(std::move(bytes), chunk.width, chunk.code, compression);
  } catch (...) {
    fault = std::current_exception();
  }
  done = true;
  done.notify_all();
}

void ChunkQueue::put(const Chunk& chunk, std::span<const std::byte> bytes) {
  const bool work = chunk.code.deflate && !bytes.empty();
  if (!work && pending_.empty()) {
    write(chunk, bytes, compression_ == Compression::none ? 0 : ChunkCode{}.left_out());
    return;
  }
  auto added = std::make_shared<Pending>();
  added->chunk = chunk;
  added->bytes.assign(bytes.begin(), bytes.end());
  pending_.push_back(added);
  const auto threads = static_cast<std::size_t>(engine::threads_at_work());
  const std::size_t most = threads > 1 ? 2 * threads : 0;
  if (most > 0 && work) engine::do_aside([added, how = compression_] { added->code(how); });
  while (!pending_.empty() && (pending_.size() > most || pending_.front()->done)) write_first();
}

void ChunkQueue::drain() {
  while (!pending_.empty()) write_first();
}

void ChunkQueue::write_first() {
  const std::shared_ptr<Pending> one = std::move(pending_.front());
  pending_.pop_front();
  one->code(compression_);
  one->done.wait(false);
  if (one->fault) std::rethrow_exception(one->fault);
  write(one->chunk, one->coded.bytes, one->coded.left_out);
}

}  // namespace sojourn::store
