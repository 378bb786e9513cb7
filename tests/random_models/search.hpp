// Whether something holds of some part of a model or of its programs.
#pragma once

#include <algorithm>

#include "random_models/lives.hpp"

namespace sojourn::engine::testing {

// Of each strategy's program.
template <class Of, class Holds>
bool in_programs(const World& world, Of of, Holds holds) {
  return std::ranges::any_of(world.programs,
                             [&](const program::Program& one) { return std::ranges::any_of(one.*of, holds); });
}

template <class Holds>
bool some_component(const World& world, Holds holds) {
  return std::ranges::any_of(world.model->declarations,
                             [&](const model::Declaration& one) { return std::ranges::any_of(one.components, holds); });
}

template <class Holds>
bool holds_inside(const model::Distribution& time, const Holds& holds) {
  return holds(time) ||
         std::ranges::any_of(time.parts, [&](const model::Distribution& part) { return holds_inside(part, holds); });
}
template <class Holds>
bool some_distribution(const World& world, const Holds& holds) {
  return some_component(world, [&](const model::Component& one) { return holds_inside(one.time, holds); });
}

}  // namespace sojourn::engine::testing
