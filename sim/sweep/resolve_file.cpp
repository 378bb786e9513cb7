#include "sweep/resolve_file.hpp"

#include "sweep/numbers.hpp"
#include "sweep/shapes.hpp"

namespace sojourn::sweep {

Resolve read_resolve(const config::Source& source, const config::Item& item) {
  Resolve made;
  made.item = item;
  const config::Fields fields(source, item, shapes::resolve);
  if (!fields.ok()) return made;
  made.number.outcome = source.text(fields["outcome"]).value_or("");
  made.number.measure = source.text(fields["measure"]).value_or("");
  made.number.level = source.text(fields["level"]).value_or("");
  if (const auto text = source.text(fields["at"])) {
    made.number.time = number_of(source, fields["at"], *text, expression::Type::number(1));
    if (made.number.time < 0) source.add(fields["at"], "the time is before the start");
  }
  if (const auto word = source.text(fields["best"])) {
    made.highest = *word == shapes::best[0];
    if (!*made.highest && *word != shapes::best[1]) {
      source.add(fields["best"], quoted(*word) + " is neither", config::alternatives(shapes::best));
    }
  }
  made.within_item = fields["within"];
  if (const auto text = source.text(fields["within"])) {
    made.within = outcomes::measured(*text);
    if (!made.within.ok || !(made.within.value > 0)) {
      source.add(fields["within"], "expected a number above 0, with the unit of the outcome, found " + quoted(*text),
                 "differences that are smaller are not worth telling", "write e.g. 0.05 years, or 1 % of a share");
    }
  }
  made.most_patients = fields.whole_number("most_patients").value_or(0);
  made.error = source.number(fields["error"]).value_or(0.05);
  if (!(made.error > 0 && made.error < 1)) source.add(fields["error"], "the error must be above 0 and below 1");
  return made;
}

}  // namespace sojourn::sweep
