// What branches decide in many lives: Reference::choose, a pack at a time. Included by batch_kernels.inl.

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

inline void choose(BatchWork& work, const LifeList& list, const program::Program& program, std::size_t branch,
                   std::int32_t* option) {
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
      scene.count_draws(M(true), source.by_strategy ? L(1.0) : scene.group.get(work.layout.lives));
      chosen = source.choice == program::ChoiceKind::ordinal ? by_level(scene, program, source, u)
                                                             : by_probability(scene, program, source, u);
    }
    const M valid = both(chosen >= 0.0, chosen < L(options));
    scene.demand(valid, M(true));
    chosen = select(valid, chosen, L(0.0));
    to_array(scene, chosen, option + i);
  }
}

inline void test(BatchWork& work, const LifeList& list, program::CodeIndex code, std::int32_t* holds) {
  for (int i = 0; i < list.count; i += width) {
    const Scene scene(work, list, i);
    to_array(scene, select(scene.value(code) != 0.0, L(1.0), L(0.0)), holds + i);
  }
}
