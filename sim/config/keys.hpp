// What a mapping of the language may hold, declared once: the table that reading checks against, and from which the
// schema (schema.hpp) and the reference (reference.hpp) are made. A Shape is one kind of mapping; its Keys are in the
// order of the documentation; its Rules say which of them go together.
// A key is written as what it is and then what else holds:
//   Key{"seed", Kind::whole_number, "of the random numbers"}.from(0, 4294967295).standing_for("1").such_as("7")
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sojourn::config {

enum class Kind : std::uint8_t {
  text,            // any scalar
  name,            // a name: letters, digits, _
  names,           // a name or a list of names
  word,            // one of the key's words; X in one stands for a name: since X
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
  anything,        // what its place decides: any YAML
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
  int fewest = 0, most = 0;                      // entries of a list or a mapping; most 0: no limit
  std::string_view unless = {};                  // of required: this key may bring it from another file
  bool numbered = false;                         // of named_mappings: names may also be whole numbers

  [[nodiscard]] constexpr Form form() const { return {kind, shape, words, forms}; }

 private:
  // Before those that call it: clang evaluates no constant with a template whose body it has not yet seen.
  template <class T>
  constexpr Key with(T Key::*member, std::type_identity_t<T> value) const {
    Key key = *this;
    key.*member = value;
    return key;
  }

 public:
  [[nodiscard]] constexpr Key needed() const { return with(&Key::required, true); }
  [[nodiscard]] constexpr Key needed_unless(std::string_view key) const { return needed().with(&Key::unless, key); }
  [[nodiscard]] constexpr Key standing_for(std::string_view value) const { return with(&Key::standard, value); }
  [[nodiscard]] constexpr Key such_as(std::string_view yaml) const { return with(&Key::example, yaml); }
  [[nodiscard]] constexpr Key of(const Shape& one) const { return with(&Key::shape, &one); }
  [[nodiscard]] constexpr Key one_of(std::span<const std::string_view> list) const { return with(&Key::words, list); }
  [[nodiscard]] constexpr Key in_form(std::span<const Form> list) const { return with(&Key::forms, list); }
  [[nodiscard]] constexpr Key entries(int low, int high = 0) const {
    return with(&Key::fewest, low).with(&Key::most, high);
  }
  [[nodiscard]] constexpr Key or_numbers() const { return with(&Key::numbered, true); }
  [[nodiscard]] constexpr Key from(double low, double high) const { return with(&Key::bounds, {low, high}); }
  [[nodiscard]] constexpr Key between(double low, double high) const { return with(&Key::bounds, {low, high, true}); }
  [[nodiscard]] constexpr Key at_least(double low) const { return with(&Key::bounds, {.low = low}); }
  [[nodiscard]] constexpr Key above(double low) const { return with(&Key::bounds, {.low = low, .open = true}); }
};

// Which keys of a mapping go together.
struct Rule {
  enum class Kind : std::uint8_t {
    one_form,      // exactly one of the forms: all of its keys, none of the others' that is not its own
    at_least_one,  // of the keys
    at_most_one,   // of the keys
    only_with,     // `key` stands only beside one of the keys
  };
  Kind kind;
  std::span<const std::string_view> forms;  // a key each; of one_form keys with a space between
  std::string_view key = {};                // of only_with
};

struct Shape {
  std::string_view name;  // "a transition"
  std::span<const Key> keys;
  std::span<const Rule> rules = {};
  std::string_view title = {};  // of the reference and the schema where the name alone would not do
};

// The words between spaces.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

// The unit in brackets at the beginning of a key's meaning (1, time, 1/time, boolean, ...), and what comes after it.
[[nodiscard]] std::string_view unit_of(const Key& key);
[[nodiscard]] std::string_view meaning_of(const Key& key);

// The shapes that `root` leads to, itself first, each once, in the order in which they are met.
[[nodiscard]] std::vector<const Shape*> shapes_from(const Shape& root);

// "transition" of "a transition"; the same with _ for spaces, as the name of a definition.
[[nodiscard]] std::string title_of(const Shape& shape);
[[nodiscard]] std::string plain_title(const Shape& shape);

// "0 .. 1", "more than 0", ...; empty without bounds.
[[nodiscard]] std::string bounds_text(const Bounds& bounds);

// What the value is called in messages, e.g. "a list of mappings", "hold or die".
[[nodiscard]] std::string describe(const Form& form);

// "a, b or c"
[[nodiscard]] std::string alternatives(std::span<const std::string_view> words);

}  // namespace sojourn::config
