// Laws with tables for both directions (compiled.hpp) instead of formulas, made by lowering.
#pragma once

#include <memory>

#include "distributions/law.hpp"

namespace sojourn::distributions {

struct CompiledLaw {
  Law law;
  std::vector<double> table;
  // The law that looks at the table and the exact one, both owned by the caller
  [[nodiscard]] Law on(std::span<const double> kept_table, std::span<const Law> exact) const;
};

// Whether the law's family says that it has no cheap inverse of its own (`compiled`, family.hpp).
[[nodiscard]] bool wants_tables(const Law& law);

// Of any law without atoms and steps; nothing where tables would be too large.
[[nodiscard]] std::optional<CompiledLaw> compiled(const Law& exact);
// The same, remembered: strategies, scenarios and samples lower one law many times. Of many threads at once.
[[nodiscard]] std::shared_ptr<const CompiledLaw> compiled_once(const Law& exact);

}  // namespace sojourn::distributions
