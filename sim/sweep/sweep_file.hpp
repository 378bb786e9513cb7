// A sweep file as it is written: which model, how many patients, what differs between scenarios and how that is
// combined. What it means for the model is found in sweep.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "config/reader.hpp"
#include "model/load.hpp"
#include "sweep/resolve_file.hpp"

namespace sojourn::sweep {

enum class Target : std::uint8_t { parameter, multiply, path };

// One value of an axis. `node`: of the sweep file, or made by a design.
struct AxisValue {
  std::string text;  // as written; the name of a case
  const config::Node* node = nullptr;
};

// Values from one number to another.
struct Span {
  double from = 0, to = 0;
  std::string suffix;      // " days": the unit, with a space before it
  std::int64_t steps = 0;  // 0: not said
  bool log = false;
  [[nodiscard]] std::string at(double u) const;  // u in [0, 1]: the value there, to 12 digits
};

struct Axis {
  std::string name, label;
  Target target = Target::parameter;
  std::vector<std::string> parameters;  // one for Target::parameter
  std::string path;                     // of Target::path
  std::string unit;                     // of plain numbers; empty: none said
  config::Item item, target_item;
  std::vector<AxisValue> values;  // listed, or cases
  bool cases = false;
  bool broken = false;  // what is written for its values is no use, which has been said
  std::optional<Span> span;

  [[nodiscard]] std::string what() const;  // the path, or the parameters with commas between
};

struct Design {
  enum class Kind : std::uint8_t { zip, latin_hypercube, sobol, table };
  Kind kind = Kind::zip;
  std::vector<std::size_t> axes;  // of a table: as its header says
  std::int64_t points = 0;
  std::uint32_t seed = 1;
  std::string file;
  config::Item item;
};

struct SweepFile {
  std::shared_ptr<const config::Document> document;
  std::string title, description, model;
  std::int64_t patients = 0;                      // 0: the model's
  std::int64_t seed = -1;                         // -1: the model's
  std::vector<std::string> strategies, outcomes;  // empty: all
  config::Item model_item, strategies_item, outcomes_item;
  bool common_random_numbers = true;
  std::int64_t lives_a_shard = 1000000;
  std::vector<std::pair<std::string, config::Item>> set;
  std::vector<Axis> axes;
  std::vector<Design> designs;
  std::vector<config::Item> exclude;
  config::Item targets, recalibrate;  // read with the model at hand (recalibration.hpp)
  std::optional<Resolve> resolve;

  [[nodiscard]] std::int64_t patients_of(const model::Model& its) const {
    return patients > 0 ? patients : its.cohort_size;
  }
  [[nodiscard]] std::uint32_t seed_of(const model::Model& its) const {
    return seed >= 0 ? static_cast<std::uint32_t>(seed) : its.seed;
  }
};

// Nothing if it is no such YAML; otherwise as far as it can be read, with the other problems reported.
[[nodiscard]] std::optional<SweepFile> read_sweep_file(const std::string& name, const std::string& text,
                                                       Diagnostics& problems);

}  // namespace sojourn::sweep
