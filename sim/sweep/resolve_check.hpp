// Whether what a sweep wants resolved can be: its number exists, in the unit of `within`, of strategies that are
// compared.
#pragma once

#include "sweep/variants.hpp"

namespace sojourn::sweep {

// `sets`: of some scenario of the variant.
void check_resolve(const SweepFile& file, const Variant& variant, const ParameterSets& sets, Diagnostics& problems);

}  // namespace sojourn::sweep
