// What a result says about itself: the attributes of its root, the run's whole input, the dictionaries that give the
// ids their names, and tables of outcomes. Written before the trajectories, but for the tables.
#pragma once

#include "base/table.hpp"
#include "model/model.hpp"
#include "store/layout.hpp"
#include "store/output.hpp"
#include "store/run_input.hpp"

namespace sojourn::store {

void write_head(Output& output, const model::Model& model, const RunInput& input, const Layout& layout);
void write_dictionary(Output& output, const model::Model& model, const Layout& layout);
void write_outcomes_group(Output& output);             // in which the tables are
void write_table(Output& output, const Table& table);  // as the group /outcomes/NAME

}  // namespace sojourn::store
