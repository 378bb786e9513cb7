// A life of the batched engine is a record of 8-byte slots: where each thing that reference.hpp keeps of a life stands.
// Only what can vary has a slot; -1: none. Sets are words of 64 bits, by declaration, by rank of a branch, by strategy,
// or a program::ChangeSet.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "program/program.hpp"

namespace sojourn::engine {

struct BatchLayout {
  explicit BatchLayout(const std::vector<const program::Program*>& alike);

  struct Mark {
    int first = -1, latest = -1, count = -1;
  };
  struct Branch {
    int firings = -1;                        // word
    int time = -1, trigger = -1, next = -1;  // its timer: when it is due, when it was set; word: index into `at`
  };
  struct Declaration {
    int next = -1, visits = -1;         // when it is due; word: episodes so far
    int remaining = -1, reckoned = -1;  // of those whose hazard may change
    bool kept = false;                  // its components' stances are needed after the episode has begun
  };
  struct Component {  // of declarations that are kept
    int law = -1;     // level of the attribute `by`
    int at = -1, clock_at = -1, slowness = -1, ratio = -1;
    int odds_speed = -1, fraction = -1, uncured = -1;
    int lasting = -1;  // NaN: not reckoned yet
    int shared = -1;   // not a slot: number of the law on a clock that several declarations have
  };
  struct Warp {
    int at = -1, clock_at = -1, slowness = -1, begun = -1;
  };

  int now = -1, entered = -1, start_age = -1, start_year = -1;
  int patient = -1;                                             // word
  int lives = -1;                                               // strategies that live it, as a number
  int members = -1, member_words = 0;                           // set of strategies of `alike`
  int happened = -1, at_once = -1;                              // numbers
  int last_state = -1;                                          // in which the life has ended, as a number
  int stale = -1;                                               // 0 or 1
  int timer_time = -1, timer_rank = -1;                         // the next timer
  int armed = -1, branch_words = 0;                             // set of ranks
  int active = -1, spent = -1, on = -1, declaration_words = 0;  // sets of declarations
  int changed = -1, changed_before = -1, change_words = 0;      // since the last look; for transitions
  int sojourns = -1, events = -1, changes = -1;                 // words: rows so far (high half) and the last one
  int attributes = -1;
  std::vector<Mark> marks;
  std::vector<Branch> branches;
  std::vector<Declaration> declarations;
  std::vector<Component> components;
  int shared = 0;            // such numbers
  std::vector<int> origins;  // of piecewise factors
  std::vector<Warp> warps;
  bool tracks_changes = false;  // something depends on what changes
  // By state: who comes into it draws a time for each transition, and nothing changes them while she stays.
  std::vector<bool> races;
  static constexpr std::size_t most_in_race = 16;
  std::size_t size = 0;  // slots a record, a whole number of cache lines

  std::vector<double> fresh;                 // a record before a life begins
  std::vector<std::int32_t> by_rank;         // branches
  std::vector<std::uint64_t> at_risk;        // by state, word: declarations
  std::vector<std::uint64_t> resets, event;  // by word
  // What leaving `from` for `to` lets be, as Reference::leave has it: episodes that go on, events that stay spent.
  [[nodiscard]] std::uint64_t stay_active(std::int32_t from, std::int32_t to, int word) const {
    return ~risks(from, word) | (risks(to, word) & ~resets[program::at(word)]);
  }
  [[nodiscard]] std::uint64_t stay_spent(std::int32_t from, std::int32_t to, int word) const {
    return ~(risks(from, word) & event[program::at(word)]) | risks(to, word);
  }

 private:
  int take(int slots = 1, double value = 0);
  void lay_out_declaration(const program::Program& program, std::size_t d);
  void share_laws(const program::Program& program);
  void lay_out_sets(const program::Program& program);
  [[nodiscard]] std::uint64_t risks(std::int32_t state, int word) const {
    return at_risk[program::at(state) * program::at(declaration_words) + program::at(word)];
  }
};

// Why lives of this program are left to the reference engine; empty: they are lived in batches.
[[nodiscard]] std::string not_in_batches(const program::Program& program);
// Declarations whose times are found one life at a time, though the lives are in batches (batch_segments.hpp).
[[nodiscard]] std::vector<std::string> one_at_a_time(const program::Program& program);

}  // namespace sojourn::engine
