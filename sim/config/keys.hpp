// What a mapping of the language may hold, declared once: the table that reading checks against, and from which a
// schema and a reference can be made. A Shape is one kind of mapping; its Keys are in the order of the documentation.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sojourn::config {

enum class Kind : std::uint8_t {
  text,            // any scalar
  name,            // a name: letters, digits, _
  names,           // a name or a list of names
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
  any,             // several forms: the meaning says which
};

struct Shape;

struct Key {
  std::string_view name;
  Kind kind = Kind::any;
  std::string_view meaning;  // one line; begins with the unit in brackets where there is one
  bool required = false;
  std::string_view standard = {};  // what holds when it is left out
  const Shape* shape = nullptr;    // of mapping, mappings and named_mappings
};

struct Shape {
  std::string_view name;  // "a transition"
  std::span<const Key> keys;
};

// What the kind is called in messages, e.g. "a list of mappings".
[[nodiscard]] std::string_view describe(Kind kind);

}  // namespace sojourn::config
