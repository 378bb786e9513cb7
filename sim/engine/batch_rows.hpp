// What lives in a batch have lived through, in the order in which it was found out. Each row knows the one before it of
// the same life; a life knows its last one and how many it has, so that lives that part share what came before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace sojourn::engine {

// A column that grows before a kernel writes, never within one.
template <class T>
class Grown {
 public:
  void reserve(std::size_t size) {
    if (size <= room_) return;
    const std::size_t room = size + size / 2;
    auto values = std::make_unique<T[]>(room);
    for (std::size_t i = 0; i < room_; ++i) values[i] = values_[i];
    values_ = std::move(values);
    room_ = room;
  }
  T& operator[](std::size_t i) { return values_[i]; }
  const T& operator[](std::size_t i) const { return values_[i]; }

 private:
  std::unique_ptr<T[]> values_;
  std::size_t room_ = 0;
};

struct BatchRows {
  struct Sojourn {
    double start, stop;
    std::uint32_t before;
    std::int16_t state, cause;
  };
  struct Event {
    double time;
    std::uint32_t before;
    std::int16_t event;
  };
  struct Change {
    double time, value;
    std::uint32_t before;
    std::int16_t attribute;
  };
  Grown<Sojourn> sojourns;
  Grown<Event> events;
  Grown<Change> changes;
  std::size_t sojourn_count = 0, event_count = 0, change_count = 0;

  [[nodiscard]] std::size_t count() const { return sojourn_count + event_count + change_count; }
  void clear() { sojourn_count = event_count = change_count = 0; }
};

// The word of a life: how many rows, and which is the last.
[[nodiscard]] constexpr std::uint64_t rows_word(std::uint64_t before, std::size_t row) {
  return ((before >> 32U) + 1) << 32U | row;
}
[[nodiscard]] constexpr std::size_t row_count(std::uint64_t word) {
  return word >> 32U;
}
[[nodiscard]] constexpr std::uint32_t last_row(std::uint64_t word) {
  return static_cast<std::uint32_t>(word);
}

}  // namespace sojourn::engine
