// The batched engine: many lives at once, those that are in one state side by side in vector instructions
// (batch_kernels.hpp). The same bits as the reference engine, which says what is right and lives those whom this one
// cannot. A life goes at its own pace; always the state in which most lives wait is gone on with.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/batch_kernels.hpp"
#include "history/block.hpp"

namespace sojourn::engine {

class Batched {
 public:
  // Programs that differ only in what strategies decide (Reference).
  Batched(std::vector<const program::Program*> alike, const BatchKernels& kernels);

  [[nodiscard]] int patients() const { return patients_; }  // at most, in one call

  // Appends the histories of `count` patients from `first_patient` on, whose attributes stand patient by patient, to
  // `outs`, one a program. lived_as[m * stride + p]: the first program under which she lives the same life.
  // False, and nothing appended, where something is not valid. Looks at `stop` all the time and throws Stopped.
  [[nodiscard]] bool live(std::int64_t first_patient, int count, std::span<const double> attributes,
                          std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                          const std::atomic<bool>* stop);

  // Random numbers that lives used, by each strategy on its own account, and those that were computed.
  [[nodiscard]] std::uint64_t draws() const { return work_.draws; }
  [[nodiscard]] std::uint64_t draws_made() const { return work_.draws_made; }

 private:
  using RecordWord [[gnu::may_alias]] = std::uint64_t;
  using List = std::vector<LifeRecord>;  // padded with nobody_ while kernels look at it

  void begin(std::int64_t first_patient, int count, std::span<const double> attributes);
  void go_on(const std::atomic<bool>* stop);
  void step(std::int32_t state, bool come);
  void go_apart(const List& lives, std::int32_t state);
  void update_transitions(List& lives);
  void fire(std::int32_t state, std::size_t what, List& lives);
  void fire_event(std::size_t declaration, List& lives);
  void fire_timer(std::size_t branch, List& lives);
  void take_options(std::size_t branch, List& lives);
  void part(std::size_t branch, List& lives);
  void choose(const program::Program& program, std::size_t branch, bool each_alone, List& lives, std::int32_t* option);
  void assign(program::Range assignments, List& lives);
  void move(std::int32_t cause, std::int32_t to, List& lives);
  void enter(std::int32_t state, List& lives);
  void arm(const std::vector<std::int32_t>& branches, List& lives);
  void after_changes(List& lives, bool come = false);
  void finish(List& lives);
  void write(int count, std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride);
  void write_lives(int count, std::size_t member, std::span<history::Trajectories* const> outs);

  template <class F>  // f(list padded to whole packs)
  void with(List& lives, F f);
  [[nodiscard]] static RecordWord& word(LifeRecord life, int slot) {
    return *reinterpret_cast<RecordWord*>(life + slot);
  }
  [[nodiscard]] std::size_t first_member(const double* life) const;
  [[nodiscard]] LifeRecord new_life();
  [[nodiscard]] bool watches(const program::ChangeSet& set, LifeRecord life, int changed) const;
  [[nodiscard]] bool absorbing() const { return program_.states[program::at(work_.state)].absorbing; }

  const program::Program& program_;
  std::vector<const program::Program*> alike_;
  BatchLayout layout_;
  const BatchKernels& kernels_;
  BatchSegments segments_;
  BatchRows rows_;
  BatchWork work_;
  int patients_ = 0;
  std::size_t lives_ = 0;  // in use of records_
  std::vector<double> records_, answers_;
  LifeRecord nobody_ = nullptr;
  std::int64_t first_patient_ = 0;

  std::vector<List> waiting_;  // by state: who is there; then, by state, who has just come, where there is a race
  std::vector<std::size_t> many_;
  std::vector<LifeRecord> owner_;     // by program, patient: who lived it
  std::vector<List> next_, options_;  // by what happens next; by option
  List some_, others_, stepping_, parted_;
  std::vector<double> time_;
  std::vector<std::int32_t> what_, flag_, chosen_;
};

}  // namespace sojourn::engine
