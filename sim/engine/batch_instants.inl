// What happens to many lives at an instant: reference_instants.cpp, a pack at a time. Included by batch_kernels.inl.

template <class F>  // f(life) of those of the pack for which `mask` holds
inline void each(const Group& group, const M& mask, F f) {
  for (int i = 0; i < group.count; ++i) {
    if (mask.at[i]) f(i, group[i]);
  }
}

inline void keep_row(double* life, int slot, std::size_t row) {
  put_word(life, slot, rows_word(word_of(life, slot), row));
}

inline void occur(const Scene& scene, std::size_t mark) {
  const BatchLayout::Mark& slots = scene.work.layout.marks[mark];
  if (slots.count >= 0) {
    const L count = scene.group.get(slots.count);
    scene.group.put_where(count == 0.0, slots.first, scene.now);
    scene.group.put(slots.count, count + 1.0);
    scene.group.put(slots.latest, scene.now);
  }
  scene.mark_changed(scene.work.program.mark_bit(mark), M(true));
}

inline void assign(BatchWork& work, const LifeList& list, program::Range assignments) {
  work.rows.changes.reserve(work.rows.change_count + at(assignments.count) * static_cast<std::size_t>(list.count));
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    for (std::int32_t k = assignments.first; k < assignments.first + assignments.count; ++k) {
      const program::Assignment& one = work.program.assignments[at(k)];
      const int slot = work.layout.attributes + one.attribute;
      const L set_to = scene.value(one.value);
      const M differs = both(set_to != scene.group.get(slot), scene.group.real);
      if (!any(differs)) continue;
      const auto& levels = work.program.number_levels[at(one.attribute)];
      M known = levels.empty() ? M(set_to == set_to) : M(false);
      for (const double level : levels) known = either(known, set_to == L(level));
      scene.demand(known, differs);
      scene.group.put_where(differs, slot, set_to);
      scene.mark_changed(work.program.attribute_bit(at(one.attribute)), differs);
      each(scene.group, differs, [&](int lane, double* life) {
        const std::size_t row = work.rows.change_count++;
        work.rows.changes[row] = {scene.now.at[lane], set_to.at[lane], last_row(word_of(life, work.layout.changes)),
                                  static_cast<std::int16_t>(one.attribute)};
        keep_row(life, work.layout.changes, row);
      });
    }
  }
}

inline void happen(BatchWork& work, const LifeList& list, std::size_t declaration) {
  const program::Declaration& source = work.program.declarations[declaration];
  work.rows.events.reserve(work.rows.event_count + static_cast<std::size_t>(list.count));
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    scene.group.set_bit(work.layout.active, declaration, M(false));
    scene.group.put(work.layout.declarations[declaration].next, L(infinity));
    if (!source.recurrent) scene.group.set_bit(work.layout.spent, declaration, M(true));
    each(scene.group, scene.group.real, [&](int lane, double* life) {
      const std::size_t row = work.rows.event_count++;
      work.rows.events[row] = {scene.now.at[lane], last_row(word_of(life, work.layout.events)),
                               static_cast<std::int16_t>(declaration)};
      keep_row(life, work.layout.events, row);
    });
    occur(scene, at(source.mark));
  }
}

inline void move(BatchWork& work, const LifeList& list, std::int32_t cause, std::int32_t to) {
  const BatchLayout& layout = work.layout;
  work.rows.sojourns.reserve(work.rows.sojourn_count + static_cast<std::size_t>(list.count));
  const auto leave = [&](double* life, int word) {
    std::uint64_t active = layout.stay_active(work.state, to, word);
    if (cause / 64 == word) active &= ~(std::uint64_t{1} << (cause % 64));
    const auto keep = [life](int slot, std::uint64_t set) { put_word(life, slot, word_of(life, slot) & set); };
    keep(layout.active + word, active);
    keep(layout.spent + word, layout.stay_spent(work.state, to, word));
  };
  std::size_t row = work.rows.sojourn_count;
  for (int i = 0; i < list.count; ++i, ++row) {
    double* life = list.first[i];
    work.rows.sojourns[row] = {life[layout.entered], life[layout.now], last_row(word_of(life, layout.sojourns)),
                               static_cast<std::int16_t>(work.state), static_cast<std::int16_t>(cause)};
    keep_row(life, layout.sojourns, row);
  }
  work.rows.sojourn_count = row;
  for (int word = 0; word < layout.declaration_words; ++word) {
    for (int i = 0; i < list.count; ++i) leave(list.first[i], word);
  }
}

inline void enter(BatchWork& work, const LifeList& list) {
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    scene.group.put(work.layout.entered, scene.now);
    occur(scene, at(work.state));
    scene.mark_changed(work.program.state_bit(), M(true));
    scene.group.put(work.layout.stale, L(1.0));
  }
}
