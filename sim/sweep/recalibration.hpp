// What a sweep says of the model's targets: which figures the model is to give, under which strategy, and which
// parameters are solved for in each scenario so that it does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/reader.hpp"
#include "model/model.hpp"
#include "sweep/sweep_file.hpp"

namespace sojourn::sweep {

// A number that is compared with what is wanted: one of an outcome's, or a parameter's own value.
struct Figure {
  std::string name;     // efs.12_months; of a parameter its name
  std::string outcome;  // empty: of a parameter
  ParameterId parameter;
  double at = 0;                           // [years] as in model::Target
  std::string level;                       // group or level
  std::optional<double> value, tolerance;  // none: those of the model's target
  std::string source;                      // of the model's target
};

// A parameter that is solved for.
struct Unknown {
  std::string parameter, unit;  // unit: of its numbers in tables
  ParameterId id;
  double low = 0, high = 0;
  config::Item item;
};

struct Recalibration {
  std::string strategy;
  std::int64_t patients = 0;  // 1 to this one live for the figures
  std::vector<Figure> figures;
  std::vector<Unknown> unknowns;

  [[nodiscard]] bool any() const { return !figures.empty(); }
  [[nodiscard]] bool solves() const { return !unknowns.empty(); }
  // What a scenario's figures cost, about; a rule, so that plans do not depend on what is found.
  [[nodiscard]] std::int64_t evaluations() const;
  [[nodiscard]] std::int64_t lives() const { return any() ? evaluations() * patients : 0; }
  // All that decides what is found in a scenario, for digests; empty without figures.
  [[nodiscard]] std::string text() const;
};

// Reads `targets` and `recalibrate` against the model; without figures if it has no targets.
[[nodiscard]] Recalibration read_recalibration(const config::Source& source, const SweepFile& file,
                                               const model::Model& model);

}  // namespace sojourn::sweep
