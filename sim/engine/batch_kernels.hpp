// What the batched engine does to many lives at once, in vector instructions: a table of functions for each instruction
// set, from one source (batch_kernels.inl). A list holds the records of lives in one state, and after them, up to a
// whole pack, a record that nobody lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/batch_layout.hpp"
#include "engine/batch_rows.hpp"
#include "engine/batch_segments.hpp"
#include "engine/choice.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

inline constexpr int widest_pack = 8;

using LifeRecord = double*;

// Lives that are in one state.
struct LifeList {
  LifeRecord* first = nullptr;
  int count = 0;
};

// What the kernels of one engine work with.
struct BatchWork {
  const program::Program& program;
  const BatchLayout& layout;
  BatchRows& rows;
  BatchSegments& segments;
  std::int32_t state = -1;                  // of the lives at hand; -1: before the first
  std::uint64_t draws = 0, draws_made = 0;  // see Batched
  bool failed = false;                      // something in these lives is not valid; what, the reference engine says
  std::byte* answers = nullptr;  // room for what declarations with one law on one clock share, by law and pack
  int packs = 0;

  static constexpr std::size_t answer_size = 768;  // [bytes], whole cache lines
  [[nodiscard]] void* answer(int shared, int pack) const {
    return answers + (program::at(shared) * program::at(packs) + program::at(pack)) * answer_size;
  }
};

struct BatchKernels {
  int pack = 1;  // lives side by side

  // Risk episodes of lives that come at risk now: begun, drawn, scheduled.
  void (*start)(BatchWork&, std::size_t declaration, const LifeList&);
  // Those whose hazard may have changed: what has accumulated is spent, and they are scheduled anew, if it has.
  void (*refresh)(BatchWork&, std::size_t declaration, const LifeList&);
  void (*update_warps)(BatchWork&, const LifeList&);
  void (*assign)(BatchWork&, program::Range assignments, const LifeList&);
  void (*happen)(BatchWork&, std::size_t declaration, const LifeList&);  // an event, without its assignments
  void (*move)(BatchWork&, std::int32_t cause, std::int32_t to, const LifeList&);
  void (*enter)(BatchWork&, const LifeList&);  // the state at hand
  void (*arm)(BatchWork&, const std::vector<std::int32_t>& branches, const LifeList&);
  void (*advance)(BatchWork&, std::size_t branch, const LifeList&);  // its timers have come
  // Which option, by life; uses a number of the branch where it needs one, but does not count the firing.
  void (*choose)(BatchWork&, const program::Program&, std::size_t branch, bool each_alone, const LifeList&,
                 std::int32_t* option);
  void (*fired)(BatchWork&, std::size_t branch, const LifeList&);  // counts the firing
  void (*test)(BatchWork&, program::CodeIndex, const LifeList&, std::int32_t* holds);
  // What comes next, by number: events of the state in order, then branches by rank, then transitions of the state in
  // order. Of events and timers, and whether transitions have to be brought up to date before it.
  void (*look)(BatchWork&, const LifeList&, double* time, std::int32_t* what, std::int32_t* update);
  // Of all; moves the lives' time there. what < 0: nothing more, the life is over.
  void (*decide)(BatchWork&, const LifeList&, double* time, std::int32_t* what);
  // start() of all transitions and decide() in one, where BatchLayout::races; alone: there are no events and timers,
  // and nothing is looked for in `time` and `what`.
  void (*race)(BatchWork&, const LifeList&, bool alone, double* time, std::int32_t* what);
};

[[nodiscard]] const BatchKernels& kernels(Isa isa);

}  // namespace sojourn::engine
