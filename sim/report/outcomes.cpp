// Every number of the table of outcomes, as it is in the file.
#include <utility>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

// Outcomes at the end of follow-up, for which the model names no time: the page does not name the horizon either.
Json at_end(const model::Model& model) {
  Json names = Json::list();
  for (const model::Outcome& one : model.outcomes) {
    const bool can_be = one.kind == model::OutcomeKind::share || one.kind == model::OutcomeKind::distribution;
    if (can_be && !one.until) names.add(Json::text(one.name));
  }
  return names;
}

}  // namespace

Json outcomes_section(const Inputs& inputs) {
  const Rows& rows = inputs.result().outcomes();
  if (rows.size() == 0) return Json::object();
  Json made = table_json(rows);
  return made.set("at_end", at_end(inputs.result().model()));
}

}  // namespace sojourn::report
