// Cohorts written as text, and many patients drawn from them, attribute by attribute.
#pragma once

#include <string>
#include <vector>

#include "engine/cohort.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {

// `of_cohort` is put beside `attributes` in the cohort, `more` beside the cohort.
inline World cohort(const std::string& attributes, const std::string& more = "", const std::string& of_cohort = "",
                    const std::vector<model::EmbeddedFile>& files = {}) {
  return World("sojourn: 1\ntitle: Cohort\nhorizon: 1 year\nseed: 12\n" + more + "cohort:\n" + of_cohort +
                   (attributes.empty() ? "" : "  attributes:\n") + attributes +
                   "states: {here: {initial: true}, gone: {absorbing: true}}\n"
                   "transitions: [{from: here, to: gone, time: {fixed: 1 year}}]\n",
               files);
}

inline std::vector<std::vector<double>> draw(const World& world, std::int64_t n, std::size_t strategy = 0) {
  std::vector<std::vector<double>> columns(world.model.attributes.size());
  std::vector<double> values(columns.size());
  for (std::int64_t p = 1; p <= n; ++p) {
    draw_attributes(world.programs[strategy], p, values);
    for (std::size_t a = 0; a < values.size(); ++a) columns[a].push_back(values[a]);
  }
  return columns;
}

}  // namespace sojourn::engine::testing
