// What a trace sees of a life as it is simulated. The engine calls these only when the observer is active, so that a
// run pays nothing for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sojourn::engine {

// A clock that was running when something happened.
struct Pending {
  std::int32_t declaration = -1;
  double time = 0;       // when it would have fired [years]; infinity: not before the horizon's end of time
  double remaining = 0;  // unspent budget at its last reckoning; NaN: not drawn
};

class Observer {
 public:
  virtual ~Observer() = default;
  // The first attributes come from this row of the cohort's table (from 0); u NaN: in order, no draw
  virtual void row_taken(std::size_t /*row*/, double /*u*/, std::span<const double> /*values*/) {}
  virtual void attribute_drawn(std::int32_t attribute, double u, double value) = 0;
  virtual void entered(std::int32_t state, double t) = 0;
  virtual void budget_drawn(std::int32_t declaration, std::uint32_t visit, double u, double budget, double t) = 0;
  virtual void scheduled(std::int32_t declaration, double t, double time, double remaining) = 0;
  virtual void fired(std::int32_t declaration, double t, std::span<const Pending> others) = 0;
  virtual void branched(std::int32_t branch, double t, std::uint32_t visit, double u,
                        std::int32_t option) = 0;  // u NaN: no draw
  virtual void passed_over(std::int32_t branch, double t, bool wrong_state) = 0;
  virtual void attribute_set(std::int32_t attribute, double t, double from, double to) = 0;
  virtual void finished(std::int32_t state, double t, std::span<const Pending> others) = 0;
};

}  // namespace sojourn::engine
