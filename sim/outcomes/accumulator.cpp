#include "outcomes/accumulator.hpp"

#include "base/error.hpp"

namespace sojourn::outcomes {

namespace {

std::int32_t group_of(const Item& item, double value) {
  for (std::size_t g = 0; g < item.groups.size(); ++g) {
    if (item.groups[g].value == value) return static_cast<std::int32_t>(g);
  }
  return -1;
}

}  // namespace

Accumulator::Accumulator(const Plan& plan)
    : compiled_(plan.compiled()),
      strategies_(compiled_->strategies.size()),
      counts_(compiled_->cells * strategies_),
      sums_(compiled_->cells * strategies_),
      changes_late_(compiled_->items.size(), 0),
      life_(compiled_->life) {
  const auto room_for = [](std::size_t cells) {
    return Observed{-1, std::vector<Mark>(cells), std::vector<std::int64_t>(cells)};
  };
  observed_ = room_for(compiled_->most_cells);
  for (const auto& program : compiled_->worth) worth_.emplace_back(program);
  for (const Item& item : compiled_->items) {
    reference_.push_back(room_for(item.cells.size()));
    const std::size_t curves = item.curve ? item.groups.size() * strategies_ : 0;
    for (std::size_t c = 0; c < curves; ++c) curves_.emplace_back(item.grid.bins());
  }
}

void Accumulator::update(const history::Block& block) {
  if (block.strategies.size() != strategies_) throw RunError("outcomes: a block with other strategies than planned");
  if (block.patients > most_patients - patients_) throw RunError("outcomes: more than 2^40 patients");
  patients_ += block.patients;
  const std::size_t items = compiled_->items.size(), reference = compiled_->reference;
  for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
    open(block, reference, p);
    for (std::size_t i = 0; i < items; ++i) {
      observe(i, reference, reference_[i]);
      add(compiled_->items[i], reference, reference_[i], reference_[i]);
    }
    for (std::size_t s = 0; s < strategies_; ++s) {
      if (s == reference) continue;
      open(block, s, p);
      for (std::size_t i = 0; i < items; ++i) {
        observe(i, s, observed_);
        add(compiled_->items[i], s, observed_, reference_[i]);
      }
    }
  }
}

void Accumulator::open(const history::Block& block, std::size_t strategy, std::size_t patient) {
  life_.open(block, strategy, patient);
  if (!worth_.empty()) worth_[strategy].opened();
}

// Who is counted, from when, and in which group.
void Accumulator::observe(std::size_t index, std::size_t strategy, Observed& observed) {
  const Item& item = compiled_->items[index];
  const Conditions& conditions = item.conditions[strategy];
  observed.group = -1;
  const std::optional<Origin> origin = life_.origin(item.outcome.origin);
  if (!origin) return;
  const double counted_from = origin->time + item.outcome.landmark.value_or(0);
  if (counted_from > life_.horizon() || !life_.holds(conditions.population, counted_from)) return;
  Contribution out{
      observed.marks, observed.values, {}, changes_late_[index] != 0, worth_.empty() ? nullptr : &worth_[strategy]};
  if (!item.kind->observe(item, conditions, *origin, life_, out)) return;
  double grouped_at = origin->time;
  if (item.outcome.group_at == model::GroupAt::landmark) grouped_at = counted_from;
  if (item.outcome.group_at == model::GroupAt::end) grouped_at = life_.horizon();
  observed.group = group_of(item, life_.value(conditions.group, grouped_at));
  if (observed.group < 0) return;
  changes_late_[index] = out.changes_late ? 1 : 0;
  if (item.curve) {
    const std::size_t curve = item.first_curve + static_cast<std::size_t>(observed.group);
    curves_[curve * strategies_ + strategy].add(item.grid, origin->time, out.end);
  }
}

void Accumulator::add(const Item& item, std::size_t strategy, const Observed& observed, const Observed& reference) {
  if (item.curve) return;
  const std::size_t cells = item.cells.size(), first = strategy * compiled_->cells + item.first_cell;
  const auto cell_of = [=](std::int32_t group) { return first + static_cast<std::size_t>(group) * cells; };
  static const Observed nothing;
  const std::int32_t group = observed.group, other = reference.group;
  if (group >= 0) add_cells(item, cell_of(group), observed, other == group ? reference : nothing);
  if (other >= 0 && other != group) add_cells(item, cell_of(other), nothing, reference);
}

void Accumulator::add_cells(const Item& item, std::size_t first, const Observed& observed, const Observed& reference) {
  const auto mark = [](const Observed& o, std::size_t k) { return o.group < 0 ? Mark::absent : o.marks[k]; };
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    if (item.cells[k].quantity == Quantity::proportion) {
      counts_[first + k].add(mark(observed, k), mark(reference, k));
    } else if (observed.group >= 0) {
      const std::int64_t value = reference.group < 0 ? 0 : reference.values[k];
      sums_[first + k].add(observed.marks[k], observed.values[k], mark(reference, k), value);
    }
  }
}

void Accumulator::combine(const Accumulator& other) {
  if (other.counts_.size() != counts_.size() || other.curves_.size() != curves_.size()) {
    throw RunError("outcomes: sums of different plans cannot be combined");
  }
  if (other.patients_ > most_patients - patients_) throw RunError("outcomes: more than 2^40 patients");
  patients_ += other.patients_;
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].combine(other.counts_[i]);
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].combine(other.sums_[i]);
  for (std::size_t i = 0; i < curves_.size(); ++i) curves_[i].combine(other.curves_[i]);
  for (std::size_t i = 0; i < changes_late_.size(); ++i) changes_late_[i] |= other.changes_late_[i];
}

RatioSums Accumulator::sums(std::size_t cell, std::size_t strategy, Quantity quantity) const {
  const std::size_t at = strategy * compiled_->cells + cell;
  if (quantity == Quantity::proportion) return RatioSums::of(counts_[at]);
  return RatioSums::of(sums_[at], sums_[compiled_->reference * compiled_->cells + cell]);
}

}  // namespace sojourn::outcomes
