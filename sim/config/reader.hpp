// Typed access to a document: every accessor reports what is wrong with the place and returns nothing; none throws.
// A mapping is read through Fields, which checks it against its Shape: unknown, missing and mistyped keys at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/keys.hpp"
#include "config/tree.hpp"

namespace sojourn::config {

// A value of the document and the way to it, e.g. transitions[2].time.weibull.shape. False where there is none.
struct Item {
  const Node* node = nullptr;
  std::string path;
  const Node* near = nullptr;  // without a value: its key, or the mapping that could have it
  [[nodiscard]] explicit operator bool() const { return node != nullptr; }
  [[nodiscard]] bool is(Node::Kind kind) const { return node != nullptr && node->kind == kind; }
  [[nodiscard]] const std::string& key() const { return node->key; }
};

class Source {
 public:
  Source(const Document& document, Diagnostics& problems) : document_(document), problems_(problems) {}

  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] Diagnostics& problems() const { return problems_; }
  [[nodiscard]] Item root() const { return {&document_.root, ""}; }
  // Every item has a place: one without a value is where its key is or could be, one of nowhere is the whole document.
  [[nodiscard]] Location at(const Item& item) const;
  [[nodiscard]] Location at_key(const Item& item) const;

  // After a thousand problems no more are noted, and readers may stop looking.
  [[nodiscard]] bool full() const { return problems_.size() > 1000; }

  void add(const Item& item, std::string problem, std::string why = {}, std::string hint = {}) const;
  void add_at_key(const Item& item, std::string problem, std::string why = {}, std::string hint = {}) const;
  void add_at_offset(const Item& item, std::size_t offset, std::string problem, std::string why,
                     std::string hint) const;

  // The entries of a list or a mapping; of anything else none.
  [[nodiscard]] std::vector<Item> children(const Item& item) const;
  // A list's entries; a scalar counts as a list of one.
  [[nodiscard]] std::vector<Item> one_or_more(const Item& item) const;

  [[nodiscard]] std::optional<std::string> text(const Item& item) const;
  [[nodiscard]] std::optional<double> number(const Item& item) const;
  [[nodiscard]] std::optional<std::int64_t> whole_number(const Item& item, std::int64_t low, std::int64_t high) const;
  [[nodiscard]] std::optional<bool> boolean(const Item& item) const;
  // False and a report if the scalar is what YAML 1.1 or other programs read as something else: yes, on, 010, 1_000.
  [[nodiscard]] bool plain_value(const Item& item) const;

 private:
  [[nodiscard]] const Node& place_of(const Item& item) const;
  void note(const Location& place, const Item& item, std::string problem, std::string why, std::string hint) const;

  const Document& document_;
  Diagnostics& problems_;
};

class Fields {
 public:
  Fields(const Source& source, const Item& item, const Shape& shape);
  [[nodiscard]] bool ok() const { return mapping_; }  // it is a mapping
  // The value of a declared key; empty if it is absent, null, or not of the declared kind (which is reported). Also an
  // empty one has its place.
  [[nodiscard]] const Item& operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;  // written, whatever it holds
  [[nodiscard]] const Item& item() const { return item_; }
  // The key has a value, and an only_with rule forbids it here.
  [[nodiscard]] bool out_of_place(std::string_view key) const;
  // Those of the keys that are written.
  [[nodiscard]] std::vector<std::string_view> written(std::span<const std::string_view> keys) const;
  // The value of a declared key of kind whole_number, which is within the key's bounds.
  [[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view key) const;

 private:
  void take(const Source& source, const Node& child, const std::vector<std::string>& names);

  const Source* source_;
  Item item_, absent_;
  const Shape* shape_;
  bool mapping_ = false;
  std::vector<Item> values_;   // by key of the shape
  std::vector<bool> written_;  // by key of the shape
};

// "a list", "a mapping", "nothing", "the text `x`".
[[nodiscard]] std::string describe(const Node& node);

}  // namespace sojourn::config
