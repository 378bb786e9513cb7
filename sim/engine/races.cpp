#include "engine/races.hpp"

#include <algorithm>

#include "base/elementary.hpp"
#include "distributions/law.hpp"
#include "engine/run.hpp"

namespace sojourn::engine {

using program::at;

namespace {

constexpr std::size_t most_states = 256;                  // each has columns
constexpr std::uint32_t most_stays = 10'000;              // of a life: one with more may be one without end
constexpr std::size_t most_rows = std::size_t{1} << 21U;  // of a batch

// A transition whose time is drawn anew on each entry, and that nothing changes afterwards.
bool competes(const program::Program& program, std::size_t declaration) {
  const program::Declaration& one = program.declarations[declaration];
  const program::Component& only = program.components[at(one.components.first)];
  const bool changes = one.dynamic || one.when >= 0 || one.latched || only.by >= 0 || only.time_ratio >= 0 ||
                       !only.ratios.empty() || only.fixed;
  if (changes || one.inverse != program::Inverse::direct || one.assignments.count > 0) return false;
  if (only.clock.kind != program::ClockKind::reset && only.clock.kind != program::ClockKind::forward) return false;
  if (one.reset) return true;
  // It keeps its time in whatever state it is at risk next.
  if (std::ranges::count(one.from, true) != 1) return false;
  const auto here = static_cast<std::size_t>(std::ranges::find(one.from, true) - one.from.begin());
  const auto comes_back = [&](std::int32_t d) { return at(program.declarations[at(d)].to) == here; };
  return std::ranges::none_of(program.states[here].transitions, comes_back);
}

// Below it the time that a uniform gives is beyond the horizon, whatever the roundings: a hundredth beyond it by the
// hazard, and that is seen to give a time half a hundredth beyond.
double too_late(const program::Program& program, const program::Component& source, const distributions::Law& law) {
  const distributions::Formulas& of = distributions::formulas[law.family];
  const double budget = of.cumulative_hazard(law, 1.01 * program.horizon);
  if (!(of.time_from_zero(law, budget) > 1.005 * program.horizon)) return 0;
  return exp(-budget * source.ratio) * (1 - 1e-9);
}

// Whether a patient may come at risk a second time.
bool comes_again(const program::Program& program, const program::Declaration& declaration) {
  std::vector<bool> reached(program.states.size(), false);
  std::vector<std::size_t> left;
  const auto leave = [&](std::size_t state) {
    for (const std::int32_t d : program.states[state].transitions) {
      const auto to = at(program.declarations[at(d)].to);
      if (!reached[to]) left.push_back(to);
      reached[to] = true;
    }
  };
  for (std::size_t s = 0; s < reached.size(); ++s) {
    if (declaration.from[s]) leave(s);
  }
  while (!left.empty()) {
    const std::size_t state = left.back();
    left.pop_back();
    leave(state);
  }
  for (std::size_t s = 0; s < reached.size(); ++s) {
    if (reached[s] && declaration.from[s]) return true;
  }
  return false;
}

}  // namespace

bool only_races(const program::Program& program) {
  if (program.states.size() > most_states || !program.branches.empty() || program.start_branch >= 0) return false;
  for (const program::State& state : program.states) {
    if (!state.events.empty()) return false;
    const auto drawn_on_entry = [&](std::int32_t d) { return competes(program, at(d)); };
    if (!std::ranges::all_of(state.transitions, drawn_on_entry)) return false;
  }
  return true;
}

Races::Races(const program::Program& program, std::size_t alike, const BatchKernels& kernels)
    : program_(program),
      alike_(alike),
      kernels_(kernels),
      visits_(program.declarations.size()),
      ratios_(program.components.size()),
      waiting_(program.states.size() + 1),
      count_(most),
      first_row_(most) {
  constexpr std::size_t room = most + widest_pack;
  for (const program::State& state : program.states) {
    Race& race = races_.emplace_back();
    race.cause.push_back(-1);
    race.to.push_back(program.states.size());
    for (const std::int32_t d : state.transitions) add_competitor(race, at(d));
  }
  for (Waiting& one : waiting_) {
    one.patient.resize(room);
    one.now.resize(room);
  }
  going_on_ = waiting_.front();
  for (auto* column : {&next_, &which_, &drawn_, &few_now_, &ratio_}) column->resize(room);
  few_.resize(room);
  visit_.resize(room);
}

void Races::add_competitor(Race& race, std::size_t declaration) {
  const program::Declaration& one = program_.declarations[declaration];
  const auto c = at(one.components.first);
  const program::Component& source = program_.components[c];
  if (!(source.ratio > 0)) return;
  Competitor made{declaration, static_cast<double>(race.cause.size())};
  made.from_zero = source.clock.kind == program::ClockKind::reset && !source.cured;
  if (source.lasting.empty()) {
    if (made.from_zero) made.too_late = too_late(program_, source, program_.laws[at(source.laws.first)]);
  } else {
    ratios_[c].resize(most + widest_pack);
  }
  if (comes_again(program_, one)) visits_[declaration].resize(most);
  race.competitors.push_back(made);
  race.cause.push_back(static_cast<std::int16_t>(declaration));
  race.to.push_back(at(one.to));
}

bool Races::live(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes,
                 std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                 const std::atomic<bool>* stop) {
  const std::uint64_t draws_before = draws_made_;
  first_patient_ = static_cast<std::uint64_t>(first_patient);
  stays_.clear();
  std::ranges::fill(count_, 0U);
  for (auto& one : visits_) std::ranges::fill(one, 0U);
  for (std::size_t c = 0; c < ratios_.size(); ++c) {
    if (ratios_[c].empty()) continue;
    kernels_.ratios(program_, c, attributes.data(), program_.initial_attributes.size(), patients, ratios_[c].data());
  }
  for (Waiting& one : waiting_) one.count = 0;  // of lives that were stopped
  Waiting& start = waiting_[at(program_.initial_state)];
  for (; start.count < patients; ++start.count) {
    start.patient[start.count] = first_patient_ + start.count;
    start.now[start.count] = 0;
  }
  for (;;) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
    const auto fullest = std::ranges::max_element(waiting_, {}, &Waiting::count);  // nowhere is empty
    if (fullest->count == 0) break;
    if (!run(static_cast<std::size_t>(fullest - waiting_.begin()))) {
      draws_made_ = draws_before;
      return false;
    }
  }
  for (history::Trajectories* const out : outs) write(patients, *out);
  for (std::size_t m = 0; m < alike_; ++m) std::fill_n(lived_as + m * stride, patients, std::uint16_t{0});
  return true;
}

// Of all who wait in a state. False: something is not valid, or too much happens.
bool Races::run(std::size_t state) {
  std::swap(going_on_, waiting_[state]);
  waiting_[state].count = 0;
  Waiting& lives = going_on_;
  const Race& race = races_[state];
  if (race.competitors.empty()) {
    stay_for_good(state, lives);
    return true;
  }
  for (std::size_t i = lives.count; i % at(kernels_.pack) != 0; ++i) {
    lives.patient[i] = lives.patient[0];
    lives.now[i] = lives.now[0];
  }
  std::fill_n(next_.data(), lives.count + widest_pack, infinity);
  std::fill_n(which_.data(), lives.count + widest_pack, 0.0);
  for (const Competitor& one : race.competitors) {
    const auto c = at(program_.declarations[one.declaration].components.first);
    std::uint64_t drawing = lives.count;
    const bool own_ratios = !ratios_[c].empty();
    if (own_ratios && !find_ratios(c, lives, drawing)) return false;
    const bool again = !visits_[one.declaration].empty();
    if (again) find_visits(one.declaration, lives);
    draws_made_ += drawing;
    kernels_.compete(program_, one,
                     {static_cast<int>(lives.count), lives.patient.data(), lives.now.data(),
                      again ? visit_.data() : nullptr, own_ratios ? ratio_.data() : nullptr, next_.data(),
                      which_.data(), drawn_.data(), few_now_.data(), few_.data()});
  }
  go_apart(state, lives);
  return stays_.size() <= most_stays || (stays_.size() <= most_rows && std::ranges::max(count_) <= most_stays);
}

// drawing: those who are at a hazard.
bool Races::find_ratios(std::size_t component, const Waiting& lives, std::uint64_t& drawing) {
  drawing = 0;
  bool valid = true;
  for (std::size_t i = 0; i < lives.count; ++i) {
    const double ratio = ratios_[component][position(lives.patient[i])];
    ratio_[i] = ratio;
    valid = valid && ratio == ratio;
    drawing += ratio > 0 ? 1 : 0;
  }
  for (std::size_t i = lives.count; i % at(kernels_.pack) != 0; ++i) ratio_[i] = ratio_[0];
  return valid;
}

void Races::find_visits(std::size_t declaration, const Waiting& lives) {
  std::uint64_t* const visits = visits_[declaration].data();
  for (std::size_t i = 0; i < lives.count; ++i) visit_[i] = visits[position(lives.patient[i])]++;
  for (std::size_t i = lives.count; i % at(kernels_.pack) != 0; ++i) visit_[i] = 0;
}

// To where the first transition leads; nowhere if it comes after the horizon.
void Races::go_apart(std::size_t state, const Waiting& lives) {
  const Race& race = races_[state];
  const double horizon = program_.horizon;
  Stay* const stays = add_stays(lives.count);
  for (std::size_t i = 0; i < lives.count; ++i) {
    const std::size_t patient = position(lives.patient[i]);
    const bool over = next_[i] > horizon;
    const double stop = over ? horizon : next_[i];
    const auto where = over ? std::size_t{0} : static_cast<std::size_t>(which_[i]);
    stays[i] = {lives.now[i],
                stop,
                static_cast<std::uint32_t>(patient),
                count_[patient]++,
                static_cast<std::int16_t>(state),
                race.cause[where]};
    Waiting& there = waiting_[race.to[where]];
    there.patient[there.count] = lives.patient[i];
    there.now[there.count++] = stop;
  }
  waiting_.back().count = 0;
}

void Races::stay_for_good(std::size_t state, const Waiting& lives) {
  Stay* const stays = add_stays(lives.count);
  for (std::size_t i = 0; i < lives.count; ++i) {
    const std::size_t patient = position(lives.patient[i]);
    stays[i] = {lives.now[i],
                program_.horizon,
                static_cast<std::uint32_t>(patient),
                count_[patient]++,
                static_cast<std::int16_t>(state),
                -1};
  }
}

Races::Stay* Races::add_stays(std::size_t count) {
  stays_.resize(stays_.size() + count);
  return stays_.data() + stays_.size() - count;
}

// Patient by patient, in the order in which they were lived through.
void Races::write(std::size_t patients, history::Trajectories& out) {
  history::RowCounts rows = out.rows();
  auto end = static_cast<std::uint32_t>(rows.sojourns);
  for (std::size_t p = 0; p < patients; ++p) {
    first_row_[p] = end;
    end += count_[p];
    out.sojourn_end.push_back(end);
  }
  out.event_end.insert(out.event_end.end(), patients, static_cast<std::uint32_t>(rows.events));
  out.change_end.insert(out.change_end.end(), patients, static_cast<std::uint32_t>(rows.changes));
  rows.sojourns = end;
  out.resize(rows);
  for (const Stay& one : stays_) {
    const std::size_t row = first_row_[one.patient] + one.number;
    out.sojourns.state[row] = one.state;
    out.sojourns.cause[row] = one.cause;
    out.sojourns.start[row] = one.start;
    out.sojourns.stop[row] = one.stop;
  }
}

}  // namespace sojourn::engine
