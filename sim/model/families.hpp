// What the reading of a family and its declaration share.
#pragma once

#include "distributions/law.hpp"

namespace sojourn::model {

// The parameters of this form mean nothing without the unit of t: weibull_ph's scale, lognormal's meanlog, the mu of
// the generalised families.
[[nodiscard]] bool needs_unit(const distributions::FamilyInfo& family, const distributions::ParameterForm& form);

}  // namespace sojourn::model
