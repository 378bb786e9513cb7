// The points of a sweep: for each scenario which value every axis has. Designs and axes that are in none are crossed
// with each other, the first in the file slowest. Drawn designs are drawn here, once.
//   Latin hypercube: point i of n has u = (p(i) + v) / n on an axis, p a permutation of 0 .. n - 1, v uniform; from
//   addressed random numbers (docs/methods.md, section 2) under the design's seed and the axis' name.
//   Source: McKay, Beckman, Conover, Technometrics 1979;21:239-45.
//   Sobol: Boost.Random's sequence (Joe and Kuo, SIAM J Sci Comput 2008;30:2635-54), one dimension an axis in the order
//   of the design; the sequence's first point, the corner, is left out.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "model/load.hpp"
#include "sweep/sweep_file.hpp"

namespace sojourn::sweep {

struct Points {
  std::vector<std::vector<AxisValue>> values;  // by axis
  std::vector<std::int32_t> index;             // by scenario, then axis: which of the axis' values
  std::shared_ptr<std::deque<config::Node>> made = std::make_shared<std::deque<config::Node>>();  // behind values

  [[nodiscard]] std::size_t axes() const { return values.size(); }
  [[nodiscard]] std::size_t size() const { return axes() == 0 ? 0 : index.size() / axes(); }
  [[nodiscard]] const std::int32_t* of(std::size_t scenario) const { return index.data() + scenario * axes(); }
  [[nodiscard]] const AxisValue& value(std::size_t scenario, std::size_t axis) const {
    return values[axis][static_cast<std::size_t>(of(scenario)[axis])];
  }
  // A value that is in no file, for messages at `like`.
  [[nodiscard]] AxisValue make(std::string text, const config::Node& like);
};

// `files`: where tables are, beside the sweep file. Where there are problems, the values without points.
[[nodiscard]] Points points_of(const SweepFile& file, const model::Sources& files, Diagnostics& problems);

}  // namespace sojourn::sweep
