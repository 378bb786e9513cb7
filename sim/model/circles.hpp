// Ways that lead round in no time.
#pragma once

#include "model/reading.hpp"

namespace sojourn::model {

// Reports states that every patient leaves, in the instant she enters them, for another such state.
void refuse_certain_circles(Reading& reading);

}  // namespace sojourn::model
