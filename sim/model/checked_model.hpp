// A model that is kept with what it was read from, so that other parameter values can be checked by the same rules as
// the file's own; and models in which other values stand at some places, read and checked as if they were written
// there.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/tree.hpp"
#include "model/load.hpp"

namespace sojourn::model {

// What takes the place of a value: `transitions.relapse.hazard_ratio`, `costs.hsct.amount`, `transitions[3].when`. The
// last key of the path may be new in its mapping. An entry of a list goes by its position or its `name`.
struct Replacement {
  std::string path;
  Location path_at;       // where the path is written, for messages
  std::string path_path;  // e.g. axes.rule.path
  const config::Document* document = nullptr;
  const config::Node* value = nullptr;  // of that document
};

class CheckedModel {
 public:
  // Nothing when there are problems.
  [[nodiscard]] static std::unique_ptr<CheckedModel> load(const Sources& sources, const Overrides& overrides,
                                                          const AnalysisFile* analysis,
                                                          std::span<const Replacement> replacements,
                                                          Diagnostics& problems);
  ~CheckedModel();
  CheckedModel(const CheckedModel&) = delete;
  CheckedModel& operator=(const CheckedModel&) = delete;

  [[nodiscard]] const Model& model() const;
  // What is written at a path as of a Replacement; null: nothing.
  [[nodiscard]] const config::Node* value_at(const std::string& path) const;
  // Erases the other outcomes, and trials, which are about outcomes. `kept`: by position.
  void keep_outcomes(const std::vector<bool>& kept);
  [[nodiscard]] Model take();  // nothing else may be asked afterwards

  // The rules about values, as far as they use one of `changed` (by ParameterId): `values` by ParameterId; `under`
  // completes messages. Not for several threads at once.
  void check(std::span<const double> values, const std::vector<bool>& changed, const std::string& under,
             Diagnostics& problems);

 private:
  struct State;
  explicit CheckedModel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sojourn::model
