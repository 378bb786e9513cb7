#include "outcomes/life_table.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int16_t id) {
  return static_cast<std::size_t>(id);
}

}  // namespace

LifeTableColumns::LifeTableColumns(const model::Model& model)
    : first_of_state_(model.states.size(), 0),
      first_of_event_(model.declarations.size(), 0),
      count_of_state_(model.states.size(), 0),
      count_of_event_(model.declarations.size(), 0),
      attribute_(model.attributes.size(), 0),
      attributes_(1) {
  for (const auto& declaration : model.declarations) {
    mark_of_.push_back(declaration.kind == model::Declaration::Kind::event ? declaration.mark.value : -1);
  }
}

std::uint32_t LifeTableColumns::first_of_state(std::size_t state) {
  if (first_of_state_[state] == 0) first_of_state_[state] = static_cast<std::uint32_t>(firsts_++);
  return first_of_state_[state];
}

std::uint32_t LifeTableColumns::first_of_event(std::size_t declaration) {
  if (first_of_event_[declaration] == 0) first_of_event_[declaration] = static_cast<std::uint32_t>(firsts_++);
  return first_of_event_[declaration];
}

std::vector<std::uint32_t> LifeTableColumns::first_of(const Watch& watch) {
  std::vector<std::uint32_t> columns;
  for (std::size_t s = 0; watch.any_state() && s < first_of_state_.size(); ++s) {
    if (watch.state(static_cast<std::int16_t>(s))) columns.push_back(first_of_state(s));
  }
  for (std::size_t d = 0; watch.any_event() && d < first_of_event_.size(); ++d) {
    if (watch.event(static_cast<std::int16_t>(d))) columns.push_back(first_of_event(d));
  }
  return columns;
}

std::vector<std::uint32_t> LifeTableColumns::first_of(MarkId mark) {
  if (mark.index() < first_of_state_.size()) return {first_of_state(mark.index())};
  std::vector<std::uint32_t> columns;
  for (std::size_t d = 0; d < mark_of_.size(); ++d) {
    if (mark_of_[d] == mark.value) columns.push_back(first_of_event(d));
  }
  return columns;
}

std::uint32_t LifeTableColumns::count_of(MarkId mark) {
  const auto next = static_cast<std::uint32_t>(counts_);
  if (mark.index() < count_of_state_.size()) {
    std::uint32_t& column = count_of_state_[mark.index()];
    if (column == 0) column = static_cast<std::uint32_t>(counts_++);
    return column;
  }
  std::uint32_t column = 0;
  for (std::size_t d = 0; d < mark_of_.size(); ++d) {
    if (mark_of_[d] != mark.value) continue;
    if (count_of_event_[d] == 0) count_of_event_[d] = next;
    column = count_of_event_[d];
  }
  if (column == next) ++counts_;
  return column;
}

std::uint32_t LifeTableColumns::attribute(AttributeId attribute) {
  std::uint32_t& column = attribute_[attribute.index()];
  if (column == 0) {
    column = static_cast<std::uint32_t>(attributes_.size());
    attributes_.push_back(attribute);
  }
  return column;
}

void LifeTable::fill(const LifeTableColumns& columns, const history::Block& block, std::span<const LifePlace> lives) {
  lives_ = lives.size();
  first_.assign(columns.firsts_ * lives_, never);
  count_first_.assign(columns.counts_ * lives_, never);
  latest_.assign(columns.counts_ * lives_, -never);
  count_.assign(columns.counts_ * lives_, 0);
  states_.resize(lives_);
  events_.resize(lives_);
  last_state_.resize(lives_);
  last_start_.resize(lives_);
  fill_baseline(columns, block, lives);
  if (columns.counts_ > 1) {
    fill_rows<true>(columns, block, lives);
  } else {
    fill_rows<false>(columns, block, lives);
  }
}

template <bool counting>
void LifeTable::fill_rows(const LifeTableColumns& columns, const history::Block& block,
                          std::span<const LifePlace> lives) {
  const auto rows_of = [](const std::vector<std::uint32_t>& end, std::size_t patient) {
    return Rows{patient == 0 ? 0 : end[patient - 1], end[patient]};
  };
  for (std::size_t l = 0; l < lives_; ++l) {
    const history::Trajectories& all = block.strategies[lives[l].strategy];
    fill_stays<counting>(columns, all.sojourns, rows_of(all.sojourn_end, lives[l].patient), l);
    fill_events<counting>(columns, all.events, rows_of(all.event_end, lives[l].patient), l);
    fill_changes(columns, all.changes, rows_of(all.change_end, lives[l].patient), l);
  }
}

void LifeTable::fill_baseline(const LifeTableColumns& columns, const history::Block& block,
                              std::span<const LifePlace> lives) {
  const std::size_t size = columns.attributes_.size() * lives_;
  before_.resize(size);
  after_.resize(size);
  first_change_.assign(size, never);
  last_change_.assign(size, -never);
  for (std::size_t column = 1; column < columns.attributes_.size(); ++column) {
    const std::size_t attribute = columns.attributes_[column].index();
    double* const before = before_.data() + column * lives_;
    for (std::size_t l = 0; l < lives_; ++l) {
      before[l] = block.baseline_value(lives[l].strategy, attribute, lives[l].patient);
    }
    std::copy_n(before, lives_, after_.data() + column * lives_);
  }
}

// Rows are in the order of time.
template <bool counting>
inline void LifeTable::happens(std::uint32_t first_column, std::uint32_t count_column, std::size_t life, double time) {
  double& first = first_[first_column * lives_ + life];
  first = std::min(first, time);
  if (!counting) return;
  const std::size_t count = count_column * lives_ + life;
  count_first_[count] = std::min(count_first_[count], time);
  latest_[count] = time;
  ++count_[count];
}

template <bool counting>
inline void LifeTable::fill_stays(const LifeTableColumns& columns, const history::Sojourns& stays, Rows rows,
                                  std::size_t life) {
  Bits bits;
  for (std::size_t i = rows.first; i < rows.end; ++i) {
    const std::size_t state = at(stays.state[i]);
    happens<counting>(columns.first_of_state_[state], columns.count_of_state_[state], life, stays.start[i]);
    bits.note(state);
  }
  states_[life] = bits;
  last_state_[life] = stays.state[rows.end - 1];
  last_start_[life] = stays.start[rows.end - 1];
}

template <bool counting>
inline void LifeTable::fill_events(const LifeTableColumns& columns, const history::Events& events, Rows rows,
                                   std::size_t life) {
  Bits bits;
  for (std::size_t i = rows.first; i < rows.end; ++i) {
    const std::size_t event = at(events.event[i]);
    happens<counting>(columns.first_of_event_[event], columns.count_of_event_[event], life, events.time[i]);
    bits.note(event);
  }
  events_[life] = bits;
}

inline void LifeTable::fill_changes(const LifeTableColumns& columns, const history::Changes& changes, Rows rows,
                                    std::size_t life) {
  for (std::size_t i = rows.first; i < rows.end; ++i) {
    const std::size_t place = columns.attribute_[at(changes.attribute[i])] * lives_ + life;
    first_change_[place] = std::min(first_change_[place], changes.time[i]);
    last_change_[place] = changes.time[i];
    after_[place] = changes.value[i];
  }
}

}  // namespace sojourn::outcomes
