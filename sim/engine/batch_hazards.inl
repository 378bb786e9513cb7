// Risk episodes of many lives: reference_hazards.cpp, a pack at a time. Included by batch_kernels.inl.

// A component as it stands in each life of a pack.
struct PackedComponent {
  const program::Component* source = nullptr;
  L law = 0.0;  // level of the attribute `by`
  L at = 0.0, clock_at = 0.0, slowness = 1.0, ratio = 0.0;
  L odds_speed = 1.0;
  distributions::CureOn<L> cure{L(0.0), L(1.0)};

  [[nodiscard]] L clock(const L& t) const {
    return source->time_ratio < 0 ? clock_at + (t - at) : clock_at + (t - at) / slowness;
  }
  [[nodiscard]] L absolute(const L& s) const {
    return source->time_ratio < 0 ? at + (s - clock_at) : at + (s - clock_at) * slowness;
  }
};

// f(law) of each life's law.
template <class F>
L by_law(const BatchWork& work, const PackedComponent& c, F f) {
  const program::Range laws = c.source->laws;
  const distributions::Law* first = &work.program.laws[at(laws.first)];
  if (c.source->by < 0) return f(*first);
  L result = f(*first);
  for (std::int32_t k = 1; k < laws.count; ++k) {
    const M here = c.law == L(static_cast<double>(k));
    if (any(here)) result = select(here, f(first[k]), result);
  }
  return result;
}

// What declarations with one law on one clock need alike, remembered from one to the next of the same list: the hazard
// between two times, and the shares of cured and uncured at one.
struct SharedAnswer {
  L at, from, to, between;
  L shares_at, shares_time;
  distributions::cure_lanes::Shares<L> shares;
  bool has_between, has_shares;
};
static_assert(sizeof(SharedAnswer) <= BatchWork::answer_size);

inline L time_from(const PackedComponent& c, const distributions::FormulasOn<L>& of, const distributions::Law& law,
                   const L& start, const L& e, const L& now, SharedAnswer* shared) {
  if (!c.source->cured) return of.time_from(law, start, e);
  if (shared == nullptr) return distributions::cure_lanes::time_from(c.cure, of, law, start, e);
  if (!shared->has_shares || any(either(shared->shares_at != c.at, shared->shares_time != now))) {
    shared->shares = distributions::cure_lanes::shares_at(c.cure, of, law, start);
    shared->shares_at = c.at;
    shared->shares_time = now;
    shared->has_shares = true;
  }
  return distributions::cure_lanes::time_from(c.cure, shared->shares, of, law, start, e);
}

inline L plain_time(const BatchWork& work, const PackedComponent& c, const L& a, const L& e, SharedAnswer* shared) {
  const program::Component& source = *c.source;
  const bool odds = source.odds_ratio >= 0;
  const L clock = c.clock(a);
  const L s0 = odds ? clock * c.odds_speed : clock;
  const M from_zero = s0 <= 0.0, later = opposite(from_zero);
  const L start = select(from_zero, L(1.0), s0);
  const L s = by_law(work, c, [&](const distributions::Law& law) {
    const auto& of = distributions::formulas_on<L>[law.family];
    L time = L(infinity);
    if (any(from_zero)) {
      time = source.cured ? distributions::cure_lanes::time_from_zero(c.cure, of, law, e) : of.time_from_zero(law, e);
    }
    if (any(later)) time = select(later, time_from(c, of, law, start, e, a, shared), time);
    return time;
  });
  L result = larger(a, c.absolute(odds ? s / c.odds_speed : s));
  if (source.cured && source.fraction < 0 && source.cure.fraction > 0) {
    result = select(e >= L(distributions::cumulative_hazard_limit(source.cure)), L(infinity), result);
  }
  return result;
}

inline L plain_between(const BatchWork& work, const PackedComponent& c, const L& a, const L& b) {
  const auto on_clock = [&](const L& t) {
    const L s = larger(c.clock(t), L(0.0));
    return c.source->odds_ratio >= 0 ? s * c.odds_speed : s;
  };
  const L s0 = on_clock(a), s1 = on_clock(b);
  return by_law(work, c, [&](const distributions::Law& law) {
    const auto& of = distributions::formulas_on<L>[law.family];
    return c.source->cured ? distributions::cure_lanes::cumulative_hazard_between(c.cure, of, law, s0, s1)
                           : of.between(law, s0, s1);
  });
}

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
      if (source_.latched) latch(one, c);
      stance(one, c, on);
      if (slots_.kept) store(one, c);
      if (one.source->fixed) {
        fixed = smaller(fixed_time(one, on), fixed);
      } else {
        hazard = either(hazard, one.ratio > 0.0);
      }
      const program::Range steps = one.source->piecewise;
      for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k) {
        group_.put(layout_.origins[at(k)], origin(work_.program.piecewise[at(k)].clock));
      }
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
    group_.set_bit(layout_.hazard, d_, hazard);
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
      const program::Range steps = fresh.source->piecewise;
      for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k) {
        const L now = origin(work_.program.piecewise[at(k)].clock), before = group_.get(layout_.origins[at(k)]);
        differs = either(differs, opposite(either(now == before, both(now != now, before != before))));
      }
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
      const program::Range steps = fresh.source->piecewise;
      for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k) {
        group_.put_where(differs, layout_.origins[at(k)], origin(work_.program.piecewise[at(k)].clock));
      }
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
    group_.set_bit(layout_.hazard, d_, either(pending, both(opposite(differs), group_.bit(layout_.hazard, d_))));
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
    return plain_time(work_, only, scene_.now, only.source->ratio == 1 ? e : e / L(only.source->ratio), nullptr);
  }
  [[nodiscard]] PackedComponent plain(std::size_t c) const {
    PackedComponent made;
    made.source = &work_.program.components[c];
    made.cure = {L(made.source->cure.fraction), L(made.source->cure.uncured_hazard_ratio)};
    return made;
  }
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
  void latch(PackedComponent& one, std::size_t) const {
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
    return -log(uniform(work_.program, source_.name_hash, group_.word(layout_.patient), visit));
  }

  // When the budget is spent, from now on, of those at `hazard`.
  [[nodiscard]] L inverse(const PackedComponent& first, const M& hazard, const L& budget) const {
    if (source_.inverse == program::Inverse::direct) {
      const L ratio = select(hazard, first.ratio, L(1.0)), e = select(hazard, budget, L(1.0));
      return select(hazard, plain_time(work_, first, scene_.now, e / ratio, shared_), L(infinity));
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
        spent = select(runs, first.ratio * between(first, reckoned), L(0.0));
      }
    }
    return select(counts, larger(remaining - spent, L(0.0)), remaining);
  }

  // The hazard of the component, without its factors, from then until now.
  [[nodiscard]] L between(const PackedComponent& c, const L& then) const {
    if (shared_ == nullptr) return plain_between(work_, c, then, scene_.now);
    const bool known = shared_->has_between &&
                       !any(either(either(shared_->at != c.at, shared_->from != then), shared_->to != scene_.now));
    if (!known) {
      shared_->between = plain_between(work_, c, then, scene_.now);
      shared_->at = c.at;
      shared_->from = then;
      shared_->to = scene_.now;
      shared_->has_between = true;
    }
    return shared_->between;
  }

  [[nodiscard]] SharedAnswer* shared(int first) const {
    const int place = layout_.components[at(source_.components.first)].shared;
    if (place < 0 || source_.inverse != program::Inverse::direct) return nullptr;
    return static_cast<SharedAnswer*>(work_.answer(place, first / width));
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

inline void start(BatchWork& work, std::size_t declaration, const LifeList& list) {
  for (int i = 0; i < list.count; i += width) Hazards(work, list, i, declaration).start();
}

inline void refresh(BatchWork& work, std::size_t declaration, const LifeList& list) {
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
