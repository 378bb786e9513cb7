// The batched engine: many lives at once, those that are in one state side by side in vector instructions
// (batch_kernels.hpp). The same bits as the reference engine, which says what is right and lives those whom this one
// cannot. A life goes at its own pace; always the state in which most lives wait is gone on with.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/batch_kernels.hpp"
#include "engine/batch_lives.hpp"
#include "engine/batch_writer.hpp"
#include "engine/batches.hpp"
#include "history/block.hpp"

namespace sojourn::engine {

class Batched final : public Batches {
 public:
  // Programs that differ only in what strategies decide (Reference).
  Batched(std::vector<const program::Program*> alike, const BatchKernels& kernels);

  [[nodiscard]] int patients() const override { return lives_.patients(); }
  [[nodiscard]] bool live(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes,
                          std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                          const std::atomic<bool>* stop) override;
  [[nodiscard]] std::uint64_t draws() const override { return work_.draws; }
  [[nodiscard]] std::uint64_t draws_made() const override { return work_.draws_made; }

 private:
  using List = std::vector<LifeRecord>;  // padded with nobody while kernels look at it

  // the lists (batched.cpp)
  void begin(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes);
  void go_on(const std::atomic<bool>* stop);
  void step(std::int32_t state, bool come);
  void go_apart(const List& lives, std::int32_t state);
  void update_transitions(List& lives);
  void wait(const List& lives, bool come);
  [[nodiscard]] bool watched(const program::ChangeSet& set, const double* life, int changes) const;

  // what happens to a list, all in one state (batched_instants.cpp)
  void fire(std::int32_t state, std::size_t what, List& lives);
  void fire_event(std::size_t declaration, List& lives);
  void fire_timer(std::size_t branch, List& lives);
  void choose(std::size_t branch, List& lives);
  void part(std::size_t branch, List& lives);
  void take_options(std::size_t branch);
  void move(std::int32_t cause, std::int32_t to, List& lives);
  void enter(std::int32_t state, List& lives);
  void arm(const std::vector<std::int32_t>& branches, List& lives);
  void after_changes(List& lives, bool come = false);

  // kernel(work_, the list filled up to whole packs, arguments...); nothing with an empty list.
  template <class... Parameters, class... Arguments>
  void run(void (*kernel)(BatchWork&, const LifeList&, Parameters...), List& lives, Arguments&&... arguments) {
    if (lives.empty()) return;
    const std::size_t width = program::at(kernels_.pack), count = lives.size();
    lives.resize((count + width - 1) / width * width, lives_.nobody());
    kernel(work_, {lives.data(), static_cast<int>(count)}, std::forward<Arguments>(arguments)...);
    lives.resize(count);
  }

  const program::Program& program_;
  std::vector<const program::Program*> alike_;
  BatchLayout layout_;
  const BatchKernels& kernels_;
  BatchLives lives_;
  BatchWriter writer_;
  BatchSegments segments_;
  BatchRows rows_;
  AlignedNumbers answers_;
  BatchWork work_;
  std::int64_t first_patient_ = 0;

  std::vector<List> waiting_;         // by state: who is there; then, by state, who has just come to a race
  std::vector<List> next_, options_;  // by what happens next; by option
  List going_on_, some_, over_, changed_, parted_;
  std::vector<std::size_t> many_;
  std::vector<double> time_;  // by life of a list, as those that follow
  std::vector<std::int32_t> what_, flag_, chosen_;
  std::vector<std::vector<std::int32_t>> choices_;  // by program
};

}  // namespace sojourn::engine
