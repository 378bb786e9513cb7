// What the batched engine does to many lives at once, in vector instructions: a table of functions for each instruction
// set, from one source (batch_kernels.inl). A list holds the records of lives in one state, and after them, up to a
// whole pack, a record that nobody lives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/batch_layout.hpp"
#include "engine/batch_record.hpp"
#include "engine/batch_rows.hpp"
#include "engine/batch_segments.hpp"
#include "engine/choice.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

inline constexpr int widest_pack = 8;

// Lives that are in one state.
struct LifeList {
  LifeRecord* first = nullptr;
  int count = 0;
};

// A transition that competes to be the first out of a state: its time is drawn on entry and stays (races.hpp).
struct Competitor {
  std::size_t declaration = 0;
  double number = 0;  // what stands in `which`
  // Times counted from entry by a law that needs nothing else of the patient.
  bool from_zero = false;
  // With a uniform below this the time certainly comes after the horizon.
  double too_late = 0;
};

// Lives that come into a state: columns, filled up to whole packs with any patients and times.
struct Entrants {
  int count = 0;
  const std::uint64_t* patient;
  const double* now;           // [years]
  const std::uint64_t* visit;  // of the transition at hand; null: the first of all
  const double* ratio;         // of its hazard; null: the same for all
  // Who is first so far, and when.
  double *next, *which;
  // Room.
  double *drawn, *few_now;
  std::int32_t* few;
};

// What the kernels of one engine work with.
struct BatchWork {
  const program::Program& program;
  const BatchLayout& layout;
  BatchRows& rows;
  BatchSegments& segments;
  // Room for what declarations with one law on one clock share, by law and pack of a list; NaN before.
  double* answers;
  int packs;

  std::int32_t state = -1;                  // of the lives at hand; -1: before the first
  std::uint64_t draws = 0, draws_made = 0;  // see Batched
  bool failed = false;                      // something in these lives is not valid; what, the reference engine says

  static constexpr std::size_t answer_size = 64;  // numbers: 8 packs, of the widest
  [[nodiscard]] double* answer(int shared, int pack) const {
    return answers + (program::at(shared) * program::at(packs) + program::at(pack)) * answer_size;
  }
};

struct BatchKernels {
  int pack = 1;  // lives side by side

  // Risk episodes of lives that come at risk now: begun, drawn, scheduled.
  void (*start)(BatchWork&, const LifeList&, std::size_t declaration);
  // Those whose hazard may have changed: what has accumulated is spent, and they are scheduled anew, if it has.
  void (*refresh)(BatchWork&, const LifeList&, std::size_t declaration);
  void (*update_warps)(BatchWork&, const LifeList&);
  void (*assign)(BatchWork&, const LifeList&, program::Range assignments);
  void (*happen)(BatchWork&, const LifeList&, std::size_t declaration);  // an event, without its assignments
  void (*move)(BatchWork&, const LifeList&, std::int32_t cause, std::int32_t to);
  void (*enter)(BatchWork&, const LifeList&);  // the state at hand
  void (*arm)(BatchWork&, const LifeList&, const std::vector<std::int32_t>& branches);
  void (*advance)(BatchWork&, const LifeList&, std::size_t branch);  // its timers have come
  // Which option, by life; uses the number of the branch's next firing where it needs one, for each strategy if they
  // decide, but does not count the firing.
  void (*choose)(BatchWork&, const LifeList&, const program::Program&, std::size_t branch, std::int32_t* option);
  void (*test)(BatchWork&, const LifeList&, program::CodeIndex, std::int32_t* holds);
  // What comes next, by number: events of the state in order, then branches by rank, then transitions of the state in
  // order. Of events and timers, and whether transitions have to be brought up to date before it.
  void (*look)(BatchWork&, const LifeList&, double* time, std::int32_t* what, std::int32_t* update);
  // Of all; moves the lives' time there. what < 0: nothing more, the life is over.
  void (*decide)(BatchWork&, const LifeList&, double* time, std::int32_t* what);
  // start() of all transitions and decide() in one, where BatchLayout::races; alone: there are no events and timers,
  // and nothing is looked for in `time` and `what`.
  void (*race)(BatchWork&, const LifeList&, bool alone, double* time, std::int32_t* what);

  // Of models that are nothing but races (races.hpp): draws a transition's times, and sees who is first.
  void (*compete)(const program::Program&, const Competitor&, const Entrants&);
  // The hazard ratio of a component in many patients, whose `width` attributes stand one patient after the other; NaN:
  // not valid.
  void (*ratios)(const program::Program&, std::size_t component, const double* attributes, std::size_t width,
                 std::size_t patients, double* ratio);
};

[[nodiscard]] const BatchKernels& kernels(Isa isa);

}  // namespace sojourn::engine
