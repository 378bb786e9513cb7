// The scenarios of a sweep: each sets some parameters and replaces values at some places of the model. A scenario's id
// is a hash (XXH3-128, the first 64 bits) of just that, sorted, a parameter by the value it gets; a parameter that
// keeps the model's own value is left out. So an id stays what it is when axes are renamed, reordered or added, and
// does not depend on how many patients live in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/checked_model.hpp"
#include "sweep/design.hpp"
#include "sweep/recalibration.hpp"

namespace sojourn::sweep {

using ScenarioKey = std::uint64_t;                   // an id
[[nodiscard]] std::string id_text(ScenarioKey key);  // 16 digits, 0-9 a-f
[[nodiscard]] std::optional<ScenarioKey> id_of(std::string_view text);

inline constexpr std::size_t no_axis = static_cast<std::size_t>(-1);

// A parameter that scenarios set.
struct Given {
  std::string parameter;
  std::size_t axis = no_axis;  // none: in all scenarios alike
  double value = 0;            // without an axis; else the model's own, for an axis that multiplies
};

class Scenarios {
 public:
  // `base`: the model as it stands. Leaves out what is excluded. Nothing when there are problems.
  [[nodiscard]] static std::optional<Scenarios> make(SweepFile file, Points points, const model::Model& base,
                                                     Diagnostics& problems);

  [[nodiscard]] const SweepFile& file() const { return file_; }
  [[nodiscard]] const Points& points() const { return points_; }
  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] ScenarioKey id(std::size_t scenario) const { return ids_[scenario]; }
  [[nodiscard]] const std::vector<ScenarioKey>& ids() const { return ids_; }
  [[nodiscard]] std::string words(std::size_t scenario) const;  // "hr 0.25, wait 34 days"

  [[nodiscard]] const std::vector<Given>& given() const { return given_; }
  // In the order of given(), in years to the parameter's power of time. `solved`: those that are solved for, which come
  // last in given(); none: at the model's own values.
  [[nodiscard]] std::vector<double> values(std::size_t scenario, std::span<const double> solved = {}) const;
  [[nodiscard]] const Recalibration& recalibration() const { return recalibration_; }
  // The number of an axis' value, in years to its power of time; NaN: it is none.
  [[nodiscard]] double number(std::size_t axis, std::int32_t value) const {
    return numbers_[axis][static_cast<std::size_t>(value)];
  }
  // "", years, 1/years, ...: what numbers of the axis are in; nothing if its values are texts.
  [[nodiscard]] const std::optional<expression::Type>& type(std::size_t axis) const { return types_[axis]; }

  // Which values stand at the paths: scenarios with equal keys share a model. Empty: the model as it is written.
  [[nodiscard]] std::vector<std::int32_t> places(std::size_t scenario) const;
  // Of them those on which lives under this strategy depend; none in place of values below other strategies.
  [[nodiscard]] std::vector<std::optional<std::int32_t>> places_under(const std::string& strategy,
                                                                      std::size_t scenario) const;
  [[nodiscard]] std::vector<model::Replacement> replacements(const std::vector<std::int32_t>& places) const;

 private:
  friend class ScenarioMaker;
  SweepFile file_;
  Points points_;
  std::vector<std::vector<double>> numbers_;            // by axis and value
  std::vector<std::optional<expression::Type>> types_;  // by axis
  std::vector<Given> given_;
  Recalibration recalibration_;
  std::vector<std::size_t> path_axes_;
  std::vector<ScenarioKey> ids_;
};

}  // namespace sojourn::sweep
