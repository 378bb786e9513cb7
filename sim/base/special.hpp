// Special functions, each in its own header: the normal distribution in cumulative-hazard space, the gamma function and
// the incomplete gamma function, the incomplete beta function. All are templates over the lane type.
#pragma once

#include "base/special_beta.hpp"
#include "base/special_gamma.hpp"
#include "base/special_incomplete_gamma.hpp"
#include "base/special_normal.hpp"
