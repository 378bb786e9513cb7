// What comes next in many lives: Reference::go_on, a pack at a time. Included by batch_kernels.inl.

inline void look(BatchWork& work, const LifeList& list, double* time, std::int32_t* what, std::int32_t* update) {
  const BatchLayout& layout = work.layout;
  const program::State& here = work.program.states[at(work.state)];
  const auto events = static_cast<double>(here.events.size());
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L next = infinity, which = -1.0;
    for (std::size_t k = 0; k < here.events.size(); ++k) {
      const L due = scene.group.get(layout.declarations[at(here.events[k])].next);
      const M sooner = due < next;
      next = select(sooner, due, next);
      which = select(sooner, L(static_cast<double>(k)), which);
    }
    const L timer = scene.group.get(layout.timer_time);
    const M sooner = timer < next;
    next = select(sooner, timer, next);
    if (any(sooner)) which = select(sooner, scene.group.get(layout.timer_rank) + events, which);
    const M stale = both(scene.group.get(layout.stale) != 0.0, next > scene.now);
    to_array(scene, next, time + i);
    to_array(scene, which, what + i);
    to_array(scene, select(stale, L(1.0), L(0.0)), update + i);
  }
}

// Moves the time of lives to what comes next, if that is before the horizon; -1 in `which`: it is not.
inline L go_to(const Scene& scene, const L& next, const L& which) {
  constexpr double most_at_once = 10'000, most = 1'000'000;
  const BatchLayout& layout = scene.work.layout;
  const bool absorbing = scene.work.program.states[at(scene.work.state)].absorbing;
  const M over = next > (absorbing ? scene.now : L(scene.work.program.horizon));
  const L at_once = select(next == scene.now, scene.group.get(layout.at_once) + 1.0, L(0.0));
  const L happened = scene.group.get(layout.happened) + 1.0;
  scene.demand(both(at_once <= most_at_once, happened <= most), opposite(over));
  scene.group.put(layout.at_once, at_once);
  scene.group.put(layout.happened, happened);
  scene.group.put_where(opposite(over), layout.now, next);
  return select(over, L(-1.0), which);
}

inline void decide(BatchWork& work, const LifeList& list, double* time, std::int32_t* what) {
  const BatchLayout& layout = work.layout;
  const program::State& here = work.program.states[at(work.state)];
  const std::size_t before = here.events.size() + work.program.branches.size();
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L next = from_array(time + i), which = from_array(what + i);
    const M fresh = scene.group.get(layout.stale) == 0.0;
    for (std::size_t k = 0; k < here.transitions.size(); ++k) {
      const L due = scene.group.get(layout.declarations[at(here.transitions[k])].next);
      const M sooner = both(fresh, due < next);
      next = select(sooner, due, next);
      which = select(sooner, L(static_cast<double>(before + k)), which);
    }
    which = go_to(scene, next, which);
    to_array(scene, which, what + i);
  }
}

// start() of every transition and decide() in one, of lives that have just come into a state with a race.
inline void race(BatchWork& work, const LifeList& list, bool alone, double* time, std::int32_t* what) {
  const BatchLayout& layout = work.layout;
  const program::State& here = work.program.states[at(work.state)];
  const std::size_t before = here.events.size() + work.program.branches.size();
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L next = infinity, which = -1.0;
    if (!alone) {
      next = from_array(time + i);
      which = from_array(what + i);
    }
    std::array<L, BatchLayout::most_in_race> due;
    for (std::size_t k = 0; k < here.transitions.size(); ++k) {
      due[k] = Hazards(work, list, i, at(here.transitions[k])).race();
      const M sooner = due[k] < next;
      next = select(sooner, due[k], next);
      which = select(sooner, L(static_cast<double>(before + k)), which);
    }
    if (!alone) {
      const M stays = both(which < L(static_cast<double>(before)), scene.group.real);
      if (any(stays)) {
        for (std::size_t k = 0; k < here.transitions.size(); ++k) {
          const auto d = at(here.transitions[k]);
          scene.group.put_where(stays, layout.declarations[d].next, due[k]);
          scene.group.set_bit(layout.active, d, M(true));
        }
        scene.group.put_where(stays, layout.stale, L(0.0));
        for (int word = 0; word < layout.change_words; ++word)
          scene.group.put_where(stays, layout.changed_before + word, L(0.0));
      }
    }
    which = go_to(scene, next, which);
    to_array(scene, which, what + i);
  }
}
