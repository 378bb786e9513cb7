#include "engine/batched.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

#include "engine/run.hpp"

namespace sojourn::engine {

namespace {

using program::at;

// Patients at once: as many as keep the packs full and the records in the second-level cache.
int batch_of(std::size_t programs, std::size_t record) {
  constexpr std::size_t cache = 768 * 1024;
  const std::size_t lives = cache / (record * sizeof(double)) / std::min<std::size_t>(programs, 3);
  return static_cast<int>(std::clamp<std::size_t>(lives, 8, 512));
}

constexpr std::size_t line = 8;  // numbers in a line of a cache

double* aligned(std::vector<double>& room) {
  void* start = room.data();
  std::size_t space = room.size() * sizeof(double);
  return static_cast<double*>(std::align(line * sizeof(double), sizeof(double), start, space));
}

}  // namespace

Batched::Batched(std::vector<const program::Program*> alike, const BatchKernels& kernels)
    : program_(*alike.front()),
      alike_(std::move(alike)),
      layout_(alike_),
      kernels_(kernels),
      segments_(program_, layout_),
      work_{program_, layout_, rows_, segments_} {
  patients_ = batch_of(alike_.size(), layout_.size);
  const std::size_t most = at(patients_) * alike_.size();  // each program on her own
  records_.resize((most + 1) * layout_.size + line);
  nobody_ = aligned(records_);
  work_.packs = static_cast<int>(most / at(kernels.pack) + 1);
  answers_.resize(at(layout_.shared) * at(work_.packs) * BatchWork::answer_size / sizeof(double) + line);
  work_.answers = reinterpret_cast<std::byte*>(aligned(answers_));
  waiting_.resize(2 * program_.states.size());
  owner_.resize(most);
  std::size_t widest = 0, options = 0;
  for (const auto& state : program_.states) {
    widest = std::max(widest, state.events.size() + state.transitions.size());
  }
  for (const auto& branch : program_.branches) options = std::max(options, branch.options.size());
  next_.resize(widest + program_.branches.size());
  many_.resize(next_.size() + 1);
  options_.resize(options);
  const std::size_t room = most + widest_pack;
  time_.resize(room);
  what_.resize(room);
  flag_.resize(room);
  chosen_.resize(room);
}

template <class F>
void Batched::with(List& lives, F f) {
  const LifeList list{nullptr, static_cast<int>(lives.size())};
  const std::size_t width = at(kernels_.pack), size = lives.size();
  lives.resize((size + width - 1) / width * width, nobody_);
  f(LifeList{lives.data(), list.count});
  lives.resize(size);
}

std::size_t Batched::first_member(const double* life) const {
  std::size_t member = 0;
  for (int i = 0; i < layout_.member_words; ++i, member += 64) {
    const auto some = std::bit_cast<std::uint64_t>(life[layout_.members + i]);
    if (some != 0) return member + static_cast<std::size_t>(std::countr_zero(some));
  }
  return member;
}

LifeRecord Batched::new_life() {
  return nobody_ + ++lives_ * layout_.size;
}

bool Batched::live(std::int64_t first_patient, int count, std::span<const double> attributes,
                   std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                   const std::atomic<bool>* stop) {
  const std::uint64_t draws = work_.draws;
  work_.failed = false;
  begin(first_patient, count, attributes);
  go_on(stop);
  if (work_.failed) {
    work_.draws = draws;
    return false;
  }
  write(count, outs, lived_as, stride);
  return true;
}

void Batched::begin(std::int64_t first_patient, int count, std::span<const double> attributes) {
  first_patient_ = first_patient;
  lives_ = 0;
  rows_.clear();
  for (List& list : waiting_) list.clear();  // of lives that failed or were stopped
  const std::size_t width = program_.initial_attributes.size();
  const auto copy = [&](LifeRecord life, std::size_t patient) {
    std::copy(layout_.fresh.begin(), layout_.fresh.end(), life);
    std::copy_n(attributes.begin() + static_cast<std::ptrdiff_t>(patient * width), width, life + layout_.attributes);
    const auto attribute = [&](std::int32_t a) { return a < 0 ? 0 : life[layout_.attributes + a]; };
    life[layout_.start_age] = attribute(program_.age_attribute);
    life[layout_.start_year] = attribute(program_.year_attribute);
    word(life, layout_.patient) = static_cast<std::uint64_t>(first_patient) + patient;
  };
  copy(nobody_, 0);
  List& all = stepping_;
  all.clear();
  for (std::size_t p = 0; p < at(count); ++p) {
    const LifeRecord life = new_life();
    copy(life, p);
    life[layout_.lives] = static_cast<double>(alike_.size());
    for (std::size_t m = 0; m < alike_.size(); ++m)
      word(life, layout_.members + static_cast<int>(m / 64)) |= std::uint64_t{1} << (m % 64);
    all.push_back(life);
  }
  work_.state = -1;
  if (program_.start_branch < 0) {
    enter(program_.initial_state, all);
    return after_changes(all, true);
  }
  const auto branch = at(program_.start_branch);
  choose(program_, branch, false, all, chosen_.data());
  with(all, [&](const LifeList& list) { kernels_.fired(work_, branch, list); });
  for (std::size_t i = 0; i < all.size(); ++i) options_[at(chosen_[i])].push_back(all[i]);
  for (std::size_t o = 0; o < program_.branches[branch].options.size(); ++o) {
    if (options_[o].empty()) continue;
    enter(program_.branches[branch].options[o].to, options_[o]);
    after_changes(options_[o], true);
    options_[o].clear();
  }
}

void Batched::go_on(const std::atomic<bool>* stop) {
  while (!work_.failed) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
    const auto fullest = std::max_element(waiting_.begin(), waiting_.end(),
                                          [](const List& a, const List& b) { return a.size() < b.size(); });
    if (fullest->empty()) return;
    const auto list = static_cast<std::size_t>(fullest - waiting_.begin()), states = program_.states.size();
    step(static_cast<std::int32_t>(list % states), list >= states);
  }
}

void Batched::step(std::int32_t state, bool come) {
  List& lives = stepping_;
  lives.clear();
  lives.swap(waiting_[at(state) + (come ? program_.states.size() : 0)]);
  work_.state = state;
  const bool alone = come && program_.branches.empty() && program_.states[at(state)].events.empty();
  if (!alone) {
    with(lives, [&](const LifeList& list) { kernels_.look(work_, list, time_.data(), what_.data(), flag_.data()); });
    some_.clear();
    for (std::size_t i = 0; i < lives.size(); ++i) {
      if (flag_[i] != 0) some_.push_back(lives[i]);
    }
  }
  if (alone || (come && some_.size() == lives.size())) {
    with(lives, [&](const LifeList& list) { kernels_.race(work_, list, alone, time_.data(), what_.data()); });
  } else {
    if (!some_.empty()) update_transitions(some_);
    with(lives, [&](const LifeList& list) { kernels_.decide(work_, list, time_.data(), what_.data()); });
  }
  go_apart(lives, state);
}

// By what happens to them next.
void Batched::go_apart(const List& lives, std::int32_t state) {
  std::fill(many_.begin(), many_.end(), 0);
  for (std::size_t i = 0; i < lives.size(); ++i) ++many_[static_cast<std::size_t>(what_[i] + 1)];
  others_.resize(many_[0]);
  for (std::size_t what = 0; what < next_.size(); ++what) next_[what].resize(many_[what + 1]);
  std::fill(many_.begin(), many_.end(), 0);
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const auto what = static_cast<std::size_t>(what_[i] + 1);
    (what == 0 ? others_ : next_[what - 1])[many_[what]++] = lives[i];
  }
  finish(others_);
  for (std::size_t what = 0; what < next_.size(); ++what) {
    if (next_[what].empty()) continue;
    work_.state = state;
    fire(state, what, next_[what]);
  }
}

void Batched::update_transitions(List& lives) {
  for (const std::int32_t d : program_.states[at(work_.state)].transitions) {
    const program::Declaration& one = program_.declarations[at(d)];
    const int slot = layout_.active + d / 64;
    const std::uint64_t bit = std::uint64_t{1} << (d % 64);
    List& starting = others_;
    List& going_on = parted_;
    starting.clear();
    going_on.clear();
    for (const LifeRecord life : lives) {
      if ((word(life, slot) & bit) == 0) {
        starting.push_back(life);
      } else if (one.dynamic && watches(one.watches, life, layout_.changed_before)) {
        going_on.push_back(life);
      }
    }
    if (!starting.empty()) with(starting, [&](const LifeList& list) { kernels_.start(work_, at(d), list); });
    if (!going_on.empty()) with(going_on, [&](const LifeList& list) { kernels_.refresh(work_, at(d), list); });
  }
  for (const LifeRecord life : lives) {
    std::fill_n(life + layout_.changed_before, layout_.change_words, 0.0);
    life[layout_.stale] = 0;
  }
}

bool Batched::watches(const program::ChangeSet& set, LifeRecord life, int changed) const {
  std::uint64_t common = 0;
  for (std::size_t i = 0; i < set.size(); ++i) common |= set[i] & word(life, changed + static_cast<int>(i));
  return common != 0;
}

void Batched::fire(std::int32_t state, std::size_t what, List& lives) {
  const program::State& here = program_.states[at(state)];
  if (what < here.events.size()) return fire_event(at(here.events[what]), lives);
  what -= here.events.size();
  if (what < program_.branches.size()) return fire_timer(at(layout_.by_rank[what]), lives);
  const std::int32_t d = here.transitions[what - program_.branches.size()];
  const program::Declaration& transition = program_.declarations[at(d)];
  assign(transition.assignments, lives);
  move(d, transition.to, lives);
  after_changes(lives, true);
}

void Batched::fire_event(std::size_t declaration, List& lives) {
  const program::Declaration& event = program_.declarations[declaration];
  with(lives, [&](const LifeList& list) { kernels_.happen(work_, declaration, list); });
  assign(event.assignments, lives);
  if (event.recurrent) with(lives, [&](const LifeList& list) { kernels_.start(work_, declaration, list); });
  arm(program_.event_branches[at(event.mark) - program_.states.size()], lives);
  after_changes(lives);
}

void Batched::fire_timer(std::size_t branch, List& lives) {
  const program::Branch& source = program_.branches[branch];
  with(lives, [&](const LifeList& list) { kernels_.advance(work_, branch, list); });
  if (!source.in[at(work_.state)]) return after_changes(lives);
  if (source.when < 0) return take_options(branch, lives);
  with(lives, [&](const LifeList& list) { kernels_.test(work_, source.when, list, flag_.data()); });
  List yes;
  some_.clear();
  for (std::size_t i = 0; i < lives.size(); ++i) (flag_[i] != 0 ? yes : some_).push_back(lives[i]);
  after_changes(some_);
  if (!yes.empty()) take_options(branch, yes);
}

void Batched::choose(const program::Program& program, std::size_t branch, bool each_alone, List& lives,
                     std::int32_t* option) {
  with(lives, [&](const LifeList& list) { kernels_.choose(work_, program, branch, each_alone, list, option); });
}

void Batched::take_options(std::size_t branch, List& lives) {
  const program::Branch& source = program_.branches[branch];
  if (source.by_strategy) {
    part(branch, lives);
  } else {
    choose(program_, branch, false, lives, chosen_.data());
    with(lives, [&](const LifeList& list) { kernels_.fired(work_, branch, list); });
    for (std::size_t i = 0; i < lives.size(); ++i) options_[at(chosen_[i])].push_back(lives[i]);
  }
  const std::int32_t state = work_.state;
  for (std::size_t o = 0; o < source.options.size(); ++o) {
    List& these = options_[o];
    if (these.empty()) continue;
    work_.state = state;
    assign(source.options[o].assignments, these);
    if (source.options[o].to >= 0) {
      move(static_cast<std::int32_t>(program_.declarations.size() + branch), source.options[o].to, these);
    }
    after_changes(these, source.options[o].to >= 0);
    these.clear();
  }
}

// As Reference::part: each life goes on with those of its strategies that choose as the first of them does; the others
// go on as lives of their own.
void Batched::part(std::size_t branch, List& lives) {
  std::vector<std::vector<std::int32_t>> option(alike_.size());
  for (std::size_t m = 0; m < alike_.size(); ++m) {
    const int slot = layout_.members + static_cast<int>(m / 64);
    const std::uint64_t bit = std::uint64_t{1} << (m % 64);
    parted_.clear();
    for (const LifeRecord life : lives) {
      if ((word(life, slot) & bit) != 0) parted_.push_back(life);
    }
    choose(*alike_[m], branch, true, parted_, chosen_.data());
    option[m].resize(lives.size());
    for (std::size_t i = 0, k = 0; i < lives.size(); ++i) {
      if ((word(lives[i], slot) & bit) != 0) option[m][i] = chosen_[k++];
    }
  }
  with(lives, [&](const LifeList& list) { kernels_.fired(work_, branch, list); });
  std::vector<std::pair<std::int32_t, LifeRecord>> parts;  // of one life, by option
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const LifeRecord life = lives[i];
    const std::size_t first = first_member(life);
    parts.assign(1, {option[first][i], life});
    for (std::size_t m = first + 1; m < alike_.size(); ++m) {
      const int slot = layout_.members + static_cast<int>(m / 64);
      const std::uint64_t bit = std::uint64_t{1} << (m % 64);
      if ((word(life, slot) & bit) == 0 || option[m][i] == option[first][i]) continue;
      auto found = std::ranges::find(parts, option[m][i], [](const auto& part) { return part.first; });
      if (found == parts.end()) {
        const LifeRecord made = new_life();
        std::copy_n(life, layout_.size, made);
        std::fill_n(made + layout_.members, layout_.member_words, 0.0);
        made[layout_.lives] = 0;
        found = parts.insert(parts.end(), {option[m][i], made});
      }
      word(life, slot) &= ~bit;
      word(found->second, slot) |= bit;
      life[layout_.lives] -= 1;
      found->second[layout_.lives] += 1;
    }
    for (const auto& [chosen, one] : parts) options_[at(chosen)].push_back(one);
  }
}

void Batched::assign(program::Range assignments, List& lives) {
  if (assignments.count == 0) return;
  with(lives, [&](const LifeList& list) { kernels_.assign(work_, assignments, list); });
}

void Batched::move(std::int32_t cause, std::int32_t to, List& lives) {
  with(lives, [&](const LifeList& list) { kernels_.move(work_, cause, to, list); });
  enter(to, lives);
}

void Batched::enter(std::int32_t state, List& lives) {
  work_.state = state;
  const program::State& here = program_.states[at(state)];
  with(lives, [&](const LifeList& list) {
    kernels_.enter(work_, list);
    if (!here.absorbing && !program_.warps.empty()) kernels_.update_warps(work_, list);
  });
  for (const std::int32_t d : here.events) {
    parted_.clear();
    for (const LifeRecord life : lives) {
      const std::uint64_t going = word(life, layout_.active + d / 64) | word(life, layout_.spent + d / 64);
      if ((going >> (d % 64) & 1) == 0) parted_.push_back(life);
    }
    if (!parted_.empty()) with(parted_, [&](const LifeList& list) { kernels_.start(work_, at(d), list); });
  }
  arm(here.branches, lives);
}

void Batched::arm(const std::vector<std::int32_t>& branches, List& lives) {
  if (branches.empty()) return;
  with(lives, [&](const LifeList& list) { kernels_.arm(work_, branches, list); });
}

// As Reference::after_changes; then the lives wait to be gone on with.
void Batched::after_changes(List& lives, bool come) {
  const bool races = come && layout_.races[at(work_.state)];
  List& waiting = waiting_[at(work_.state) + (races ? program_.states.size() : 0)];
  waiting.insert(waiting.end(), lives.begin(), lives.end());
  if (absorbing() || !layout_.tracks_changes) return;
  List& changed = others_;
  changed.clear();
  for (const LifeRecord life : lives) {
    std::uint64_t any = 0;
    for (int i = 0; i < layout_.change_words; ++i) any |= word(life, layout_.changed + i);
    if (any != 0) changed.push_back(life);
  }
  if (changed.empty()) return;
  if (!program_.warps.empty()) with(changed, [&](const LifeList& list) { kernels_.update_warps(work_, list); });
  for (const std::int32_t d : program_.states[at(work_.state)].events) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (!one.dynamic) continue;
    parted_.clear();
    for (const LifeRecord life : changed) {
      const bool active = (word(life, layout_.active + d / 64) >> (d % 64) & 1) != 0;
      if (active && watches(one.watches, life, layout_.changed)) parted_.push_back(life);
    }
    if (!parted_.empty()) with(parted_, [&](const LifeList& list) { kernels_.refresh(work_, at(d), list); });
  }
  for (const LifeRecord life : changed) {
    for (int i = 0; i < layout_.change_words; ++i) {
      word(life, layout_.changed_before + i) |= word(life, layout_.changed + i);
      word(life, layout_.changed + i) = 0;
    }
    life[layout_.stale] = 1;
  }
}

void Batched::finish(List& lives) {
  for (const LifeRecord life : lives) {
    life[layout_.last_state] = static_cast<double>(work_.state);
    const std::size_t patient = word(life, layout_.patient) - static_cast<std::uint64_t>(first_patient_);
    for (std::size_t m = first_member(life); m < alike_.size(); ++m) {
      const std::uint64_t set = word(life, layout_.members + static_cast<int>(m / 64));
      if ((set >> (m % 64) & 1) != 0) owner_[m * at(patients_) + patient] = life;
    }
  }
}

void Batched::write(int count, std::span<history::Trajectories* const> outs, std::uint16_t* lived_as,
                    std::size_t stride) {
  for (std::size_t m = 0; m < alike_.size(); ++m) {
    for (std::size_t p = 0; p < at(count); ++p) {
      lived_as[m * stride + p] = static_cast<std::uint16_t>(first_member(owner_[m * at(patients_) + p]));
    }
    write_lives(count, m, outs);
  }
}

// From the last row of each life backwards.
void Batched::write_lives(int count, std::size_t member, std::span<history::Trajectories* const> outs) {
  history::Trajectories& out = *outs[member];
  const auto lives = std::span<LifeRecord>(owner_).subspan(member * at(patients_), at(count));
  history::RowCounts end = out.rows();
  for (const LifeRecord life : lives) {
    end.sojourns += row_count(word(life, layout_.sojourns)) + 1;
    end.events += row_count(word(life, layout_.events));
    end.changes += row_count(word(life, layout_.changes));
    out.sojourn_end.push_back(static_cast<std::uint32_t>(end.sojourns));
    out.event_end.push_back(static_cast<std::uint32_t>(end.events));
    out.change_end.push_back(static_cast<std::uint32_t>(end.changes));
  }
  out.resize(end);
  for (std::size_t i = lives.size(), p = out.sojourn_end.size(); i-- > 0;) {
    const LifeRecord life = lives[i];
    --p;
    std::size_t row = out.sojourn_end[p] - 1;
    out.sojourns.state[row] = static_cast<std::int16_t>(life[layout_.last_state]);
    out.sojourns.cause[row] = -1;
    out.sojourns.start[row] = life[layout_.entered];
    out.sojourns.stop[row] = program_.horizon;
    std::uint64_t rows = word(life, layout_.sojourns);
    std::uint32_t from = last_row(rows);
    for (std::size_t left = row_count(rows); left > 0; --left) {
      const BatchRows::Sojourn& one = rows_.sojourns[from];
      --row;
      out.sojourns.state[row] = one.state;
      out.sojourns.cause[row] = one.cause;
      out.sojourns.start[row] = one.start;
      out.sojourns.stop[row] = one.stop;
      from = one.before;
    }
    rows = word(life, layout_.events);
    from = last_row(rows);
    row = out.event_end[p];
    for (std::size_t left = row_count(rows); left > 0; --left) {
      const BatchRows::Event& one = rows_.events[from];
      --row;
      out.events.event[row] = one.event;
      out.events.time[row] = one.time;
      from = one.before;
    }
    rows = word(life, layout_.changes);
    from = last_row(rows);
    row = out.change_end[p];
    for (std::size_t left = row_count(rows); left > 0; --left) {
      const BatchRows::Change& one = rows_.changes[from];
      --row;
      out.changes.attribute[row] = one.attribute;
      out.changes.time[row] = one.time;
      out.changes.value[row] = one.value;
      from = one.before;
    }
  }
}

}  // namespace sojourn::engine
