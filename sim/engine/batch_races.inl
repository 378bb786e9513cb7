// Times that compete from entry into a state, in columns of lives: what races.hpp is made of. Included by
// batch_kernels.inl. Each loop does one thing, and calls nothing, so that packs overlap in the processor.

inline L load(const double* numbers) {
  L::Native native;
  std::memcpy(&native, numbers, sizeof native);
  return L(native);
}
inline W load(const std::uint64_t* words) {
  W::Native native;
  std::memcpy(&native, words, sizeof native);
  return W(native);
}
inline void save(const L& x, double* numbers) {
  std::memcpy(numbers, &x.at, sizeof x.at);
}

[[gnu::flatten]] inline void draw_uniforms(const program::Program& program, std::uint32_t name_hash,
                                           const Entrants& lives) {
  for (int i = 0; i < lives.count; i += width) {
    const W visit = lives.visit == nullptr ? W(0) : load(lives.visit + i);
    save(uniform(program, name_hash, load(lives.patient + i), visit), lives.drawn + i);
  }
}

// In place, of `count` uniforms; `ratio` null: `same_ratio`.
[[gnu::flatten]] inline void to_budgets(double* drawn, int count, const double* ratio, double same_ratio) {
  for (int i = 0; i < count; i += width) {
    const L e = unit_exponential(load(drawn + i));
    save(ratio == nullptr ? (same_ratio == 1 ? e : e / L(same_ratio)) : e / load(ratio + i), drawn + i);
  }
}

// In place.
template <class F>
inline void to_times(const distributions::Law& law, double* drawn, int count) {
  for (int i = 0; i < count; i += width) save(F::template time_from_zero<L>(law, load(drawn + i)), drawn + i);
}
template <class F>
[[gnu::flatten]] inline void to_times_flat(const distributions::Law& law, double* drawn, int count) {
  to_times<F>(law, drawn, count);
}
// Families in pieces or without a cheap inverse would be much code, and seldom are here.
inline constexpr auto to_times_of = distributions::for_each_family([]<class F>(distributions::FamilyTag<F>) {
  if constexpr (requires { F::compiled; })
    return &to_times<F>;
  else
    return &to_times_flat<F>;
});

inline void see_who_is_first(const Entrants& lives, int i, const L& due, double number) {
  const L next = load(lives.next + i);
  const M sooner = due < next;
  save(select(sooner, due, next), lives.next + i);
  save(select(sooner, L(number), load(lives.which + i)), lives.which + i);
}

// Those who are not certainly too late side by side: of rare transitions most are.
inline void compete_with_few(const program::Component& source, const distributions::Law& law,
                             const Competitor& competitor, const Entrants& lives) {
  int count = 0;
  for (int i = 0; i < lives.count; ++i) {
    const double u = lives.drawn[i];
    lives.few[count] = i;
    lives.few_now[count] = u;
    count += u > competitor.too_late ? 1 : 0;
  }
  if (count == 0) return;
  for (int i = count; i % width != 0; ++i) lives.few_now[i] = lives.few_now[0];
  to_budgets(lives.few_now, count, nullptr, source.ratio);
  to_times_of[law.family](law, lives.few_now, count);
  for (int k = 0; k < count; ++k) {
    const int i = lives.few[k];
    const double due = larger(lives.now[i], lives.now[i] + lives.few_now[k]);
    const bool sooner = due < lives.next[i];
    lives.next[i] = sooner ? due : lives.next[i];
    lives.which[i] = sooner ? competitor.number : lives.which[i];
  }
}

// As Hazards::start and plain_time have it, of hazards that do not change.
inline void compete(const program::Program& program, const Competitor& competitor, const Entrants& lives) {
  constexpr double worthwhile = 0.25;  // to pick those who are not too late, if so many are
  const program::Declaration& declaration = program.declarations[competitor.declaration];
  const program::Component& source = program.components[at(declaration.components.first)];
  const distributions::Law& law = program.laws[at(source.laws.first)];
  draw_uniforms(program, declaration.name_hash, lives);
  if (competitor.too_late > worthwhile) return compete_with_few(source, law, competitor, lives);
  to_budgets(lives.drawn, lives.count, lives.ratio, source.ratio);
  if (competitor.from_zero) {
    to_times_of[law.family](law, lives.drawn, lives.count);
    for (int i = 0; i < lives.count; i += width) {
      const L now = load(lives.now + i);
      L due = larger(now, now + load(lives.drawn + i));
      if (lives.ratio != nullptr) due = select(load(lives.ratio + i) > 0.0, due, L(infinity));
      see_who_is_first(lives, i, due, competitor.number);
    }
    return;
  }
  PackedComponent only = packed(source);
  const bool reset = source.clock.kind == program::ClockKind::reset;
  for (int i = 0; i < lives.count; i += width) {
    const L now = load(lives.now + i);
    L e = load(lives.drawn + i);
    M hazard = true;
    if (lives.ratio != nullptr) {
      hazard = load(lives.ratio + i) > 0.0;
      e = select(hazard, e, L(1.0));
    }
    only.at = reset ? now : L(0.0);
    const L due = select(hazard, plain_time(program, only, now, e, nullptr), L(infinity));
    see_who_is_first(lives, i, due, competitor.number);
  }
}

// What the expressions of a patient's lasting hazard ratios see.
struct BaselineView {
  const double* attributes;  // of the first of the pack
  std::size_t width, last;   // who is the last to be there

  [[nodiscard]] L attribute(std::int32_t id) const {
    return L::make([&](std::size_t i) { return attributes[std::min(i, last) * width + at(id)]; });
  }
  [[nodiscard]] L latest(std::int32_t) const { return L(not_a_number); }
  [[nodiscard]] L count(std::int32_t) const { return L(0.0); }
  [[nodiscard]] L now() const { return L(0.0); }
  [[nodiscard]] L in_set(std::int32_t) const { return L(0.0); }
};

inline void ratios(const program::Program& program, std::size_t component, const double* attributes,
                   std::size_t columns, std::size_t patients, double* ratio) {
  const program::Component& source = program.components[component];
  for (std::size_t p = 0; p < patients; p += width) {
    const BaselineView view{attributes + p * columns, columns, patients - 1 - p};
    L product = source.ratio;
    M valid = true;
    for (const program::CodeIndex index : source.lasting) {
      const L factor = expression::evaluate_lanes<L>(program.codes[at(index)], view);
      valid = both(valid, both(factor >= 0.0, factor < infinity));
      product = product * factor;
    }
    save(select(valid, product, L(not_a_number)), ratio + p);
  }
}
