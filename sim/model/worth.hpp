// What lives are worth, as the model declares it: costs, utilities (quality weights of time) and discounting. What the
// declarations mean is in docs/outcomes.md; outcomes/worth.hpp evaluates them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/ids.hpp"
#include "model/factor.hpp"

namespace sojourn::model {

// What a cost or a utility hangs on: time in states; or, where `states` is empty, instants.
struct Occasion {
  std::vector<StateId> states;
  std::vector<StateId> entries;
  std::vector<DeclarationId> transitions;
  std::vector<MarkId> events;
  std::optional<Expression> when;  // [boolean]
  // After an instant, the time that the rate or the loss lasts [years]; absent: all at once.
  std::optional<Expression> duration;

  [[nodiscard]] bool at_instants() const { return states.empty(); }
};

struct Cost {
  std::string name, category;  // no category: empty
  std::string source, status, description;
  bool credit = false;          // money that comes back: counted as negative
  std::vector<Factor> product;  // with a rate: [currency / year]; at once: [currency]
  Occasion occasion;
  Location at;
};

struct Utility {
  enum class Kind : std::uint8_t { value, multiply, loss };
  Kind kind = Kind::value;
  std::string name;
  std::string source, status, description;
  std::vector<Factor> product;  // [1]; of a loss all at once [years]
  Occasion occasion;
  Location at;
};

// Present value at the start of a life. The rates are the same under every strategy.
struct Discounting {
  enum class Method : std::uint8_t { continuous, yearly };
  std::optional<Expression> costs, effects;  // [1 a year], over parameters only; absent: no discounting
  Method method = Method::continuous;
};

}  // namespace sojourn::model
