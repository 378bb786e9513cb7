// JSON to be written: values in the order in which they were added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sojourn {

// In quotes, with escapes.
[[nodiscard]] std::string json_string(std::string_view text);

class Json {
 public:
  [[nodiscard]] static Json text(std::string_view text);
  [[nodiscard]] static Json number(double value);
  [[nodiscard]] static Json boolean(bool value);
  [[nodiscard]] static Json list(std::vector<Json> entries = {});
  [[nodiscard]] static Json object() { return {Kind::object, "{}"}; }

  Json& set(std::string_view key, Json value);  // of an object; a new key
  Json& add(Json value);                        // to a list
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // Two spaces a level; what fits into a line of 120 characters is written on one.
  [[nodiscard]] std::string written(std::size_t indent = 0) const;
  // Without a space or a line break: for programs.
  [[nodiscard]] std::string compact() const;

 private:
  enum class Kind : std::uint8_t { scalar, list, object };
  Json(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  [[nodiscard]] std::string on_one_line() const;
  void add_compact(std::string& to) const;

  Kind kind_;
  std::string text_;  // of a scalar as JSON
  std::vector<std::pair<std::string, Json>> entries_;
};

}  // namespace sojourn
