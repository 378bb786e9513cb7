// How far a life has come: all that decides how it goes on, and so all that has to be kept where the strategies part.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/hazard.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

// A declaration's risk episode.
struct Risk {
  double remaining = 0;  // unspent budget at `reckoned`; NaN: not drawn yet
  double reckoned = 0;   // [years]
  std::uint32_t next_visit = 0, visit = 0;
  bool active = false, on = false, spent = false;
  bool hazard = false;  // some component's clock runs with a factor above 0
};

// Times of a branch that are still to come.
struct Timer {
  std::int32_t branch = 0, rank = 0;
  std::size_t next = 0;  // index into the branch's times
  double trigger = 0, time = 0;
};

struct LifeState {
  double now = 0, entered = 0;
  std::int32_t state = -1;
  bool stale = false;  // transitions are to be brought up to date at this instant
  bool any_changed = false;
  int happened = 0, in_this_instant = 0;
  std::vector<double> attributes, first, latest, next;  // the last by declaration: when it is due
  std::vector<std::uint32_t> count, firings;
  std::vector<Risk> risks;
  std::vector<Running> running;
  std::vector<RunningSteps> steps;
  std::vector<Running> warps;   // at, clock_at, slowness; ratio 0 before the clock has begun
  std::vector<double> lasting;  // by component: product of the factors that last; NaN: not reckoned yet
  std::vector<Timer> timers;    // the next one last
  program::ChangeSet changed, changed_for_transitions;
};

}  // namespace sojourn::engine
