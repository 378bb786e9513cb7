// The calendar: what the clock `calendar` and life tables by calendar year need of a model.
#pragma once

#include "model/reading.hpp"

namespace sojourn::model {

// The attribute `calendar_year` is there and is a plain number; `what` needs it. False after a report.
bool check_calendar_year(Reading& reading, const Item& item, const std::string& what);

// Times on that clock are years AD: none lies between 0 and 1000 years.
void check_years_on_calendar(Reading& reading, const Item& item, const Distribution& time);
void check_years_on_calendar(Reading& reading, const std::vector<Item>& items, const Piecewise& steps);

}  // namespace sojourn::model
