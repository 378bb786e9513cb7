// What was thrown in one process, on its way to the others.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace sojourn::team {

struct Fault {
  enum class Kind : std::uint8_t { none, input, run, memory, other, stopped };
  Kind kind = Kind::none;
  std::int64_t item = 0;  // that was worked on
  std::string text;

  [[nodiscard]] static Fault of(const std::exception_ptr& thrown, std::int64_t item);
  [[nodiscard]] static Fault read(std::string_view bytes);
  [[nodiscard]] std::string bytes() const;

  explicit operator bool() const { return kind != Kind::none; }
  // Whether this one is to be told rather than the other: a mistake rather than that somebody was stopped, then the
  // earlier item.
  [[nodiscard]] bool before(const Fault& other) const;
  void raise() const;  // nothing if there is none
};

}  // namespace sojourn::team
