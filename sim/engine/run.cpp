#include "engine/run.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "engine/cohort.hpp"
#include "engine/reference.hpp"
#include "program/lower.hpp"

namespace sojourn::engine {

namespace {

struct Draws {
  std::uint64_t used = 0, made = 0;
};

// Strategies that differ only in decisions are lived together.
struct Party {
  std::vector<std::size_t> strategies;
  std::vector<history::Trajectories*> outs;  // of the block that is worked on
  Reference engine;
};

std::vector<Party> parties_of(const std::vector<program::Program>& strategies) {
  std::vector<std::vector<std::size_t>> alike;
  for (std::size_t s = 0; s < strategies.size(); ++s) {
    const auto found = std::ranges::find_if(alike, [&](const std::vector<std::size_t>& others) {
      return program::same_but_for_decisions(strategies[others.front()], strategies[s]);
    });
    (found == alike.end() ? alike.emplace_back() : *found).push_back(s);
  }
  std::vector<Party> parties;
  for (const auto& together : alike) {
    std::vector<const program::Program*> programs;
    for (const std::size_t s : together) programs.push_back(&strategies[s]);
    parties.push_back({together, {}, Reference(std::move(programs))});
  }
  return parties;
}

// All that one thread needs to simulate a block; reused from block to block. One party after the other, so that its
// program and its tables stay in the cache.
class Bench {
 public:
  explicit Bench(const std::vector<program::Program>& strategies)
      : programs_(strategies), parties_(parties_of(strategies)) {
    const auto same = [&](const program::Program& p) { return program::same_cohort(strategies.front(), p); };
    shared_ = std::all_of(strategies.begin(), strategies.end(), same);
    declarations_ = strategies.front().declarations.size();
    first_draws_ = declarations_ + strategies.front().branches.size();
    if (programs_.size() > 1) drawn_.resize(first_draws_ * block_patients);
    width_ = strategies.front().initial_attributes.size();
    attributes_.resize(width_ * block_patients);
  }

  // Looks at `stop` before every life.
  void simulate(history::Block& block, const std::atomic<bool>* stop) {
    const Draws before = engine_draws();
    draws_ = {};
    prepare(block);
    for (Party& party : parties_) {
      const bool draws = !shared_ || &party == &parties_.front();
      party.outs.clear();
      for (const std::size_t s : party.strategies) party.outs.push_back(&block.strategies[s]);
      for (std::int32_t p = 0; p < block.patients; ++p) {
        if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
        if (draws) draw(block, party, p);
        party.engine.live(block.first_patient + p, attributes(p), party.outs, first_draws(p));
      }
    }
    const Draws after = engine_draws();
    draws_.used += after.used - before.used;
    draws_.made += after.made - before.made;
  }

  [[nodiscard]] const Draws& draws() const { return draws_; }  // of the last block

 private:
  void prepare(history::Block& block) {
    std::fill(drawn_.begin(), drawn_.end(), std::numeric_limits<double>::quiet_NaN());
    block.strategies.resize(programs_.size());
    for (auto& strategy : block.strategies) strategy.clear();
    block.baseline.resize(shared_ ? 1 : programs_.size());
    for (auto& values : block.baseline) values.resize(width_ * static_cast<std::size_t>(block.patients));
  }

  void draw(history::Block& block, const Party& party, std::int32_t p) {
    const std::span<double> drawn = attributes(p);
    const std::uint64_t draws = draw_attributes(programs_[party.strategies.front()], block.first_patient + p, drawn);
    draws_.used += draws * (shared_ ? programs_.size() : party.strategies.size());
    draws_.made += draws;
    const auto note = [&](std::vector<double>& baseline) {
      auto place = baseline.begin() + p;
      for (const double value : drawn) {
        *place = value;
        place += block.patients;
      }
    };
    if (shared_) return note(block.baseline.front());
    for (const std::size_t s : party.strategies) note(block.baseline[s]);
  }

  [[nodiscard]] std::span<double> attributes(std::int32_t p) {
    return std::span<double>(attributes_).subspan(static_cast<std::size_t>(p) * width_, width_);
  }

  // All programs come from one model, so that a declaration and a branch have the same position in each.
  [[nodiscard]] FirstDraws first_draws(std::int32_t p) {
    if (drawn_.empty()) return {};
    const auto of_patient = std::span(drawn_).subspan(static_cast<std::size_t>(p) * first_draws_, first_draws_);
    return {of_patient.first(declarations_), of_patient.subspan(declarations_)};
  }

  [[nodiscard]] Draws engine_draws() const {
    Draws sum;
    for (const Party& party : parties_) {
      sum.used += party.engine.draws();
      sum.made += party.engine.draws_made();
    }
    return sum;
  }

  const std::vector<program::Program>& programs_;
  std::vector<Party> parties_;
  std::size_t width_ = 0;           // attributes
  std::vector<double> attributes_;  // patient by patient
  std::size_t declarations_ = 0, first_draws_ = 0;
  std::vector<double> drawn_;  // first draws, patient by patient; empty with one party
  Draws draws_;
  bool shared_ = true;
};

// A block on its way through the pipeline, with the bench it is worked on.
struct Item {
  explicit Item(const std::vector<program::Program>& strategies) : bench(strategies) {}
  Bench bench;
  history::Block block;
  std::function<void()> commit;
  std::exception_ptr fault;
};

class Pipeline {
 public:
  Pipeline(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process)
      : options_(options), process_(process) {
    for (int i = 0; i < tokens(); ++i) items_.push_back(std::make_unique<Item>(strategies));
  }

  Counts run() {
    const auto token_count = static_cast<std::size_t>(tokens());
    tbb::parallel_pipeline(
        token_count,
        tbb::make_filter<void, Item*>(tbb::filter_mode::serial_in_order,
                                      [this](tbb::flow_control& control) { return next(control); }) &
            tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel, [this](Item* item) { return work(item); }) &
            tbb::make_filter<Item*, void>(tbb::filter_mode::serial_in_order, [this](Item* item) { finish(*item); }));
    if (fault_) std::rethrow_exception(fault_);
    if (begun_ < options_.patients) throw Stopped{};
    return counts_;
  }

 private:
  [[nodiscard]] int tokens() const { return 3 * options_.threads + 1; }

  Item* next(tbb::flow_control& control) {
    const bool stop = options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
    if (begun_ >= options_.patients || stop || failed_.load(std::memory_order_relaxed)) {
      control.stop();
      return nullptr;
    }
    // Blocks come and go in order, so the item used `tokens` blocks ago is free again.
    Item* item = items_[static_cast<std::size_t>(blocks_++) % items_.size()].get();
    item->block.first_patient = options_.first_patient + begun_;
    item->block.patients =
        static_cast<std::int32_t>(std::min<std::int64_t>(block_patients, options_.patients - begun_));
    begun_ += item->block.patients;
    return item;
  }

  Item* work(Item* item) {
    try {
      item->bench.simulate(item->block, options_.stop);
      item->commit = process_(item->block);
    } catch (...) {
      item->fault = std::current_exception();
      failed_ = true;
    }
    return item;
  }

  void finish(Item& item) {
    if (fault_) return;
    if (item.fault) {
      fault_ = item.fault;
      return;
    }
    counts_.draws += item.bench.draws().used;
    counts_.draws_made += item.bench.draws().made;
    for (const auto& strategy : item.block.strategies) {
      counts_.moves += strategy.sojourns.state.size() - strategy.sojourn_end.size();
      counts_.events += strategy.events.event.size();
    }
    try {
      if (item.commit) item.commit();
    } catch (...) {
      fault_ = std::current_exception();
      failed_ = true;
    }
  }

  RunOptions options_;
  const Process& process_;
  std::vector<std::unique_ptr<Item>> items_;
  std::int64_t begun_ = 0, blocks_ = 0;
  std::atomic<bool> failed_ = false;
  std::exception_ptr fault_;
  Counts counts_;
};

}  // namespace

Counts run(const std::vector<program::Program>& strategies, const RunOptions& options, const Process& process) {
  const auto threads = static_cast<std::size_t>(options.threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(options.threads);
  Counts counts;
  arena.execute([&] { counts = Pipeline(strategies, options, process).run(); });
  return counts;
}

}  // namespace sojourn::engine
