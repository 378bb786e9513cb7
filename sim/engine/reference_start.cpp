// What depends on the calendar date at which a patient starts.
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "distributions/tables.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

void Reference::place() {
  const auto refuse = [this](const std::string& what) {
    throw InputError("patient " + std::to_string(patient_) + ", strategy " + program_.names.strategy + what);
  };
  start_year_ = life_.attributes[at(program_.year_attribute)];
  const double end = start_year_ + program_.horizon;
  for (const program::Place& one : program_.places) {
    if (start_year_ < one.first_year || end > one.end_year + 1e-9) {
      refuse(", " + program_.names.declarations[at(one.declaration)] + ": her years " + number_text(start_year_) +
             " to " + number_text(end) + " are not all in the life table, which is from " +
             number_text(one.first_year) + " to the end of " + number_text(one.end_year - 1) +
             "; say `other_years: hold` if its rates go on, or shorten the horizon");
    }
    laws_[at(one.law)] = distributions::placed(program_.laws[at(one.law)], start_age_, start_year_);
  }
}

}  // namespace sojourn::engine
