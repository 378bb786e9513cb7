// Typed tree to terms: parameters become constants, constants are computed (by the very functions that run later, so
// with the same bits), and what cannot matter is dropped: the side of `? :` not taken, `false and x`, `true or x`,
// `x * 1`, `x / 1`. `0 * x` stays: x may be infinite or NaN.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "expression/node.hpp"

namespace sojourn::expression {

struct Term {
  Op op = Op::constant;
  std::array<std::int32_t, 3> children = {-1, -1, -1};
  std::int32_t index = 0;  // of an attribute, a mark or a state set
  double constant = 0;
};

// Children stand before their parents; each term is used once. `root` may leave terms unused.
struct Terms {
  std::vector<Term> list;
  std::vector<std::vector<StateId>> state_sets;  // sorted, each once
  std::int32_t root = -1;
};

// Of a constant or a parameter; nothing of what is more than that.
[[nodiscard]] std::optional<double> value_of_leaf(const Node& node, std::span<const double> parameter_values);

[[nodiscard]] Terms fold(const Node& node, std::span<const double> parameter_values);

}  // namespace sojourn::expression
