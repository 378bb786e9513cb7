// Patients through all strategies, in parallel: blocks of consecutive patients are simulated by oneTBB's threads and
// handed on in order. What comes out does not depend on threads or timing.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "history/block.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

// Patients a block: a constant, small enough for a block of five strategies to stay in the second-level cache.
inline constexpr std::int32_t block_patients = 512;

struct RunOptions {
  std::int64_t first_patient = 1;
  std::int64_t patients = 0;
  int threads = 1;
  const std::atomic<bool>* stop = nullptr;  // when true: finish the lives in flight and throw Stopped
};

struct Stopped {};

struct Counts {
  std::uint64_t draws = 0;       // random numbers used, by every strategy on its own account
  std::uint64_t draws_made = 0;  // those computed: once for strategies that live one life
  std::uint64_t moves = 0;       // changes of state
  std::uint64_t events = 0;      // events that leave the patient where she is

  Counts& operator+=(const Counts& other) {
    draws += other.draws;
    draws_made += other.draws_made;
    moves += other.moves;
    events += other.events;
    return *this;
  }
};

// Called by several threads at once, one block each; returns what is to be done with the block in order of patients.
using Process = std::function<std::function<void()>(const history::Block&)>;

// One program a strategy. Throws what the first faulty block threw, whatever the number of threads.
Counts run(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process);

}  // namespace sojourn::engine
