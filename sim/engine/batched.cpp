#include "engine/batched.hpp"

#include <algorithm>

#include "engine/run.hpp"

namespace sojourn::engine {

using program::at;

namespace {

constexpr std::size_t most_rows = std::size_t{1} << 21U;  // of a batch; one with more may be one without end

}  // namespace

Batched::Batched(std::vector<const program::Program*> alike, const BatchKernels& kernels)
    : program_(*alike.front()),
      alike_(std::move(alike)),
      layout_(alike_),
      kernels_(kernels),
      lives_(program_, layout_, alike_.size()),
      writer_(program_, layout_, lives_, alike_.size()),
      segments_(program_, layout_),
      answers_(at(layout_.shared) * (lives_.most() / at(kernels.pack) + 1) * BatchWork::answer_size),
      work_{program_, layout_, rows_, segments_, answers_.data(), static_cast<int>(lives_.most()) / kernels.pack + 1},
      waiting_(2 * program_.states.size()),
      choices_(alike_.size()) {
  std::ranges::fill(answers_.all(), not_a_number);
  std::size_t widest = 0, options = 0;
  for (const auto& state : program_.states) {
    widest = std::max(widest, state.events.size() + state.transitions.size());
  }
  for (const auto& branch : program_.branches) options = std::max(options, branch.options.size());
  next_.resize(widest + program_.branches.size());
  many_.resize(next_.size() + 1);
  options_.resize(options);
  time_.resize(lives_.most() + widest_pack);
  for (auto* array : {&what_, &flag_, &chosen_}) array->resize(time_.size());
}

bool Batched::live(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes,
                   std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                   const std::atomic<bool>* stop) {
  const std::uint64_t used = work_.draws, made = work_.draws_made;
  work_.failed = false;
  begin(first_patient, patients, attributes);
  go_on(stop);
  if (!work_.failed) {
    writer_.write(rows_, patients, outs, lived_as, stride);
    return true;
  }
  work_.draws = used;
  work_.draws_made = made;
  return false;
}

void Batched::begin(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes) {
  first_patient_ = first_patient;
  lives_.clear();
  rows_.clear();
  for (List& list : waiting_) list.clear();  // of lives that failed or were stopped
  const std::size_t width = program_.initial_attributes.size();
  List& all = going_on_;
  all.clear();
  for (std::size_t p = 0; p < patients; ++p) {
    all.push_back(lives_.begin(first_patient + static_cast<std::int64_t>(p), attributes.subspan(p * width, width)));
  }
  work_.state = -1;
  if (program_.start_branch >= 0) {
    const auto branch = at(program_.start_branch);
    choose(branch, all);
    for (std::size_t o = 0; o < program_.branches[branch].options.size(); ++o) {
      if (options_[o].empty()) continue;
      enter(program_.branches[branch].options[o].to, options_[o]);
      after_changes(options_[o], true);
    }
    return;
  }
  enter(program_.initial_state, all);
  after_changes(all, true);
}

void Batched::go_on(const std::atomic<bool>* stop) {
  while (!work_.failed) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
    const auto fullest = std::ranges::max_element(waiting_, {}, &List::size);
    if (fullest->empty()) return;
    if (rows_.count() > most_rows) {
      work_.failed = true;
      return;
    }
    const auto list = static_cast<std::size_t>(fullest - waiting_.begin()), states = program_.states.size();
    step(static_cast<std::int32_t>(list % states), list >= states);
  }
}

// Lives in one state to what happens next; come: to a race.
void Batched::step(std::int32_t state, bool come) {
  List& lives = going_on_;
  lives.clear();
  lives.swap(waiting_[at(state) + (come ? program_.states.size() : 0)]);
  work_.state = state;
  const bool alone = come && program_.branches.empty() && program_.states[at(state)].events.empty();
  some_.clear();
  if (!alone) {
    run(kernels_.look, lives, time_.data(), what_.data(), flag_.data());
    for (std::size_t i = 0; i < lives.size(); ++i) {
      if (flag_[i] != 0) some_.push_back(lives[i]);
    }
  }
  if (alone || (come && some_.size() == lives.size())) {
    run(kernels_.race, lives, alone, time_.data(), what_.data());
  } else {
    update_transitions(some_);
    run(kernels_.decide, lives, time_.data(), what_.data());
  }
  go_apart(lives, state);
}

// By what happens to them next.
void Batched::go_apart(const List& lives, std::int32_t state) {
  std::ranges::fill(many_, 0);
  for (std::size_t i = 0; i < lives.size(); ++i) ++many_[static_cast<std::size_t>(what_[i] + 1)];
  over_.resize(many_[0]);
  for (std::size_t what = 0; what < next_.size(); ++what) next_[what].resize(many_[what + 1]);
  std::ranges::fill(many_, 0);
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const auto what = static_cast<std::size_t>(what_[i] + 1);
    (what == 0 ? over_ : next_[what - 1])[many_[what]++] = lives[i];
  }
  for (const LifeRecord life : over_) writer_.note(life, state, first_patient_);
  for (std::size_t what = 0; what < next_.size(); ++what) {
    if (next_[what].empty()) continue;
    work_.state = state;
    fire(state, what, next_[what]);
  }
}

// As Reference::update_transitions.
void Batched::update_transitions(List& lives) {
  if (lives.empty()) return;
  for (const std::int32_t d : program_.states[at(work_.state)].transitions) {
    const program::Declaration& one = program_.declarations[at(d)];
    const Place active(layout_.active, at(d));
    parted_.clear();
    changed_.clear();
    for (const LifeRecord life : lives) {
      if (!active.in(life)) {
        parted_.push_back(life);
      } else if (one.dynamic && watched(one.watches, life, layout_.changed_before)) {
        changed_.push_back(life);
      }
    }
    run(kernels_.start, parted_, at(d));
    run(kernels_.refresh, changed_, at(d));
  }
  for (const LifeRecord life : lives) {
    std::fill_n(life + layout_.changed_before, layout_.change_words, 0.0);
    life[layout_.stale] = 0;
  }
}

// Until they are gone on with.
void Batched::wait(const List& lives, bool come) {
  const bool races = come && layout_.races[at(work_.state)];
  List& waiting = waiting_[at(work_.state) + (races ? program_.states.size() : 0)];
  waiting.insert(waiting.end(), lives.begin(), lives.end());
}

bool Batched::watched(const program::ChangeSet& set, const double* life, int changes) const {
  std::uint64_t common = 0;
  for (std::size_t i = 0; i < set.size(); ++i) common |= set[i] & word_of(life, changes + static_cast<int>(i));
  return common != 0;
}

}  // namespace sojourn::engine
