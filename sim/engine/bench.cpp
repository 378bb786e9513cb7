#include "engine/bench.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "engine/batch_kernels.hpp"
#include "engine/cohort.hpp"
#include "program/lower.hpp"

namespace sojourn::engine {

namespace {

std::vector<Party> parties_of(const std::vector<program::Program>& strategies, const EngineChoice& choice) {
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
    std::unique_ptr<Batches> batches;
    if (choice.kind == EngineKind::batched) batches = batches_of(programs, kernels(choice.isa));
    parties.push_back({together, {}, Reference(std::move(programs)), std::move(batches)});
  }
  return parties;
}

}  // namespace

Bench::Bench(const std::vector<program::Program>& strategies, const EngineChoice& choice)
    : programs_(strategies), parties_(parties_of(strategies, choice)) {
  const auto same = [&](const program::Program& p) { return program::same_cohort(strategies.front(), p); };
  shared_ = std::all_of(strategies.begin(), strategies.end(), same);
  width_ = strategies.front().initial_attributes.size();
  attributes_.resize(width_ * block_patients);
  lived_as_.resize(programs_.size() * block_patients);
}

void Bench::simulate(history::Block& block, const std::atomic<bool>* stop) {
  const Draws before = engine_draws();
  draws_ = {};
  prepare(block);
  for (Party& party : parties_) {
    const bool draws = !shared_ || &party == &parties_.front();
    party.outs.clear();
    for (const std::size_t s : party.strategies) party.outs.push_back(&block.strategies[s]);
    const std::int32_t step = party.batches ? party.batches->patients() : 1;
    for (std::int32_t p = 0; p < block.patients; p += step) {
      live(block, party, p, std::min(step, block.patients - p), draws, stop);
    }
  }
  if (programs_.front().narrow_times) {
    for (auto& lives : block.strategies) lives.round_times();
  }
  const Draws after = engine_draws();
  draws_.used += after.used - before.used;
  draws_.made += after.made - before.made;
}

void Bench::live(history::Block& block, Party& party, std::int32_t first, std::int32_t count, bool draws,
                 const std::atomic<bool>* stop) {
  if (!party.batches) {
    if (draws) draw(block, party, first);
    return live_one_by_one(block, party, first, count, stop);
  }
  std::int32_t drawn = 0;
  try {
    for (; draws && width_ > 0 && drawn < count; ++drawn) draw(block, party, first + drawn);
  } catch (const InputError&) {
    live_one_by_one(block, party, first, drawn, stop);  // what is wrong with the lives before comes first
    throw;
  }
  const auto place = static_cast<std::size_t>(first), lives = static_cast<std::size_t>(count);
  const std::span<const double> attributes = std::span(attributes_).subspan(place * width_, lives * width_);
  if (!party.batches->live(block.first_patient + first, lives, attributes, party.outs, lived_as_.data() + place,
                           block_patients, stop)) {
    return live_one_by_one(block, party, first, count, stop);
  }
  note_lived_as(block, party, first, first + count);
}

void Bench::live_one_by_one(history::Block& block, Party& party, std::int32_t first, std::int32_t count,
                            const std::atomic<bool>* stop) {
  for (std::int32_t p = first; p < first + count; ++p) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
    party.engine.live(block.first_patient + p, attributes(p), party.outs);
    for (std::size_t m = 0; m < party.strategies.size(); ++m) {
      lived_as_[m * block_patients + static_cast<std::size_t>(p)] = party.engine.lived_as()[m];
    }
  }
  note_lived_as(block, party, first, first + count);
}

Counts Bench::counts(const history::Block& block) const {
  Counts counts{draws_.used, draws_.made, 0, 0};
  for (const auto& strategy : block.strategies) {
    counts.moves += strategy.sojourns.state.size() - strategy.sojourn_end.size();
    counts.events += strategy.events.event.size();
  }
  return counts;
}

void Bench::prepare(history::Block& block) {
  block.strategies.resize(programs_.size());
  for (auto& strategy : block.strategies) strategy.clear();
  block.baseline.resize(shared_ ? 1 : programs_.size());
  for (auto& values : block.baseline) values.resize(width_ * static_cast<std::size_t>(block.patients));
  block.lived_as.resize(programs_.size() * static_cast<std::size_t>(block.patients));
}

void Bench::note_lived_as(history::Block& block, const Party& party, std::int32_t begin, std::int32_t end) const {
  const auto patients = static_cast<std::size_t>(block.patients);
  for (std::size_t m = 0; m < party.strategies.size(); ++m) {
    for (auto p = static_cast<std::size_t>(begin); p < static_cast<std::size_t>(end); ++p) {
      const std::size_t first = party.strategies[lived_as_[m * block_patients + p]];
      block.lived_as[party.strategies[m] * patients + p] = static_cast<std::uint16_t>(first);
    }
  }
}

void Bench::draw(history::Block& block, const Party& party, std::int32_t p) {
  const std::span<double> drawn = attributes(p);
  const std::uint64_t draws = draw_attributes(programs_[party.strategies.front()], block.first_patient + p, drawn);
  draws_.used += draws * (shared_ ? programs_.size() : party.strategies.size());
  draws_.made += draws;
  const auto note = [&](std::vector<double>& baseline) {
    auto place = static_cast<std::size_t>(p);
    for (const double value : drawn) {
      baseline[place] = value;
      place += static_cast<std::size_t>(block.patients);
    }
  };
  if (shared_) return note(block.baseline.front());
  for (const std::size_t s : party.strategies) note(block.baseline[s]);
}

std::span<double> Bench::attributes(std::int32_t p) {
  return std::span<double>(attributes_).subspan(static_cast<std::size_t>(p) * width_, width_);
}

Bench::Draws Bench::engine_draws() const {
  Draws sum;
  for (const Party& party : parties_) {
    sum.used += party.engine.draws();
    sum.made += party.engine.draws_made();
    if (party.batches) {
      sum.used += party.batches->draws();
      sum.made += party.batches->draws_made();
    }
  }
  return sum;
}

}  // namespace sojourn::engine
