// The timers of branches in many lives, a pack at a time. Included by batch_kernels.inl.

// The first of the timers that are set.
inline void find_timer(const Scene& scene) {
  const BatchLayout& layout = scene.work.layout;
  L time = infinity, rank = infinity;
  for (int word = 0; word < layout.branch_words; ++word) {
    const W armed = scene.group.word(layout.armed + word);
    std::uint64_t some = 0;
    for (int i = 0; i < width; ++i) some |= armed.at[i];
    for (; some != 0; some &= some - 1) {
      const int position = std::countr_zero(some);
      const auto r = static_cast<std::size_t>(word * 64 + position);
      const L due = scene.group.get(layout.branches[at(layout.by_rank[r])].time);
      const M sooner = due < time;  // a timer that is not set is never due
      time = select(sooner, due, time);
      rank = select(sooner, L(static_cast<double>(r)), rank);
    }
  }
  scene.group.put(layout.timer_time, time);
  scene.group.put(layout.timer_rank, rank);
}

inline void arm(BatchWork& work, const LifeList& list, const std::vector<std::int32_t>& branches) {
  const BatchLayout& layout = work.layout;
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L time = scene.group.get(layout.timer_time), rank = scene.group.get(layout.timer_rank);
    M set_anew = false;  // the next timer itself
    for (const std::int32_t b : branches) {
      const program::Branch& source = work.program.branches[at(b)];
      const BatchLayout::Branch& slots = layout.branches[at(b)];
      const L own_rank = static_cast<double>(source.rank);
      const L due = scene.now + source.at.front();
      set_anew = either(set_anew, rank == own_rank);
      scene.group.put(slots.time, due);
      scene.group.put(slots.trigger, scene.now);
      scene.group.put(slots.next, W(0));
      scene.group.set_bit(layout.armed, at(source.rank), M(true));
      const M sooner = either(due < time, both(due == time, own_rank < rank));
      time = select(sooner, due, time);
      rank = select(sooner, own_rank, rank);
    }
    if (any(both(set_anew, scene.group.real))) {
      find_timer(scene);
    } else {
      scene.group.put(layout.timer_time, time);
      scene.group.put(layout.timer_rank, rank);
    }
  }
}

inline void advance(BatchWork& work, const LifeList& list, std::size_t branch) {
  const program::Branch& source = work.program.branches[branch];
  const BatchLayout::Branch& slots = work.layout.branches[branch];
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    const Group& group = scene.group;
    if (source.at.size() == 1) {
      group.put(slots.time, L(infinity));
      group.set_bit(work.layout.armed, at(source.rank), M(false));
    } else {
      const W next = group.word(slots.next) + W(1), last = std::uint64_t{source.at.size() - 1};
      const M more = next <= last;
      const W found = where(more, next);
      const L due = group.get(slots.trigger) + look_up(source.at.data(), found);
      group.put(slots.next, found);
      group.put(slots.time, select(more, due, L(infinity)));
      group.set_bit(work.layout.armed, at(source.rank), more);
    }
    find_timer(scene);
  }
}
