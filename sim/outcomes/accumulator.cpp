#include "outcomes/accumulator.hpp"

#include <algorithm>

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "outcomes/at_instant.hpp"
#include "outcomes/seen.hpp"
#include "outcomes/to_event.hpp"

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

// Calls use(i) for each place at which two columns differ. Mostly none of many do.
template <class Use>
void for_each_difference(const std::uint32_t* a, const std::uint32_t* b, std::size_t count, Use use) {
  constexpr std::size_t together = 8;
  std::size_t i = 0;
  for (; i + together <= count; i += together) {
    std::uint32_t different = 0;
    for (std::size_t j = i; j < i + together; ++j) different |= a[j] ^ b[j];
    if (different == 0) continue;
    for (std::size_t j = i; j < i + together; ++j) {
      if (a[j] != b[j]) use(j);
    }
  }
  for (; i < count; ++i) {
    if (a[i] != b[i]) use(i);
  }
}

// What patients with these codes under a pair's strategies add to the pair's cells.
void add_cells(const Item& item, std::uint32_t a, std::uint32_t b, std::uint64_t patients, PairCounts* counts) {
  const Seen seen_a = Seen::from(item, a), seen_b = Seen::from(item, b);
  std::int32_t number = 0;
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantity != Quantity::proportion) continue;
    const Mark of_a = seen_a.mark(item, cell, number), of_b = seen_b.mark(item, cell, number);
    ++number;
    if (seen_a.group == seen_b.group) {
      if (of_a != of_b) counts[at(seen_a.group) * item.cells.size() + k].add(of_a, of_b, patients);
      continue;
    }
    if (seen_a.group != not_counted) {
      counts[at(seen_a.group) * item.cells.size() + k].add(of_a, Mark::absent, patients);
    }
    if (seen_b.group != not_counted) {
      counts[at(seen_b.group) * item.cells.size() + k].add(Mark::absent, of_b, patients);
    }
  }
}

}  // namespace

Accumulator::Accumulator(const Plan& plan)
    : compiled_(plan.compiled()),
      counts_(compiled_->strategies.size() * compiled_->counts, 0),
      means_(compiled_->strategies.size() * compiled_->means),
      passages_(compiled_->ways == Ways::counted ? compiled_->strategies.size() : 0, Passage(compiled_->passages)),
      joint_(compiled_->pairs.size() * compiled_->joints, 0),
      pair_counts_(compiled_->pairs.size() * compiled_->cells),
      pair_means_(compiled_->pairs.size() * compiled_->means),
      changes_late_(compiled_->items.size(), 0),
      lives_(*compiled_) {
  for (std::size_t s = 0; s < compiled_->strategies.size(); ++s) {
    for (const Item& item : compiled_->items) {
      for (std::size_t g = 0; item.curve && g < item.groups.size(); ++g) curves_.emplace_back(item.grid.bins());
    }
  }
}

void Accumulator::update(const history::Block& block) {
  const std::size_t strategies = compiled_->strategies.size();
  if (block.strategies.size() != strategies) throw RunError("outcomes: a block with other strategies than planned");
  if (block.patients > most_patients - patients_) throw RunError("outcomes: more than 2^40 patients");
  patients_ += block.patients;
  for (std::size_t s = 0; s < passages_.size(); ++s) passages_[s].add(block.strategies[s]);
  if (compiled_->items.empty()) return;
  lives_.open(block);
  for (std::size_t i = 0; i < compiled_->items.size(); ++i) {
    const Item& item = compiled_->items[i];
    if (item.curve) {
      add_curves(item);
      continue;
    }
    lives_.record(item, i, records_);
    if (item.places > 0) {
      if (changes_late_[i] == 0 && outcomes::changes_late(item, lives_.answers(), lives_.counted(item.frame))) {
        changes_late_[i] = 1;
      }
      add_counts(item);
      if (!compiled_->pairs.empty()) add_pairs_of_counts(item);
    }
    if (item.means > 0) add_means(item);
  }
}

void Accumulator::add_curves(const Item& item) {
  const Counted& counted = lives_.counted(item.frame);
  for (const std::uint32_t l : counted.lives) {
    const auto end = curve_end(item, lives_.answers(), l);
    if (!end) continue;
    for (const std::uint32_t s : lives_.strategies_of(l)) {
      curves_[s * compiled_->curves + item.first_curve + at(counted.group[l])].add(item.grid, *end);
    }
  }
}

// All who are counted as if nothing happened to them; then those to whom something does.
void Accumulator::add_counts(const Item& item) {
  const std::size_t a_group = item.counts_a_group(), usual_place = at(records_.usual_place);
  const Counted& counted = lives_.counted(item.frame);
  const auto own = [&](std::uint32_t strategy, std::int32_t group) {
    return counts_.data() + strategy * compiled_->counts + item.first_count + at(group) * a_group;
  };
  const std::uint32_t* in_run = counted.in_run.data();
  for (const BlockLives::Run& run : lives_.runs()) {
    for (std::size_t g = 0; g < item.groups.size(); ++g, ++in_run) {
      if (*in_run == 0) continue;
      for (const std::uint32_t s : run.strategies) own(s, static_cast<std::int32_t>(g))[usual_place] += *in_run;
    }
  }
  for (const Records::Record& one : records_.listed) {
    for (const std::uint32_t s : lives_.strategies_of(one.life)) {
      --own(s, counted.group[one.life])[usual_place];
      if (one.group == not_counted) continue;
      ++own(s, one.group)[at(one.place)];
      if (at(one.followed) != item.steps) ++own(s, one.group)[item.places + at(one.followed)];
    }
  }
}

// What the cells see of each life.
void Accumulator::encode(const Item& item) {
  const Counted& counted = lives_.counted(item.frame);
  usual_codes_.clear();
  for (std::int32_t group = not_counted; group < static_cast<std::int32_t>(item.groups.size()); ++group) {
    usual_codes_.push_back(Seen::of(item, group, records_.usual_place, records_.usual_followed));
  }
  if (counted.all) {
    std::ranges::fill(records_.code, usual_codes_[1]);
  } else {
    for (std::size_t l = 0; l < records_.code.size(); ++l) records_.code[l] = usual_codes_[at(counted.group[l] + 1)];
  }
  for (const Records::Record& one : records_.listed) {
    records_.code[one.life] = Seen::of(item, one.group, one.place, one.followed);
  }
}

void Accumulator::add_pairs_of_counts(const Item& item) {
  encode(item);
  const std::uint32_t* const code = records_.code.data();
  std::uint64_t* const joint = joint_.data() + item.first_joint;
  PairCounts* const cells = pair_counts_.data() + item.first_cell;
  for (const BlockLives::Couples& couples : lives_.couples()) {
    const std::uint32_t *const codes_a = code + couples.a, *const codes_b = code + couples.b;
    for_each_difference(codes_a, codes_b, couples.count, [&](std::size_t i) {
      for (const Met& met : couples.met) {
        const std::uint32_t a = met.swapped ? codes_b[i] : codes_a[i], b = met.swapped ? codes_a[i] : codes_b[i];
        if (item.codes > 0) {
          ++joint[met.pair * compiled_->joints + static_cast<std::size_t>(a * item.codes + b)];
        } else {
          add_cells(item, a, b, 1, cells + met.pair * compiled_->cells);
        }
      }
    });
  }
}

// The frame's, but for those who are not counted after all.
const std::vector<std::int32_t>& Accumulator::groups_of_means(const Item& item) {
  const std::vector<std::int32_t>& groups = lives_.counted(item.frame).group;
  const auto dropped = [](const Records::Record& one) { return one.group == not_counted; };
  if (std::ranges::none_of(records_.listed, dropped)) return groups;
  groups_ = groups;
  for (const Records::Record& one : records_.listed) {
    if (dropped(one)) groups_[one.life] = not_counted;
  }
  return groups_;
}

void Accumulator::add_means(const Item& item) {
  const std::vector<std::int32_t>& groups = groups_of_means(item);
  const bool all = lives_.counted(item.frame).all && &groups != &groups_;
  for (std::size_t number = 0; number < item.groups.size() * item.means; ++number) {
    const std::vector<std::int64_t>& values = records_.values[number % item.means];
    if (all) {
      add_means_of(item, number, values.data(), nullptr);
      continue;
    }
    const auto group = static_cast<std::int32_t>(number / item.means);
    in_the_group_.resize(groups.size());
    for (std::size_t l = 0; l < groups.size(); ++l) in_the_group_[l] = groups[l] == group ? values[l] : no_number;
    add_means_of(item, number, in_the_group_.data(), groups.data());
  }
}

// Of a mean in a group, to which those outside have no number; without `groups` nobody is outside.
void Accumulator::add_means_of(const Item& item, std::size_t number, const std::int64_t* values,
                               const std::int32_t* groups) {
  const auto group = static_cast<std::int32_t>(number / item.means);
  for (const BlockLives::Run& run : lives_.runs()) {
    MeanSums sums;
    sums.add(values + run.begin, run.end - run.begin);
    if (groups != nullptr) {
      const auto in = std::count(groups + run.begin, groups + run.end, group);
      sums.too_short -= static_cast<std::int64_t>(run.end - run.begin) - in;
    }
    for (const std::uint32_t s : run.strategies) {
      means_[s * compiled_->means + item.first_mean + number].combine(sums);
    }
  }
  for (const BlockLives::Couples& couples : lives_.couples()) {
    PairMeans sums;
    sums.add(values + couples.a, values + couples.b, couples.count);
    if (sums.empty()) continue;
    for (const Met& met : couples.met) {
      pair_means_[met.pair * compiled_->means + item.first_mean + number].combine(met.swapped ? sums.swapped() : sums);
    }
  }
}

void Accumulator::combine(const Accumulator& other) {
  if (other.counts_.size() != counts_.size() || other.means_.size() != means_.size() ||
      other.curves_.size() != curves_.size()) {
    throw RunError("outcomes: sums of different plans cannot be combined");
  }
  if (other.patients_ > most_patients - patients_) throw RunError("outcomes: more than 2^40 patients");
  patients_ += other.patients_;
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  for (std::size_t i = 0; i < means_.size(); ++i) means_[i].combine(other.means_[i]);
  for (std::size_t i = 0; i < curves_.size(); ++i) curves_[i].combine(other.curves_[i]);
  for (std::size_t i = 0; i < passages_.size(); ++i) passages_[i].combine(other.passages_[i]);
  for (std::size_t i = 0; i < joint_.size(); ++i) joint_[i] += other.joint_[i];
  for (std::size_t i = 0; i < pair_counts_.size(); ++i) pair_counts_[i].combine(other.pair_counts_[i]);
  for (std::size_t i = 0; i < pair_means_.size(); ++i) pair_means_[i].combine(other.pair_means_[i]);
  for (std::size_t i = 0; i < changes_late_.size(); ++i) changes_late_[i] |= other.changes_late_[i];
}

template <class Stream>
void Accumulator::pass(Stream& stream) {
  stream.pass(patients_);
  stream.pass_sparse(counts_);
  stream.pass_sparse(joint_);
  for (MeanSums& one : means_) one.pass(stream);
  for (CurveCounts& one : curves_) one.pass(stream);
  for (PairCounts& one : pair_counts_) one.pass(stream);
  for (PairMeans& one : pair_means_) one.pass(stream);
  for (std::uint8_t& one : changes_late_) stream.pass(one);
  for (Passage& one : passages_) {
    if constexpr (std::is_same_v<Stream, ByteReader>) {
      one.restore(stream);
    } else {
      one.store(stream);
    }
  }
}

std::string Accumulator::stored() {
  ByteWriter writer;
  pass(writer);
  return writer.take();
}

void Accumulator::add_stored(std::string_view bytes) {
  ByteReader reader(bytes);
  if (patients_ > 0) {
    Accumulator more(*this);
    more.pass(reader);
    combine(more);
  } else {
    pass(reader);
  }
  if (!reader.at_end()) throw MalformedBytes();
}

std::vector<ProportionSums> Accumulator::free_at_times(const Item& item, std::size_t group,
                                                       std::size_t strategy) const {
  const std::uint64_t* own =
      counts_.data() + strategy * compiled_->counts + item.first_count + group * item.counts_a_group();
  Int128 patients = 0;
  for (std::size_t place = 0; place < item.places; ++place) patients += static_cast<Int128>(own[place]);
  std::vector<ProportionSums> at_times(item.steps);
  Int128 free = patients, followed = patients;
  for (std::size_t j = 0; j < item.steps; ++j) {
    free -= static_cast<Int128>(own[j]);
    followed -= static_cast<Int128>(own[item.places + j]);
    at_times[j] = {followed, free, patients - followed};
  }
  return at_times;
}

std::vector<ProportionSums> Accumulator::proportions(const Item& item, std::size_t group, std::size_t strategy) const {
  std::vector<ProportionSums> sums(item.cells.size());
  if (item.places == 0) return sums;
  const bool times = item.level_values.empty();
  const std::vector<ProportionSums> at_times = free_at_times(item, group, strategy);
  const std::uint64_t* own =
      counts_.data() + strategy * compiled_->counts + item.first_count + group * item.counts_a_group();
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantity != Quantity::proportion) continue;
    sums[k] = at_times[times ? at(cell.place) : 0];  // levels: all who are followed
    if (!times) sums[k].x = static_cast<Int128>(own[cell.place]);
    if (times && !cell.event_free) sums[k].x = sums[k].n - sums[k].x;
  }
  return sums;
}

std::vector<PairCounts> Accumulator::pair_counts(const Item& item, std::size_t group, std::size_t pair) const {
  const std::size_t cells = item.cells.size();
  if (item.codes == 0) {
    const auto first =
        pair_counts_.begin() + static_cast<std::ptrdiff_t>(pair * compiled_->cells + item.first_cell + group * cells);
    return {first, first + static_cast<std::ptrdiff_t>(cells)};
  }
  std::vector<PairCounts> counts(cells * item.groups.size());
  const std::uint64_t* joint = joint_.data() + pair * compiled_->joints + item.first_joint;
  for (std::int64_t a = 0; a < item.codes; ++a) {
    for (std::int64_t b = 0; b < item.codes; ++b) {
      const std::uint64_t patients = joint[a * item.codes + b];
      if (patients > 0) {
        add_cells(item, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), patients, counts.data());
      }
    }
  }
  const auto first = counts.begin() + static_cast<std::ptrdiff_t>(group * cells);
  return {first, first + static_cast<std::ptrdiff_t>(cells)};
}

RatioSums Accumulator::mean_sums(const Item& item, std::size_t group, std::size_t place, std::size_t strategy,
                                 std::size_t against) const {
  const std::optional<PairOfStrategies> pair = compiled_->pair_of(strategy, against);
  const bool swapped = pair && pair->swapped;
  const std::size_t number = item.first_mean + group * item.means + place;
  const MeanSums& own = means_[strategy * compiled_->means + number];
  const MeanSums& other = means_[against * compiled_->means + number];
  const PairMeans pairs = pair ? pair_means_[pair->number * compiled_->means + number] : PairMeans();
  RatioSums sums = swapped ? pairs.with(other, own).swapped() : pairs.with(own, other);
  sums.too_short = own.too_short;
  return sums;
}

std::vector<RatioSums> Accumulator::sums(const Item& item, std::size_t group, std::size_t strategy,
                                         std::size_t against) const {
  const std::optional<PairOfStrategies> pair = compiled_->pair_of(strategy, against);
  const std::size_t a = pair && pair->swapped ? against : strategy, b = pair && pair->swapped ? strategy : against;
  const std::vector<ProportionSums> of_a = proportions(item, group, a), of_b = proportions(item, group, b);
  const std::vector<PairCounts> counts =
      pair ? pair_counts(item, group, pair->number) : std::vector<PairCounts>(item.cells.size());
  std::vector<RatioSums> sums(item.cells.size());
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantile > 0) continue;
    if (cell.quantity == Quantity::mean) {
      sums[k] = mean_sums(item, group, at(cell.place), strategy, against);
      continue;
    }
    sums[k] = counts[k].with(of_a[k], of_b[k]);
    if (a != strategy) sums[k] = sums[k].swapped();
    sums[k].too_short = (a == strategy ? of_a : of_b)[k].too_short;
  }
  return sums;
}

}  // namespace sojourn::outcomes
