// Risk episodes of many lives: reference_hazards.cpp, a pack at a time. Included by batch_kernels.inl.

class Hazards {
  static constexpr std::size_t most_stances = 4;  // that are not reckoned twice

 public:
  Hazards(BatchWork& work, const LifeList& list, int first, std::size_t declaration)
      : scene_(work, list, first),
        group_(scene_.group),
        work_(work),
        layout_(work.layout),
        d_(declaration),
        source_(work.program.declarations[declaration]),
        slots_(layout_.declarations[declaration]),
        shared_(shared(first)) {}

  void start() {
    const auto first = at(source_.components.first);
    const W visit = next_visit();
    group_.set_bit(layout_.active, d_, M(true));
    if (source_.steady) return group_.put(slots_.next, steady_time(visit));
    const M on = is_on();
    M hazard = false;
    L fixed = infinity;
    PackedComponent kept = plain(first);
    for (std::size_t c = first; c < first + at(source_.components.count); ++c) {
      PackedComponent one = plain(c);
      if (source_.latched) latch(one);
      stance(one, c, on);
      if (slots_.kept) store(one, c);
      if (one.source->fixed) {
        fixed = smaller(fixed_time(one, on), fixed);
      } else {
        hazard = either(hazard, one.ratio > 0.0);
      }
      each_step(*one.source, [&](int slot, const L& begun) { group_.put(slot, begun); });
      if (c == first) kept = one;
    }
    L remaining = not_a_number, time = infinity;
    if (any(hazard)) {
      remaining = select(hazard, draw(visit, hazard), L(not_a_number));
      time = inverse(kept, hazard, remaining);
    }
    group_.put(slots_.next, smaller(time, fixed));
    if (!slots_.kept) return;
    group_.put(slots_.remaining, remaining);
    group_.put(slots_.reckoned, scene_.now);
    group_.set_bit(layout_.on, d_, on);
  }

  // Of a transition in a race: its time, which is not kept.
  [[nodiscard]] L race() const { return steady_time(next_visit()); }

  void refresh() {
    const auto first = at(source_.components.first);
    const M now_on = is_on(), was_on = group_.bit(layout_.on, d_);
    M differs = either(both(now_on, opposite(was_on)), both(was_on, opposite(now_on)));
    M hazard = false;
    std::array<PackedComponent, most_stances> stances;
    for (std::size_t c = first; c < first + at(source_.components.count); ++c) {
      const PackedComponent fresh = stood(c, now_on);
      if (c - first < most_stances) stances[c - first] = fresh;
      const BatchLayout::Component& slots = layout_.components[c];
      differs = either(differs, either(fresh.at != group_.get(slots.at), fresh.ratio != group_.get(slots.ratio)));
      if (slots.slowness >= 0) {
        differs = either(differs, either(fresh.clock_at != group_.get(slots.clock_at),
                                         fresh.slowness != group_.get(slots.slowness)));
      }
      if (slots.law >= 0) differs = either(differs, fresh.law != group_.get(slots.law));
      if (!fresh.source->fixed) hazard = either(hazard, fresh.ratio > 0.0);
      each_step(*fresh.source, [&](int slot, const L& now) {
        const L before = group_.get(slot);
        differs = either(differs, opposite(either(now == before, both(now != now, before != before))));
      });
    }
    if (!any(both(differs, group_.real))) return;
    const L remaining = settled(differs, was_on);
    L fixed = infinity;
    for (std::size_t c = first; c < first + at(source_.components.count); ++c) {
      PackedComponent again;
      if (c - first >= most_stances) again = stood(c, now_on);
      const PackedComponent& fresh = c - first < most_stances ? stances[c - first] : again;
      store_where(differs, fresh, c);
      if (fresh.source->fixed) fixed = smaller(fixed_time(fresh, both(now_on, differs)), fixed);
      each_step(*fresh.source, [&](int slot, const L& begun) { group_.put_where(differs, slot, begun); });
    }
    const M pending = both(differs, hazard);
    L budget = remaining, time = infinity;
    if (any(pending)) {
      const M new_one = both(pending, remaining != remaining);
      if (any(new_one)) budget = select(new_one, draw(group_.word(slots_.visits) - W(1), new_one), remaining);
      time = inverse(stances.front(), pending, budget);
    }
    group_.put_where(differs, slots_.next, smaller(time, fixed));
    group_.put_where(differs, slots_.remaining, budget);
    group_.put_where(differs, slots_.reckoned, scene_.now);
    group_.set_bit(layout_.on, d_, either(both(differs, now_on), both(opposite(differs), was_on)));
  }

 private:
  [[nodiscard]] W next_visit() const {
    const W visit = group_.word(slots_.visits);
    group_.put(slots_.visits, visit + W(1));
    return visit;
  }
  [[nodiscard]] L steady_time(const W& visit) const {
    PackedComponent only = plain(at(source_.components.first));
    only.at = origin(only.source->clock);
    const L e = draw(visit, M(true));
    return plain_time(work_.program, only, scene_.now, only.source->ratio == 1 ? e : e / L(only.source->ratio),
                      nullptr);
  }
  [[nodiscard]] PackedComponent plain(std::size_t c) const { return packed(work_.program.components[c]); }
  // With what was latched when the episode began.
  [[nodiscard]] PackedComponent latched(std::size_t c) const {
    PackedComponent made = plain(c);
    const BatchLayout::Component& slots = layout_.components[c];
    if (slots.odds_speed >= 0) made.odds_speed = group_.get(slots.odds_speed);
    if (slots.fraction >= 0) made.cure = {group_.get(slots.fraction), group_.get(slots.uncured)};
    return made;
  }
  // How it stands now.
  [[nodiscard]] PackedComponent stood(std::size_t c, const M& on) const {
    PackedComponent made = latched(c);
    stance(made, c, on);
    return made;
  }
  // How it stood last.
  [[nodiscard]] PackedComponent stored(std::size_t c) const {
    PackedComponent made = latched(c);
    const BatchLayout::Component& slots = layout_.components[c];
    made.at = group_.get(slots.at);
    made.ratio = group_.get(slots.ratio);
    if (slots.slowness >= 0) {
      made.clock_at = group_.get(slots.clock_at);
      made.slowness = group_.get(slots.slowness);
    }
    if (slots.law >= 0) made.law = group_.get(slots.law);
    return made;
  }
  void store(const PackedComponent& one, std::size_t c) const {
    const BatchLayout::Component& slots = layout_.components[c];
    store_where(M(true), one, c);
    if (slots.odds_speed >= 0) group_.put(slots.odds_speed, one.odds_speed);
    if (slots.fraction >= 0) {
      group_.put(slots.fraction, one.cure.fraction);
      group_.put(slots.uncured, one.cure.uncured_hazard_ratio);
    }
  }
  void store_where(const M& mask, const PackedComponent& one, std::size_t c) const {
    const BatchLayout::Component& slots = layout_.components[c];
    group_.put_where(mask, slots.at, one.at);
    group_.put_where(mask, slots.ratio, one.ratio);
    if (slots.slowness >= 0) {
      group_.put_where(mask, slots.clock_at, one.clock_at);
      group_.put_where(mask, slots.slowness, one.slowness);
    }
    if (slots.law >= 0) group_.put_where(mask, slots.law, one.law);
  }

  [[nodiscard]] M is_on() const { return source_.when < 0 ? M(true) : scene_.value(source_.when) != 0.0; }

  [[nodiscard]] L origin(const program::Clock& clock) const {
    switch (clock.kind) {
      case program::ClockKind::reset:
        return group_.get(layout_.entered);
      case program::ClockKind::forward:
        return L(0.0);
      case program::ClockKind::since_first:
        return group_.get(layout_.marks[at(clock.mark)].first);
      case program::ClockKind::since_latest:
        return group_.get(layout_.marks[at(clock.mark)].latest);
      case program::ClockKind::age:
        return -group_.get(layout_.start_age);
      case program::ClockKind::calendar:
        break;
    }
    return -group_.get(layout_.start_year);
  }

  // f(slot, origin) of the clocks of its piecewise factors.
  template <class F>
  void each_step(const program::Component& source, F f) const {
    for (std::int32_t k = source.piecewise.first; k < source.piecewise.first + source.piecewise.count; ++k) {
      f(layout_.origins[at(k)], origin(work_.program.piecewise[at(k)].clock));
    }
  }

  // As Reference::stance.
  void stance(PackedComponent& made, std::size_t c, const M& on) const {
    const program::Component& source = *made.source;
    if (source.by >= 0) made.law = group_.get(layout_.attributes + source.by);
    const L begun_at = origin(source.clock);
    const M begun = both(begun_at == begun_at, on);
    L ratio = source.lasting.empty() ? L(source.ratio) : lasting(source, c, begun);
    for (const program::CodeIndex factor : source.ratios) ratio = ratio * scene_.factor(factor, begun);
    made.ratio = select(begun, ratio, L(0.0));
    made.at = select(begun, begun_at, L(0.0));
    made.clock_at = L(0.0);
    made.slowness = L(1.0);
    if (source.warp >= 0) {
      const BatchLayout::Warp& warp = layout_.warps[at(source.warp)];
      made.at = select(begun, group_.get(warp.at), L(0.0));
      made.clock_at = select(begun, group_.get(warp.clock_at), L(0.0));
      made.slowness = select(begun, group_.get(warp.slowness), L(1.0));
    } else if (source.time_ratio >= 0) {
      const L slowness = scene_.value(source.time_ratio);
      scene_.demand(both(slowness > 0.0, slowness < infinity), begun);
      made.slowness = select(begun, slowness, L(1.0));
    }
  }

  [[nodiscard]] L lasting(const program::Component& source, std::size_t c, const M& matters) const {
    const int slot = layout_.components[c].lasting;
    const L known = group_.get(slot);
    const M needed = both(known != known, matters);
    if (!any(needed)) return known;
    L product = source.ratio;
    for (const program::CodeIndex factor : source.lasting) product = product * scene_.factor(factor, needed);
    product = select(needed, product, known);
    group_.put(slot, product);
    return product;
  }

  // As Reference::latch.
  void latch(PackedComponent& one) const {
    const program::Component& source = *one.source;
    if (source.odds_ratio >= 0) one.odds_speed = pow(scene_.factor(source.odds_ratio, M(true)), L(source.odds_power));
    if (source.fraction < 0) return;
    const auto or_1 = [this](program::CodeIndex code) { return code < 0 ? L(1.0) : scene_.value(code); };
    const L fraction = scene_.value(source.fraction), odds = or_1(source.cure_odds_ratio);
    const L uncured = or_1(source.uncured_ratio);
    scene_.demand(both(both(fraction >= 0.0, fraction <= 1.0),
                       both(both(odds >= 0.0, odds < infinity), both(uncured >= 0.0, uncured < infinity))),
                  M(true));
    scene_.demand(opposite(both(fraction == 1.0, odds == 0.0)), M(true));
    const L scaled = fraction * odds / (1.0 - fraction + fraction * odds);
    one.cure = {select(odds != 1.0, scaled, fraction), uncured};
  }

  [[nodiscard]] L draw(const W& visit, const M& who) const {
    scene_.count_draws(who, group_.get(layout_.lives));
    return unit_exponential(uniform(work_.program, source_.name_hash, group_.word(layout_.patient), visit));
  }

  // When the budget is spent, from now on, of those at `hazard`.
  [[nodiscard]] L inverse(const PackedComponent& first, const M& hazard, const L& budget) const {
    if (source_.inverse == program::Inverse::direct) {
      const L ratio = select(hazard, first.ratio, L(1.0)), e = select(hazard, budget, L(1.0));
      return select(hazard, plain_time(work_.program, first, scene_.now, e / ratio, shared_), L(infinity));
    }
    L time = infinity;
    for (int i = 0; i < group_.count; ++i) {
      if (hazard.at[i]) time.at[i] = work_.segments.time(group_[i], d_, scene_.now.at[i], budget.at[i]);
    }
    return time;
  }

  // As Reference::settle: what is left of the budget.
  [[nodiscard]] L settled(const M& differs, const M& was_on) const {
    const L remaining = group_.get(slots_.remaining);
    const M counts = both(differs, both(was_on, remaining == remaining));
    if (!any(counts)) return remaining;
    const L reckoned = group_.get(slots_.reckoned);
    L spent = 0.0;
    if (source_.inverse == program::Inverse::segments || source_.has_fixed) {
      for (int i = 0; i < group_.count; ++i) {
        if (counts.at[i]) spent.at[i] = work_.segments.cumulative(group_[i], d_, reckoned.at[i], scene_.now.at[i]);
      }
    } else {
      const PackedComponent first = stored(at(source_.components.first));
      const M runs = both(counts, first.ratio > 0.0);
      if (any(runs)) {
        spent = select(runs, first.ratio * between(work_.program, first, reckoned, scene_.now, shared_), L(0.0));
      }
    }
    return select(counts, larger(remaining - spent, L(0.0)), remaining);
  }

  [[nodiscard]] SharedAnswer* shared(int first) const {
    const int place = layout_.components[at(source_.components.first)].shared;
    if (place < 0 || source_.inverse != program::Inverse::direct) return nullptr;
    return reinterpret_cast<SharedAnswer*>(work_.answer(place, first / width));
  }

  // As Reference::schedule_fixed.
  [[nodiscard]] L fixed_time(const PackedComponent& one, const M& on) const {
    const L time = one.absolute(L(one.source->delay));
    const M running = both(on, one.ratio > 0.0), past = both(running, time < scene_.now);
    if (one.source->if_past_now) return select(running, select(past, scene_.now, time), L(infinity));
    if (!one.source->if_past_never) scene_.demand(opposite(past), M(true));
    return select(both(running, opposite(past)), time, L(infinity));
  }

  Scene scene_;
  const Group& group_;
  BatchWork& work_;
  const BatchLayout& layout_;
  std::size_t d_;
  const program::Declaration& source_;
  const BatchLayout::Declaration& slots_;
  SharedAnswer* shared_;  // null: nothing is shared
};

inline void start(BatchWork& work, const LifeList& list, std::size_t declaration) {
  for (int i = 0; i < list.count; i += width) Hazards(work, list, i, declaration).start();
}

inline void refresh(BatchWork& work, const LifeList& list, std::size_t declaration) {
  for (int i = 0; i < list.count; i += width) Hazards(work, list, i, declaration).refresh();
}

// As Reference::update_warps.
inline void update_warps(BatchWork& work, const LifeList& list) {
  const BatchLayout& layout = work.layout;
  for (std::size_t w = 0; w < layout.warps.size(); ++w) {
    const program::Warp& source = work.program.warps[w];
    const BatchLayout::Warp& slots = layout.warps[w];
    for (int i = 0; i < list.count; i += width) {
      const Scene scene(work, list, i);
      const Group& group = scene.group;
      M begins = scene.now == 0.0;
      if (source.clock.kind == program::ClockKind::reset) {
        begins = both(M(source.states[at(work.state)]), group.get(layout.entered) == scene.now);
      } else if (source.clock.mark >= 0) {
        const BatchLayout::Mark& mark = layout.marks[at(source.clock.mark)];
        const bool first = source.clock.kind == program::ClockKind::since_first;
        begins = group.get(first ? mark.first : mark.latest) == scene.now;
      }
      const L old_at = group.get(slots.at), old_clock = group.get(slots.clock_at), old = group.get(slots.slowness);
      const M begun = group.get(slots.begun) > 0.0;
      const M restarts = both(begins, opposite(both(begun, both(old_at == scene.now, old_clock == 0.0))));
      M touched = false;
      for (int word = 0; word < layout.change_words; ++word) {
        touched = either(touched, (group.word(layout.changed + word) & source.watches[at(word)]) != W(0));
      }
      const M looks = either(restarts, both(begun, touched));
      if (!any(looks)) continue;
      const L slowness = scene.value(source.time_ratio);
      scene.demand(both(slowness > 0.0, slowness < infinity), looks);
      const M changes = both(looks, either(restarts, slowness != old));
      const L clock = old_clock + (scene.now - old_at) / old;
      group.put_where(changes, slots.clock_at, select(restarts, L(0.0), clock));
      group.put_where(changes, slots.at, scene.now);
      group.put_where(changes, slots.slowness, slowness);
      group.put_where(changes, slots.begun, L(1.0));
    }
  }
}
