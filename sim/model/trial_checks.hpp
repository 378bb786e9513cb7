// What can be said of a trial only when its parts have been read. Each adds to the problems.
#pragma once

#include "model/reading.hpp"

namespace sojourn::model {

void check_trial(Reading& reading, const Fields& fields, const Trial& trial);
void check_accrual(Reading& reading, const Item& item, const Accrual& accrual);
void check_dropout(Reading& reading, const Item& item, const Distribution& dropout);

}  // namespace sojourn::model
