#include "model/reading.hpp"
namespace sojourn::model {
void read_outcomes(Reading&, const Item&) {}
void check_pathway(Reading&, const Item&) {}
}  // namespace sojourn::model
