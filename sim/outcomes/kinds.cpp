#include <array>

#include "base/error.hpp"
#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

const Kind& kind_of(model::OutcomeKind kind) {
#define SOJOURN_LIST_KIND(name) &name##_kind,
  static const std::array kinds = {SOJOURN_OUTCOME_KINDS(SOJOURN_LIST_KIND)};
#undef SOJOURN_LIST_KIND
  for (const Kind* known : kinds) {
    if (known->kind == kind) return *known;
  }
  throw InputError("outcomes: no such kind of outcome");
}

void refuse(const model::Outcome& outcome, bool set, std::string_view key, std::string_view why) {
  if (!set) return;
  const Location& at = outcome.at_location;
  std::string place =
      at.file.empty() ? "" : at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
  throw InputError(place + "outcomes." + outcome.name + "." + std::string(key) + ": " + std::string(why));
}

}  // namespace sojourn::outcomes
