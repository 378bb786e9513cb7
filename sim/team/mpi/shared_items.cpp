#include "team/mpi/shared_items.hpp"

#include <utility>

#include "base/byte_stream.hpp"

namespace sojourn::team {

namespace {

constexpr int first = 0;
constexpr auto told_every = std::chrono::milliseconds(200);

enum class Ask : std::uint8_t { nothing, item, end };

// What the others say: how far they are, and what they want.
std::string said(Ask ask, std::int64_t done, const Fault& fault = {}) {
  ByteWriter writer;
  writer.count(static_cast<std::uint64_t>(ask));
  writer.pass(done);
  writer.text(fault.bytes());
  return writer.take();
}

std::string item_bytes(std::int64_t item) {
  ByteWriter writer;
  writer.pass(item);
  return writer.take();
}

}  // namespace

ItemsOfFirst::ItemsOfFirst(const Wire& wire, std::int64_t count, const Team::Progress& progress)
    : wire_(wire), progress_(progress), count_(count), done_(static_cast<std::size_t>(wire.size())) {
  server_ = std::thread([this] { serve(); });
}

ItemsOfFirst::~ItemsOfFirst() {
  if (server_.joinable()) server_.join();
}

std::int64_t ItemsOfFirst::give_out() {
  if (closed_) return -1;
  const std::int64_t item = next_++;
  return item < count_ ? item : -1;
}

std::optional<std::int64_t> ItemsOfFirst::next() {
  const std::int64_t item = give_out();
  if (item < 0) return std::nullopt;
  return last_ = item;
}

void ItemsOfFirst::answer(const Message& message) {
  ByteReader reader(message.bytes);
  const auto ask = static_cast<Ask>(reader.count());
  std::int64_t done = 0;
  reader.pass(done);
  done_[static_cast<std::size_t>(message.from)] = done;
  if (ask == Ask::item) wire_.send(message.from, Channel::from_first, item_bytes(give_out()));
  if (ask != Ask::end) return;
  ++finished_;
  Fault fault = Fault::read(reader.text());
  if (fault) closed_ = true;
  if (fault.before(fault_)) fault_ = std::move(fault);
}

void ItemsOfFirst::serve() {
  std::int64_t told = 0;
  while (!own_finished_ || finished_ + 1 < wire_.size()) {
    const auto message = wire_.look(Channel::to_first);
    if (message) answer(*message);
    std::int64_t done = 0;
    for (const auto& one : done_) done += one;
    if (progress_ && done != told) progress_(told = done);
    if (!message) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

Fault ItemsOfFirst::finish(Fault own) {
  if (own) closed_ = true;
  own_finished_ = true;
  server_.join();
  return own.before(fault_) ? std::move(own) : fault_;
}

std::optional<std::int64_t> ItemsOfOthers::next() {
  const std::scoped_lock lock(mutex_);
  wire_.send(first, Channel::to_first, said(Ask::item, done_));
  const std::string answer = wire_.receive(first, Channel::from_first);
  ByteReader reader(answer);
  std::int64_t item = 0;
  reader.pass(item);
  if (item < 0) return std::nullopt;
  return last_ = item;
}

void ItemsOfOthers::progress(std::int64_t done) {
  done_ = done;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  const auto now = std::chrono::steady_clock::now();
  if (!lock || now < told_ + told_every) return;
  told_ = now;
  wire_.send(first, Channel::to_first, said(Ask::nothing, done_));
}

void ItemsOfOthers::finish(const Fault& own) {
  const std::scoped_lock lock(mutex_);
  wire_.send(first, Channel::to_first, said(Ask::end, done_, own));
}

}  // namespace sojourn::team
