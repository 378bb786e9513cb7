// What the datasets of a model's result look like: types as narrow as the ids they hold, chunk rows, and the mapping
// between ids in memory (from 0) and in files (from 1). A function of the model and the stored patients alone, so that
// the bytes of a file do not depend on how it was computed. docs/results.md describes the datasets for readers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "store/column.hpp"
#include "store/run_input.hpp"
#include "store/schema.hpp"

namespace sojourn::store {

struct Layout {
  Layout(const model::Model& model, const RunInput& input);
  Layout(const model::Model& model, const RunInput& input, Patients stored);  // of those that a run keeps

  std::int64_t first_patient = 1, patients = 0;  // stored
  Element patient_id, state_id, transition_id, event_id, attribute_id;
  Element time;
  std::int16_t first_event = 0;            // DeclarationId of the first event: event ids count from there
  std::vector<double> value_shift;         // by attribute: 1 for categories (level ids count from 1), else 0
  std::vector<std::string> strategies;     // simulated, in order
  std::vector<std::int64_t> strategy_ids;  // from 1, by the model's order

  // Rows of a chunk, so that all columns being written need at most about 48 MB together: a power of two, 65,536 at
  // most, and no more than a small run needs.
  [[nodiscard]] std::size_t chunk_rows(std::size_t baseline_sets, std::size_t attributes) const;
};

[[nodiscard]] std::string strategy_path(const std::string& strategy);
[[nodiscard]] std::string unit_of(const expression::Type& type);  // "years", "1/years", "" ...
[[nodiscard]] ColumnSpec baseline_spec(const model::Attribute& attribute, const std::string& folder);

}  // namespace sojourn::store
