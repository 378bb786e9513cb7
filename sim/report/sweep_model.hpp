// What the model inside a collected sweep says: its strategies' labels, and which values it has itself where the sweep
// moves a parameter.
#pragma once

#include <optional>
#include <string>

#include "model/model.hpp"
#include "store/sweep_reader.hpp"

namespace sojourn::report {

class SweepModel {
 public:
  // A model that is only whole with the sweep's changes says nothing.
  explicit SweepModel(const store::SweepInput& input);

  [[nodiscard]] std::string description() const { return model_ ? model_->description : ""; }
  [[nodiscard]] std::string label(const std::string& strategy) const;
  // In `unit` as an axis has it: plain, `days`, `per month`.
  [[nodiscard]] std::optional<double> parameter(const std::string& name, const std::string& unit) const;

 private:
  std::optional<model::Model> model_;
  std::vector<double> values_;  // of its parameters
};

}  // namespace sojourn::report
