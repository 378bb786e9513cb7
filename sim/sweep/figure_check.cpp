#include "sweep/figure_check.hpp"

#include <algorithm>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "outcomes/levels.hpp"

namespace sojourn::sweep {

namespace {

using model::OutcomeKind;

bool one_of(const config::Source& source, const config::Item& item, const std::string& what,
            const std::vector<std::string>& known) {
  const auto text = source.text(item);
  if (!text) return false;
  if (std::find(known.begin(), known.end(), *text) != known.end()) return true;
  source.add(item, "there is no " + what + " " + quoted(*text), "", did_you_mean(*text, known));
  return false;
}

bool is_proportion(const model::Outcome& outcome) {
  const bool over_time = outcome.kind == OutcomeKind::survival || outcome.kind == OutcomeKind::incidence;
  return outcome.kind == OutcomeKind::share || outcome.kind == OutcomeKind::distribution ||
         (over_time && !outcome.at.empty());
}

}  // namespace

bool check_level(const config::Source& source, const config::Fields& fields, const model::Model& model,
                 const model::Outcome& outcome) {
  const bool levels = outcome.kind == OutcomeKind::distribution;
  if (fields.has("level") && !levels) {
    source.add(fields["level"], "the outcome " + quoted(outcome.name) + " has no levels");
    return false;
  }
  if (fields.has("group") && !outcome.group) {
    source.add(fields["group"], "the outcome " + quoted(outcome.name) + " has no groups");
    return false;
  }
  std::vector<std::string> known;
  if (fields.has("level")) {
    for (const auto& one : outcomes::levels_of(model.attributes[outcome.attribute.index()])) known.push_back(one.label);
    return one_of(source, fields["level"], "level", known);
  }
  if (!fields.has("group") || outcome.group->type().kind == expression::Type::Kind::number) return true;
  const auto& type = outcome.group->type();
  return one_of(source, fields["group"], "group",
                type.levels ? *type.levels : std::vector<std::string>{"false", "true"});
}

void check_value(const config::Source& source, const config::Item& item, const model::Outcome& outcome, double value) {
  const bool proportion = is_proportion(outcome);
  const bool may_be_negative = outcome.kind == OutcomeKind::cost || outcome.kind == OutcomeKind::qalys ||
                               outcome.kind == OutcomeKind::cost_effectiveness;
  if (may_be_negative || (value >= 0 && (value <= 1 || !proportion))) return;
  source.add(item, quoted(outcome.name) + " is never " + number_text(value),
             proportion ? "it is a share, from 0 to 1" : "it is not below 0");
}

}  // namespace sojourn::sweep
