// What happens to lives that are in one state at an instant of their own: reference_instants.cpp, list by list.
#include <algorithm>

#include "engine/batched.hpp"

namespace sojourn::engine {

using program::at;

void Batched::fire(std::int32_t state, std::size_t what, List& lives) {
  const program::State& here = program_.states[at(state)];
  if (what < here.events.size()) return fire_event(at(here.events[what]), lives);
  what -= here.events.size();
  if (what < program_.branches.size()) return fire_timer(at(layout_.by_rank[what]), lives);
  const std::int32_t d = here.transitions[what - program_.branches.size()];
  const program::Declaration& transition = program_.declarations[at(d)];
  run(kernels_.assign, lives, transition.assignments);
  move(d, transition.to, lives);
  after_changes(lives, true);
}

void Batched::fire_event(std::size_t declaration, List& lives) {
  const program::Declaration& event = program_.declarations[declaration];
  run(kernels_.happen, lives, declaration);
  run(kernels_.assign, lives, event.assignments);
  if (event.recurrent) run(kernels_.start, lives, declaration);
  arm(program_.event_branches[at(event.mark) - program_.states.size()], lives);
  after_changes(lives);
}

void Batched::fire_timer(std::size_t branch, List& lives) {
  const program::Branch& source = program_.branches[branch];
  run(kernels_.advance, lives, branch);
  if (!source.in[at(work_.state)]) return after_changes(lives);
  if (source.when >= 0) {
    run(kernels_.test, lives, source.when, flag_.data());
    some_.clear();
    std::size_t staying = 0;
    for (std::size_t i = 0; i < lives.size(); ++i) (flag_[i] != 0 ? lives[staying++] : some_.emplace_back()) = lives[i];
    lives.resize(staying);
    after_changes(some_);
  }
  if (source.by_strategy) {
    part(branch, lives);
  } else {
    choose(branch, lives);
  }
  take_options(branch);
}

// Each life to the list of its option.
void Batched::choose(std::size_t branch, List& lives) {
  for (List& list : options_) list.clear();
  run(kernels_.choose, lives, program_, branch, chosen_.data());
  const int firings = layout_.branches[branch].firings;
  for (std::size_t i = 0; i < lives.size(); ++i) {
    put_word(lives[i], firings, word_of(lives[i], firings) + 1);
    options_[at(chosen_[i])].push_back(lives[i]);
  }
}

// As Reference::part: a life goes on with those of its strategies that choose as the first of them does; the others go
// on as lives of their own.
void Batched::part(std::size_t branch, List& lives) {
  for (List& list : options_) list.clear();
  for (std::size_t m = 0; m < alike_.size(); ++m) {
    const Place member = lives_.member(m);
    parted_.clear();
    std::ranges::copy_if(lives, std::back_inserter(parted_), [&](const double* life) { return member.in(life); });
    run(kernels_.choose, parted_, *alike_[m], branch, chosen_.data());
    choices_[m].assign(lives.size(), -1);
    for (std::size_t i = 0, k = 0; i < lives.size(); ++i) {
      if (member.in(lives[i])) choices_[m][i] = chosen_[k++];
    }
  }
  const int firings = layout_.branches[branch].firings;
  std::vector<std::pair<std::int32_t, LifeRecord>> parts;  // of one life, by option
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const LifeRecord life = lives[i];
    put_word(life, firings, word_of(life, firings) + 1);
    const std::size_t first = lives_.first_member(life);
    parts.assign(1, {choices_[first][i], life});
    for (std::size_t m = first + 1; m < alike_.size(); ++m) {
      const std::int32_t option = choices_[m][i];
      if (option < 0 || option == parts.front().first) continue;
      auto found = std::ranges::find(parts, option, [](const auto& part) { return part.first; });
      if (found == parts.end()) found = parts.insert(found, {option, lives_.part(life)});
      lives_.hand_over(m, life, found->second);
    }
    for (const auto& [option, one] : parts) options_[at(option)].push_back(one);
  }
}

void Batched::take_options(std::size_t branch) {
  const program::Branch& source = program_.branches[branch];
  const std::int32_t state = work_.state;
  for (std::size_t o = 0; o < source.options.size(); ++o) {
    List& these = options_[o];
    if (these.empty()) continue;
    const program::Option& option = source.options[o];
    work_.state = state;
    run(kernels_.assign, these, option.assignments);
    if (option.to >= 0) move(static_cast<std::int32_t>(program_.declarations.size() + branch), option.to, these);
    after_changes(these, option.to >= 0);
  }
}

void Batched::move(std::int32_t cause, std::int32_t to, List& lives) {
  run(kernels_.move, lives, cause, to);
  enter(to, lives);
}

void Batched::enter(std::int32_t state, List& lives) {
  work_.state = state;
  const program::State& here = program_.states[at(state)];
  run(kernels_.enter, lives);
  if (!here.absorbing) run(kernels_.update_warps, lives);
  for (const std::int32_t d : here.events) {
    const Place active(layout_.active, at(d)), spent(layout_.spent, at(d));
    parted_.clear();
    std::ranges::copy_if(lives, std::back_inserter(parted_),
                         [&](const double* life) { return !active.in(life) && !spent.in(life); });
    run(kernels_.start, parted_, at(d));
  }
  arm(here.branches, lives);
}

void Batched::arm(const std::vector<std::int32_t>& branches, List& lives) {
  if (!branches.empty()) run(kernels_.arm, lives, branches);
}

// As Reference::after_changes; then the lives wait.
void Batched::after_changes(List& lives, bool come) {
  wait(lives, come);
  const program::State& here = program_.states[at(work_.state)];
  if (here.absorbing || !layout_.tracks_changes) return;
  const auto any = [&](const double* life) {
    std::uint64_t all = 0;
    for (int i = 0; i < layout_.change_words; ++i) all |= word_of(life, layout_.changed + i);
    return all != 0;
  };
  changed_.clear();
  std::ranges::copy_if(lives, std::back_inserter(changed_), any);
  run(kernels_.update_warps, changed_);
  for (const std::int32_t d : here.events) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (!one.dynamic) continue;
    const Place active(layout_.active, at(d));
    parted_.clear();
    std::ranges::copy_if(changed_, std::back_inserter(parted_), [&](const double* life) {
      return active.in(life) && watched(one.watches, life, layout_.changed);
    });
    run(kernels_.refresh, parted_, at(d));
  }
  for (const LifeRecord life : changed_) {
    for (int i = 0; i < layout_.change_words; ++i) {
      const int now = layout_.changed + i, before = layout_.changed_before + i;
      put_word(life, before, word_of(life, before) | word_of(life, now));
      put_word(life, now, 0);
    }
    life[layout_.stale] = 1;
  }
}

}  // namespace sojourn::engine
