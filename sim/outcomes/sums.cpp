#include "outcomes/sums.hpp"

#include <type_traits>

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "outcomes/seen.hpp"

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Sums::Sums(const Plan& plan)
    : compiled_(plan.compiled()),
      counts_(compiled_->strategies.size() * compiled_->counts, 0),
      means_(compiled_->strategies.size() * compiled_->means),
      passages_(compiled_->ways == Ways::counted ? compiled_->strategies.size() : 0, Passage(compiled_->passages)),
      joint_(compiled_->pairs.size() * compiled_->joints, 0),
      pair_counts_(compiled_->pairs.size() * compiled_->cells),
      pair_means_(compiled_->pairs.size() * compiled_->means),
      changes_late_(compiled_->items.size(), 0) {
  for (std::size_t s = 0; s < compiled_->strategies.size(); ++s) {
    for (const Item& item : compiled_->items) {
      for (std::size_t g = 0; item.curve && g < item.groups.size(); ++g) curves_.emplace_back(item.grid.bins());
    }
  }
}

void Sums::combine(const Sums& other) {
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
void Sums::pass(Stream& stream) {
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

std::string Sums::stored() {
  ByteWriter writer;
  pass(writer);
  return writer.take();
}

void Sums::add_stored(std::string_view bytes) {
  ByteReader reader(bytes);
  if (patients_ > 0) {
    Sums more(*this);
    more.pass(reader);
    combine(more);
  } else {
    pass(reader);
  }
  if (!reader.at_end()) throw MalformedBytes();
}

std::vector<ProportionSums> Sums::free_at_times(const Item& item, std::size_t group, std::size_t strategy) const {
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

std::vector<ProportionSums> Sums::proportions(const Item& item, std::size_t group, std::size_t strategy) const {
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

std::vector<PairCounts> Sums::pair_counts(const Item& item, std::size_t group, std::size_t pair) const {
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

RatioSums Sums::mean_sums(const Item& item, std::size_t group, std::size_t place, std::size_t strategy,
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

std::vector<RatioSums> Sums::sums(const Item& item, std::size_t group, std::size_t strategy,
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
