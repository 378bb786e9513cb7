// What a mapping of the language may hold, declared once: the table that reading checks against, and from which the
// schema and a reference can be made. A Shape is one kind of mapping; its Keys are in the order of the documentation.
// A key is written as what it is and then what else holds:
//   Key{"seed", Kind::whole_number, "of the random numbers"}.from(0, 4294967295).standing_for("1").such_as("7")
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace sojourn::config {

enum class Kind : std::uint8_t {
  text,            // any scalar
  name,            // a name: letters, digits, _
  names,           // a name or a list of names
  word,            // one of the key's words
  number,          // decimal
  whole_number,    // without point or exponent
  boolean,         // true, false
  time,            // a number with a unit of time, or an expression
  times,           // a time or a list of times
  expression,      // see docs/language.md
  expressions,     // a list of expressions
  mapping,         // one mapping of the named shape
  mappings,        // a list of such mappings
  named_mappings,  // names to such mappings
  named_values,    // names to scalars
  values,          // a list of scalars
  list,            // a list; each entry has one of the key's forms
  named,           // names to values, each in one of the key's forms
  any,             // one of the key's forms
};

struct Shape;

// One way to write a value.
struct Form {
  Kind kind = Kind::text;
  const Shape* shape = nullptr;                  // of mapping, mappings and named_mappings
  std::span<const std::string_view> words = {};  // of word
  std::span<const Form> forms = {};              // of list, named and any
};

// What a number must satisfy; also one that an expression gives, which is checked when its value is known.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool open = false;  // the ends themselves are outside
  [[nodiscard]] constexpr bool any() const { return low == -high && high == std::numeric_limits<double>::infinity(); }
};

struct Key {
  std::string_view name;
  Kind kind = Kind::text;
  std::string_view meaning;        // one line; begins with the unit in brackets where there is one
  bool required = false;           // else optional
  std::string_view standard = {};  // what holds when it is left out
  const Shape* shape = nullptr;    // of mapping, mappings and named_mappings
  std::string_view example = {};   // one line of YAML
  Bounds bounds = {};
  std::span<const std::string_view> words = {};  // of word
  std::span<const Form> forms = {};              // of list, named and any

  [[nodiscard]] constexpr Form form() const { return {kind, shape, words, forms}; }

  [[nodiscard]] constexpr Key needed() const { return with(&Key::required, true); }
  [[nodiscard]] constexpr Key standing_for(std::string_view value) const { return with(&Key::standard, value); }
  [[nodiscard]] constexpr Key such_as(std::string_view yaml) const { return with(&Key::example, yaml); }
  [[nodiscard]] constexpr Key of(const Shape& one) const { return with(&Key::shape, &one); }
  [[nodiscard]] constexpr Key one_of(std::span<const std::string_view> list) const { return with(&Key::words, list); }
  [[nodiscard]] constexpr Key in_form(std::span<const Form> list) const { return with(&Key::forms, list); }
  [[nodiscard]] constexpr Key from(double low, double high) const { return with(&Key::bounds, {low, high}); }
  [[nodiscard]] constexpr Key between(double low, double high) const { return with(&Key::bounds, {low, high, true}); }
  [[nodiscard]] constexpr Key at_least(double low) const { return with(&Key::bounds, {.low = low}); }
  [[nodiscard]] constexpr Key above(double low) const { return with(&Key::bounds, {.low = low, .open = true}); }

 private:
  template <class T>
  constexpr Key with(T Key::*member, std::type_identity_t<T> value) const {
    Key key = *this;
    key.*member = value;
    return key;
  }
};

struct Shape {
  std::string_view name;  // "a transition"
  std::span<const Key> keys;
};

// What the value is called in messages, e.g. "a list of mappings", "hold or die".
[[nodiscard]] std::string describe(const Form& form);

// "a, b or c"
[[nodiscard]] std::string alternatives(std::span<const std::string_view> words);

}  // namespace sojourn::config
