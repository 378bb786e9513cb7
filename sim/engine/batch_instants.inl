// What happens to many lives at an instant: reference_instants.cpp, a pack at a time. Included by batch_kernels.inl.

template <class F>  // f(life) of those of the pack for which `mask` holds
inline void each(const Group& group, const M& mask, F f) {
  for (int i = 0; i < group.count; ++i) {
    if (mask.at[i]) f(i, group[i]);
  }
}

inline std::uint64_t word_at(const double* life, int slot) {
  return std::bit_cast<std::uint64_t>(life[slot]);
}
inline void keep_row(double* life, int slot, std::size_t row) {
  life[slot] = std::bit_cast<double>(rows_word(word_at(life, slot), row));
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

inline void assign(BatchWork& work, program::Range assignments, const LifeList& list) {
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
        work.rows.changes[row] = {scene.now.at[lane], set_to.at[lane], last_row(word_at(life, work.layout.changes)),
                                  static_cast<std::int16_t>(one.attribute)};
        keep_row(life, work.layout.changes, row);
      });
    }
  }
}

inline void happen(BatchWork& work, std::size_t declaration, const LifeList& list) {
  const program::Declaration& source = work.program.declarations[declaration];
  work.rows.events.reserve(work.rows.event_count + static_cast<std::size_t>(list.count));
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    scene.group.set_bit(work.layout.active, declaration, M(false));
    scene.group.put(work.layout.declarations[declaration].next, L(infinity));
    if (!source.recurrent) scene.group.set_bit(work.layout.spent, declaration, M(true));
    each(scene.group, scene.group.real, [&](int lane, double* life) {
      const std::size_t row = work.rows.event_count++;
      work.rows.events[row] = {scene.now.at[lane], last_row(word_at(life, work.layout.events)),
                               static_cast<std::int16_t>(declaration)};
      keep_row(life, work.layout.events, row);
    });
    occur(scene, at(source.mark));
  }
}

inline void move(BatchWork& work, std::int32_t cause, std::int32_t to, const LifeList& list) {
  const BatchLayout& layout = work.layout;
  work.rows.sojourns.reserve(work.rows.sojourn_count + static_cast<std::size_t>(list.count));
  const auto leave = [&](double* life, int word) {
    std::uint64_t active = layout.stay_active(work.state, to, word);
    if (cause / 64 == word) active &= ~(std::uint64_t{1} << (cause % 64));
    const auto keep = [life](int slot, std::uint64_t set) {
      life[slot] = std::bit_cast<double>(word_at(life, slot) & set);
    };
    keep(layout.active + word, active);
    keep(layout.spent + word, layout.stay_spent(work.state, to, word));
  };
  std::size_t row = work.rows.sojourn_count;
  for (int i = 0; i < list.count; ++i, ++row) {
    double* life = list.first[i];
    work.rows.sojourns[row] = {life[layout.entered], life[layout.now], last_row(word_at(life, layout.sojourns)),
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

inline void arm(BatchWork& work, const std::vector<std::int32_t>& branches, const LifeList& list) {
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

inline void advance(BatchWork& work, std::size_t branch, const LifeList& list) {
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

inline L by_probability(const Scene& scene, const program::Program& program, const program::Branch& branch,
                        const L& u) {
  constexpr double slack = 1e-9;
  std::array<L, 16> first;  // not reckoned twice
  const auto chance = [&](std::size_t i) {
    return branch.probability[i] < 0 ? L(0.0) : scene.value(program, branch.probability[i]);
  };
  L listed = 0.0;
  bool has_rest = false;
  for (std::size_t i = 0; i < branch.probability.size(); ++i) {
    has_rest = has_rest || branch.probability[i] < 0;
    const L p = chance(i);
    scene.demand(both(p >= 0.0, p <= L(1 + slack)), M(true));
    listed = listed + p;
    if (i < first.size()) first[i] = p;
  }
  scene.demand(listed <= L(1 + slack), M(true));
  if (!has_rest) scene.demand(listed >= L(1 - slack), M(true));
  L total = 0.0, last_possible = 0.0, chosen = -1.0;
  for (std::size_t i = 0; i < branch.probability.size(); ++i) {
    L p = i < first.size() ? first[i] : chance(i);
    if (branch.probability[i] < 0) p = larger(1.0 - listed, L(0.0));
    const bool odds = i == 0 && branch.odds_ratio >= 0;
    if (odds) {
      const L r = scene.value(program, branch.odds_ratio);
      scene.demand(both(both(r >= 0.0, r < infinity), opposite(both(p == 1.0, r == 0.0))), M(true));
      p = p * r / (1.0 - p + p * r);
    }
    total = total + p;
    const L index = static_cast<double>(i);
    chosen = select(both(chosen < 0.0, u < total), index, chosen);
    last_possible = select(p > 0.0, index, last_possible);
    if (odds) chosen = select(chosen < 0.0, L(1.0), chosen);
  }
  return select(chosen < 0.0, last_possible, chosen);
}

inline L by_level(const Scene& scene, const program::Program& program, const program::Branch& branch, const L& u) {
  const L predictor = scene.value(program, branch.predictor);
  scene.demand(predictor == predictor, M(!branch.cutpoint.empty()));
  const L latent = predictor + logit(u);
  L level = 0.0, previous = -infinity;
  for (const program::CodeIndex code : branch.cutpoint) {
    const L cutpoint = scene.value(program, code);
    scene.demand(cutpoint >= previous, M(true));
    previous = cutpoint;
    level = select(latent >= cutpoint, level + 1.0, level);
  }
  return level;
}

inline void choose(BatchWork& work, const program::Program& program, std::size_t branch, bool each_alone,
                   const LifeList& list, std::int32_t* option) {
  const program::Branch& source = program.branches[branch];
  const auto options = static_cast<double>(source.options.size());
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L chosen;
    if (source.choice == program::ChoiceKind::rule) {
      chosen = scene.value(program, source.rule);
    } else {
      const L u = uniform(program, source.name_hash, scene.group.word(work.layout.patient),
                          scene.group.word(work.layout.branches[branch].firings));
      scene.count_draws(M(true), each_alone ? L(1.0) : scene.group.get(work.layout.lives));
      chosen = source.choice == program::ChoiceKind::ordinal ? by_level(scene, program, source, u)
                                                             : by_probability(scene, program, source, u);
    }
    const M valid = both(chosen >= 0.0, chosen < L(options));
    scene.demand(valid, M(true));
    chosen = select(valid, chosen, L(0.0));
    for (int lane = 0; lane < scene.group.count; ++lane) option[i + lane] = static_cast<std::int32_t>(chosen.at[lane]);
  }
}

inline void fired(BatchWork& work, std::size_t branch, const LifeList& list) {
  const int slot = work.layout.branches[branch].firings;
  for (int i = 0; i < list.count; ++i) {
    double* life = list.first[i];
    life[slot] = std::bit_cast<double>(word_at(life, slot) + 1);
  }
}

inline void test(BatchWork& work, program::CodeIndex code, const LifeList& list, std::int32_t* holds) {
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    const M yes = scene.value(code) != 0.0;
    for (int lane = 0; lane < scene.group.count; ++lane) holds[i + lane] = yes.at[lane] != 0 ? 1 : 0;
  }
}

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
    for (int lane = 0; lane < scene.group.count; ++lane) {
      time[i + lane] = next.at[lane];
      what[i + lane] = static_cast<std::int32_t>(which.at[lane]);
      update[i + lane] = stale.at[lane] != 0 ? 1 : 0;
    }
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

inline L from_array(const double* values) {
  L result;
  std::copy_n(values, width, reinterpret_cast<double*>(&result));
  return result;
}

inline void decide(BatchWork& work, const LifeList& list, double* time, std::int32_t* what) {
  const BatchLayout& layout = work.layout;
  const program::State& here = work.program.states[at(work.state)];
  const std::size_t before = here.events.size() + work.program.branches.size();
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    L next = from_array(time + i);
    L which = L::make([&](std::size_t lane) { return static_cast<double>(what[i + static_cast<int>(lane)]); });
    const M fresh = scene.group.get(layout.stale) == 0.0;
    for (std::size_t k = 0; k < here.transitions.size(); ++k) {
      const L due = scene.group.get(layout.declarations[at(here.transitions[k])].next);
      const M sooner = both(fresh, due < next);
      next = select(sooner, due, next);
      which = select(sooner, L(static_cast<double>(before + k)), which);
    }
    which = go_to(scene, next, which);
    for (int lane = 0; lane < scene.group.count; ++lane) what[i + lane] = static_cast<std::int32_t>(which.at[lane]);
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
      which = L::make([&](std::size_t lane) { return static_cast<double>(what[i + static_cast<int>(lane)]); });
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
    for (int lane = 0; lane < scene.group.count; ++lane) what[i + lane] = static_cast<std::int32_t>(which.at[lane]);
  }
}
