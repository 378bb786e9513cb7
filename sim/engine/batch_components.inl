// A component of a hazard in many lives: hazard.hpp, a pack at a time. Included by batch_kernels.inl.

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

// As nobody has begun it yet.
inline PackedComponent packed(const program::Component& source) {
  PackedComponent made;
  made.source = &source;
  made.cure = {L(source.cure.fraction), L(source.cure.uncured_hazard_ratio)};
  return made;
}

// f(law) of each life's law.
template <class F>
L by_law(const program::Program& program, const PackedComponent& c, F f) {
  const program::Range laws = c.source->laws;
  const distributions::Law* first = &program.laws[at(laws.first)];
  if (c.source->by < 0) return f(*first);
  L result = f(*first);
  for (std::int32_t k = 1; k < laws.count; ++k) {
    const M here = c.law == L(static_cast<double>(k));
    if (any(here)) result = select(here, f(first[k]), result);
  }
  return result;
}

// What declarations with one law on one clock need alike, remembered from one to the next of the same list: the hazard
// between two times, and the shares of cured and uncured at one. NaN: nothing yet, which no question is equal to.
struct SharedAnswer {
  L at, from, to, between;
  L shares_at, shares_time;
  distributions::cure_lanes::Shares<L> shares;
};
static_assert(sizeof(SharedAnswer) <= BatchWork::answer_size * sizeof(double));

inline L time_from(const PackedComponent& c, const distributions::FormulasOn<L>& of, const distributions::Law& law,
                   const L& start, const L& e, const L& now, SharedAnswer* shared) {
  if (!c.source->cured) return of.time_from(law, start, e);
  if (shared == nullptr) return distributions::cure_lanes::time_from(c.cure, of, law, start, e);
  if (any(either(shared->shares_at != c.at, shared->shares_time != now))) {
    shared->shares = distributions::cure_lanes::shares_at(c.cure, of, law, start);
    shared->shares_at = c.at;
    shared->shares_time = now;
  }
  return distributions::cure_lanes::time_from(c.cure, shared->shares, of, law, start, e);
}

inline L plain_time(const program::Program& program, const PackedComponent& c, const L& a, const L& e,
                    SharedAnswer* shared) {
  const program::Component& source = *c.source;
  const bool odds = source.odds_ratio >= 0;
  const L clock = c.clock(a);
  const L s0 = odds ? clock * c.odds_speed : clock;
  const M from_zero = s0 <= 0.0, later = opposite(from_zero);
  const L start = select(from_zero, L(1.0), s0);
  const L s = by_law(program, c, [&](const distributions::Law& law) {
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

inline L plain_between(const program::Program& program, const PackedComponent& c, const L& a, const L& b) {
  const auto on_clock = [&](const L& t) {
    const L s = larger(c.clock(t), L(0.0));
    return c.source->odds_ratio >= 0 ? s * c.odds_speed : s;
  };
  const L s0 = on_clock(a), s1 = on_clock(b);
  return by_law(program, c, [&](const distributions::Law& law) {
    const auto& of = distributions::formulas_on<L>[law.family];
    return c.source->cured ? distributions::cure_lanes::cumulative_hazard_between(c.cure, of, law, s0, s1)
                           : of.between(law, s0, s1);
  });
}

// The same, remembered.
inline L between(const program::Program& program, const PackedComponent& c, const L& a, const L& b,
                 SharedAnswer* shared) {
  if (shared == nullptr) return plain_between(program, c, a, b);
  if (any(either(either(shared->at != c.at, shared->from != a), shared->to != b))) {
    shared->between = plain_between(program, c, a, b);
    shared->at = c.at;
    shared->from = a;
    shared->to = b;
  }
  return shared->between;
}
