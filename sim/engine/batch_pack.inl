// Packs of lives: what batch_kernels.inl is written in. Included in the anonymous namespace of each instruction set,
// with SOJOURN_PACK lives side by side.

struct ThisIsa {};
inline constexpr int width = SOJOURN_PACK;
using L = Pack<width, ThisIsa>;
using W = Words<width, ThisIsa>;
using M = Mask<L>;

SOJOURN_INSTRUCTION inline W where(const M& mask, const W& word) {
  return W(std::bit_cast<W::Native>(mask.at) & word.at);
}
SOJOURN_INSTRUCTION inline L counting_up() {
  return L::make([](std::size_t i) { return static_cast<double>(i); });
}
SOJOURN_INSTRUCTION inline double sum(const L& x) {
  double total = 0;
  for (int i = 0; i < width; ++i) total += x.at[i];
  return total;
}

// The products of the low halves.
SOJOURN_INSTRUCTION inline W multiply_low(const W& a, const W& b) {
#if defined(__AVX512F__)
  static_assert(width == 8);
  return W(std::bit_cast<W::Native>(
      _mm512_maskz_mul_epu32(0xff, std::bit_cast<__m512i>(a.at), std::bit_cast<__m512i>(b.at))));
#elif defined(__AVX2__)
  static_assert(width == 4);
  return W(std::bit_cast<W::Native>(_mm256_mul_epu32(std::bit_cast<__m256i>(a.at), std::bit_cast<__m256i>(b.at))));
#elif defined(__SSE2__)
  struct Halves {
    __m128i half[width / 2];
  };
  const auto x = std::bit_cast<Halves>(a.at), y = std::bit_cast<Halves>(b.at);
  Halves product;
  for (int i = 0; i < width / 2; ++i) product.half[i] = _mm_mul_epu32(x.half[i], y.half[i]);
  return W(std::bit_cast<W::Native>(product));
#elif defined(__aarch64__)
  static_assert(width == 2);
  const auto low_halves = [](const W& x) { return vmovn_u64(std::bit_cast<uint64x2_t>(x.at)); };
  return W(std::bit_cast<W::Native>(vmull_u32(low_halves(a), low_halves(b))));
#else
  constexpr std::uint64_t low = 0xffff'ffff;
  return W((a.at & low) * (b.at & low));
#endif
}

// The first uniform of each life's draw at index 0: the bits of uniforms() in base/uniform.hpp. Only the low halves of
// the words of a counter are looked at.
inline L uniform(const program::Program& program, std::uint32_t name_hash, const W& patient, const W& visit) {
  W c0 = patient, c1 = (patient >> 32) & std::uint64_t{0xffff}, c2 = std::uint64_t{name_hash}, c3 = visit;
  std::uint32_t key_0 = program.seed, key_1 = program.replicate;
  for (int round = 0; round < 10; ++round) {
    const W even = multiply_low(c0, W(philox::even_factor)), odd = multiply_low(c2, W(philox::odd_factor));
    c0 = (odd >> 32) ^ c1 ^ W(std::uint64_t{key_0});
    c1 = odd;
    c2 = (even >> 32) ^ c3 ^ W(std::uint64_t{key_1});
    c3 = even;
    key_0 += philox::key_0_step;
    key_1 += philox::key_1_step;
  }
  return open_uniform<L>((c1 << 32) | (c0 & std::uint64_t{0xffff'ffff}));
}

// A pack of lives.
class Group {
 public:
  Group(const LifeList& list, int first)
      : life_(list.first + first),
        real(counting_up() < L(static_cast<double>(list.count - first))),
        count(std::min(width, list.count - first)) {}

  SOJOURN_INSTRUCTION [[nodiscard]] L get(int slot) const {
    return L::make([&](std::size_t i) __attribute__((always_inline)) { return life_[i][slot]; });
  }
  SOJOURN_INSTRUCTION [[nodiscard]] W word(int slot) const { return word_of(get(slot)); }
  SOJOURN_INSTRUCTION void put(int slot, const L& x) const {
    for (int i = 0; i < width; ++i) life_[i][slot] = x.at[i];
  }
  SOJOURN_INSTRUCTION void put(int slot, const W& x) const { put(slot, from_word(x)); }
  SOJOURN_INSTRUCTION void put_where(const M& mask, int slot, const L& x) const {
    put(slot, select(mask, x, get(slot)));
  }
  SOJOURN_INSTRUCTION [[nodiscard]] M bit(int words, std::size_t position) const {
    return (word(words + static_cast<int>(position / 64)) & (std::uint64_t{1} << (position % 64))) != W(0);
  }
  SOJOURN_INSTRUCTION void set_bit(int words, std::size_t position, const M& value) const {
    const int slot = words + static_cast<int>(position / 64);
    const std::uint64_t one = std::uint64_t{1} << (position % 64);
    put(slot, (word(slot) & ~one) | where(value, one));
  }
  SOJOURN_INSTRUCTION [[nodiscard]] LifeRecord operator[](int i) const { return life_[i]; }

 private:
  LifeRecord* life_;

 public:
  M real;     // not the record that nobody lives
  int count;  // of these
};

// What expressions see of the lives.
struct View {
  const expression::Code& code;
  const BatchWork& work;
  const Group& group;
  const L& time;

  [[nodiscard]] L attribute(std::int32_t id) const { return group.get(work.layout.attributes + id); }
  [[nodiscard]] L latest(std::int32_t mark) const { return group.get(work.layout.marks[at(mark)].latest); }
  [[nodiscard]] L count(std::int32_t mark) const { return group.get(work.layout.marks[at(mark)].count); }
  [[nodiscard]] L now() const { return time; }
  [[nodiscard]] L in_set(std::int32_t set) const { return L(expression::in_set(code, work.state, set)); }
};

// A pack with the time and what is computed for it.
struct Scene {
  BatchWork& work;
  Group group;
  L now;

  Scene(BatchWork& of, const LifeList& list, int first) : work(of), group(list, first), now(group.get(of.layout.now)) {}

  [[nodiscard]] L value(const program::Program& program, program::CodeIndex index) const {
    const expression::Code& code = program.codes[at(index)];
    return expression::evaluate_lanes<L>(code, View{code, work, group, now});
  }
  [[nodiscard]] L value(program::CodeIndex index) const { return value(work.program, index); }
  // Fails where a value that matters is not valid.
  void demand(const M& valid, const M& where_it_matters) const {
    if (any(both(opposite(valid), both(where_it_matters, group.real)))) work.failed = true;
  }
  [[nodiscard]] L factor(program::CodeIndex index, const M& matters) const {
    const L x = value(index);
    demand(both(x >= 0.0, x < infinity), matters);
    return x;
  }
  // Notes that the lives of `who` have drawn, each for so many strategies.
  void count_draws(const M& who, const L& strategies) const {
    const M drawing = both(who, group.real);
    work.draws += static_cast<std::uint64_t>(sum(select(drawing, strategies, L(0.0))));
    work.draws_made += static_cast<std::uint64_t>(sum(select(drawing, L(1.0), L(0.0))));
  }
  void mark_changed(std::size_t bit, const M& value) const {
    if (!work.layout.tracks_changes) return;
    const int slot = work.layout.changed + static_cast<int>(bit / 64);
    group.put(slot, group.word(slot) | where(value, std::uint64_t{1} << (bit % 64)));
  }
};

// Arrays by life of a list.
template <class T>
inline L from_array(const T* values) {
  return L::make([values](std::size_t lane) { return static_cast<double>(values[lane]); });
}
// Of those who are there.
template <class T>
inline void to_array(const Scene& scene, const L& values, T* array) {
  for (int lane = 0; lane < scene.group.count; ++lane) array[lane] = static_cast<T>(values.at[lane]);
}
