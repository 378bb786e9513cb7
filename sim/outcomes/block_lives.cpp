#include "outcomes/block_lives.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

template <class T>
bool equal(std::span<const T> a, std::span<const T> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool same_rows(const history::PatientHistory& a, const history::PatientHistory& b) {
  return equal(a.stop, b.stop) && equal(a.state, b.state) && equal(a.cause, b.cause) && equal(a.start, b.start) &&
         equal(a.event_time, b.event_time) && equal(a.event, b.event) && equal(a.change_time, b.change_time) &&
         equal(a.attribute, b.attribute) && equal(a.change_value, b.change_value);
}

std::int32_t group_of(const std::vector<double>& levels, double value) {
  for (std::size_t g = 0; g < levels.size(); ++g) {
    if (levels[g] == value) return static_cast<std::int32_t>(g);
  }
  return not_counted;
}

}  // namespace

BlockLives::BlockLives(const Compiled& plan)
    : plan_(&plan),
      life_(plan.life),
      pairs_(plan.pairs),
      local_(plan.strategies.size()),
      looked_(plan.items.size()),
      groups_(plan.frames.size()) {
  for (const auto& program : plan.worth) worth_.emplace_back(program);
  std::size_t most = 0;
  for (std::size_t i = 0; i < plan.items.size(); ++i) {
    most = std::max(most, plan.items[i].means);
    if (plan.items[i].kind->look != nullptr) looked_[i].resize(plan.items[i].means);
  }
  values_.resize(most);
}

bool BlockLives::same_as_under(const history::Block& block, std::size_t earlier, std::size_t strategy,
                               std::size_t patient) const {
  return plan_->parameter_set[earlier] == plan_->parameter_set[strategy] &&
         same_rows(block.patient(earlier, patient), block.patient(strategy, patient));
}

void BlockLives::open(const history::Block& block) {
  const std::size_t strategies = plan_->strategies.size();
  patients_ = static_cast<std::size_t>(block.patients);
  life_of_.resize(strategies * patients_);
  plan_->queries.prepare(strategies * patients_, answers_);
  for (auto& columns : looked_) {
    for (auto& column : columns) column.resize(std::max(column.size(), strategies * patients_));
  }
  const bool may_share = block.baseline.size() == 1;
  lives_ = 0;
  pairs_.clear();
  for (std::size_t p = 0; p < patients_; ++p) {
    const std::size_t first_of_patient = lives_;
    for (std::size_t s = 0; s < strategies; ++s) {
      std::uint32_t& own = life_of_[s * patients_ + p];
      own = static_cast<std::uint32_t>(lives_);
      // The first strategy of each of her lives so far: the one whose life has that number.
      std::size_t next = first_of_patient;
      for (std::size_t earlier = 0; may_share && earlier < s && own == lives_; ++earlier) {
        const std::uint32_t one = life_of_[earlier * patients_ + p];
        if (one != next) continue;
        ++next;
        if (same_as_under(block, earlier, s, p)) own = one;
      }
      if (own == lives_) look(block, s, p, lives_++);
      local_[s] = own - static_cast<std::uint32_t>(first_of_patient);
    }
    pairs_.add(static_cast<std::uint32_t>(first_of_patient), lives_ - first_of_patient, local_);
  }
  for (std::size_t f = 0; f < groups_.size(); ++f) group(plan_->frames[f], groups_[f]);
}

void BlockLives::group(const Frame& frame, std::vector<std::int32_t>& groups) const {
  groups.resize(std::max(groups.size(), lives_));
  const std::vector<Origin>& origins = answers_.origins[static_cast<std::size_t>(frame.origin)];
  for (std::size_t l = 0; l < lives_; ++l) {
    const bool counted = origins[l].time + frame.landmark <= life_.horizon() && answers_.holds(frame.population, l);
    groups[l] = counted ? group_of(frame.levels, answers_.value(frame.group, l)) : not_counted;
  }
}

void BlockLives::look(const history::Block& block, std::size_t strategy, std::size_t patient, std::size_t place) {
  life_.open(block, strategy, patient);
  const std::size_t set = plan_->parameter_set[strategy];
  plan_->queries.answer(set, life_, place, answers_);
  Worth* const worth = worth_.empty() ? nullptr : &worth_[set];
  if (worth != nullptr) worth->opened();
  for (std::size_t i = 0; i < plan_->items.size(); ++i) {
    const Item& item = plan_->items[i];
    if (item.kind->look == nullptr) continue;
    const Origin& origin = answers_.origin(item.origin, place);
    if (!(origin.time < never)) continue;
    item.kind->look(item, {life_, origin, worth}, {values_.data(), item.means});
    for (std::size_t m = 0; m < item.means; ++m) looked_[i][m][place] = values_[m];
  }
}

void BlockLives::record(const Item& item, std::size_t item_number, Records& records) const {
  records.prepare(lives_, item.means);
  std::copy_n(groups_[item.frame].begin(), lives_, records.group.begin());
  if (item.kind->observe != nullptr) item.kind->observe(item, answers_, lives_, records);
  if (item.kind->look != nullptr) {
    for (std::size_t m = 0; m < item.means; ++m) {
      std::copy_n(looked_[item_number][m].begin(), lives_, records.values[m].begin());
    }
  }
}

}  // namespace sojourn::outcomes
