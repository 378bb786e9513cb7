// Strong indices: a StateId cannot be passed where an AttributeId is meant. Values count from 0 in the order of the
// model file; `none` (-1) stands for absence. Files hold the same ids counted from 1, 0 for none.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace sojourn {

template <class Tag>
struct Id {
  std::int32_t value = -1;

  [[nodiscard]] constexpr bool valid() const { return value >= 0; }
  [[nodiscard]] constexpr std::size_t index() const { return static_cast<std::size_t>(value); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using ParameterId = Id<struct ParameterTag>;
using AttributeId = Id<struct AttributeTag>;
using StateId = Id<struct StateTag>;
using DeclarationId = Id<struct DeclarationTag>;  // a transition or an event
using BranchId = Id<struct BranchTag>;
using StrategyId = Id<struct StrategyTag>;
using MarkId = Id<struct MarkTag>;  // something whose times of occurrence are kept: entry into a state, or an event

template <class IdType>
[[nodiscard]] constexpr IdType make_id(std::size_t index) {
  return IdType{static_cast<std::int32_t>(index)};
}

}  // namespace sojourn
