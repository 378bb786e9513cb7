// All that one thread needs to simulate blocks of patients under all strategies; reused from block to block.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "engine/batches.hpp"
#include "engine/choice.hpp"
#include "engine/reference.hpp"
#include "engine/run.hpp"

namespace sojourn::engine {

// Strategies that differ only in decisions are lived together.
struct Party {
  std::vector<std::size_t> strategies;
  std::vector<history::Trajectories*> outs;  // of the block that is worked on
  Reference engine;
  std::unique_ptr<Batches> batches;  // null: all are lived by the reference engine
};

// One party after the other, so that its program and its tables stay in the cache.
class Bench {
 public:
  explicit Bench(const std::vector<program::Program>& strategies, const EngineChoice& choice = engine_choice());

  // Fills a block, whose patients are said. Looks at `stop` before every life, in batches all the time, and throws
  // Stopped.
  void simulate(history::Block& block, const std::atomic<bool>* stop);
  // Of the block that was simulated last.
  [[nodiscard]] Counts counts(const history::Block& block) const;

 private:
  struct Draws {
    std::uint64_t used = 0, made = 0;
  };

  void prepare(history::Block& block);
  void live(history::Block& block, Party& party, std::int32_t first, std::int32_t count, bool draws,
            const std::atomic<bool>* stop);
  void live_one_by_one(history::Block& block, Party& party, std::int32_t first, std::int32_t count,
                       const std::atomic<bool>* stop);
  void note_lived_as(history::Block& block, const Party& party, std::int32_t begin, std::int32_t end) const;
  void draw(history::Block& block, const Party& party, std::int32_t p);
  [[nodiscard]] std::span<double> attributes(std::int32_t p);
  [[nodiscard]] Draws engine_draws() const;

  const std::vector<program::Program>& programs_;
  std::vector<Party> parties_;
  std::size_t width_ = 0;                // attributes
  std::vector<double> attributes_;       // patient by patient
  std::vector<std::uint16_t> lived_as_;  // by the party's strategy: position in the party
  Draws draws_;
  bool shared_ = true;
};

}  // namespace sojourn::engine
