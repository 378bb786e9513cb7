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

// What patients with these codes under a pair's strategies add to the pair's cells.
void add_cells(const Item& item, std::int64_t a, std::int64_t b, std::uint64_t patients, PairCounts* counts) {
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
    if (changes_late_[i] == 0 && outcomes::changes_late(item, lives_.answers(), lives_.lives(), records_)) {
      changes_late_[i] = 1;
    }
    if (item.places > 0) {
      encode(item);
      add_counts(item);
      if (!compiled_->pairs.empty()) add_pairs_of_counts(item);
    }
    if (item.means > 0) {
      add_means(item);
      if (!compiled_->pairs.empty()) add_pairs_of_means(item);
    }
  }
}

void Accumulator::add_curves(const Item& item) {
  const std::vector<std::int32_t>& groups = lives_.groups(item.frame);
  for (std::size_t s = 0; s < compiled_->strategies.size(); ++s) {
    CurveCounts* curves = curves_.data() + s * compiled_->curves + item.first_curve;
    for (const std::uint32_t life : lives_.of(s)) {
      if (groups[life] == not_counted) continue;
      if (const auto end = curve_end(item, lives_.answers(), life)) curves[groups[life]].add(item.grid, *end);
    }
  }
}

// Where each life is counted, and what the cells see of it.
void Accumulator::encode(const Item& item) {
  const std::size_t a_group = item.counts_a_group(), none = a_group * item.groups.size();
  for (std::size_t l = 0; l < lives_.lives(); ++l) {
    const std::int32_t group = records_.group[l];
    records_.slot[l] =
        static_cast<std::uint32_t>(group == not_counted ? none : at(group) * a_group + at(records_.place[l]));
    records_.code[l] = Seen::of(item, group, records_.place[l], records_.followed[l]);
  }
}

void Accumulator::add_counts(const Item& item) {
  const std::size_t a_group = item.counts_a_group(), none = a_group * item.groups.size();
  for (std::size_t s = 0; s < compiled_->strategies.size(); ++s) {
    std::uint64_t* own = counts_.data() + s * compiled_->counts + item.first_count;
    for (const std::uint32_t life : lives_.of(s)) ++own[records_.slot[life]];
    if (item.always_followed) continue;
    for (const std::uint32_t life : lives_.of(s)) {
      const std::size_t followed = at(records_.followed[life]);
      if (records_.slot[life] == none || followed == item.steps) continue;
      ++own[at(records_.group[life]) * a_group + item.places + followed];
    }
  }
}

void Accumulator::add_means(const Item& item) {
  for (std::size_t s = 0; s < compiled_->strategies.size(); ++s) {
    MeanSums* means = means_.data() + s * compiled_->means + item.first_mean;
    for (const std::uint32_t life : lives_.of(s)) {
      if (records_.group[life] == not_counted) continue;
      for (std::size_t m = 0; m < item.means; ++m) {
        means[at(records_.group[life]) * item.means + m].add(records_.values[m][life]);
      }
    }
  }
}

void Accumulator::add_pairs_of_counts(const Item& item) {
  const std::int64_t* const code = records_.code.data();
  const auto differ = [code](std::uint32_t a, std::uint32_t b) { return code[a] != code[b]; };
  if (item.codes > 0) {
    std::uint64_t* const joint = joint_.data() + item.first_joint;
    lives_.pairs().for_each(differ, [&](std::size_t pair, std::uint32_t a, std::uint32_t b) {
      ++joint[pair * compiled_->joints + static_cast<std::size_t>(code[a] * item.codes + code[b])];
    });
    return;
  }
  PairCounts* const counts = pair_counts_.data() + item.first_cell;
  lives_.pairs().for_each(differ, [&](std::size_t pair, std::uint32_t a, std::uint32_t b) {
    add_cells(item, code[a], code[b], 1, counts + pair * compiled_->cells);
  });
}

// A group at a time: to it those outside have no number.
void Accumulator::add_pairs_of_means(const Item& item) {
  for (std::size_t number = 0; number < item.groups.size() * item.means; ++number) {
    const auto group = static_cast<std::int32_t>(number / item.means);
    const std::int64_t* const values = records_.values[number % item.means].data();
    const std::int32_t* const groups = records_.group.data();
    const auto value = [=](std::uint32_t life) { return groups[life] == group ? values[life] : no_number; };
    PairMeans* const means = pair_means_.data() + item.first_mean + number;
    lives_.pairs().for_each([&](std::uint32_t a, std::uint32_t b) { return value(a) != value(b); },
                            [&](std::size_t pair, std::uint32_t a, std::uint32_t b) {
                              means[pair * compiled_->means].add(value(a), value(b));
                            });
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
}

std::string Accumulator::stored() {
  if (!passages_.empty()) throw RunError("outcomes: ways between states are not stored");
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
      if (patients > 0) add_cells(item, a, b, patients, counts.data());
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
