#include "outcomes/block_lives.hpp"

#include <algorithm>

#include "base/wide.hpp"
#include "outcomes/window.hpp"

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

}  // namespace

BlockLives::BlockLives(const Compiled& plan)
    : plan_(&plan),
      lives_(plan.life),
      patterns_(plan.parameter_set, plan.pairs),
      lived_as_(plan.strategies.size()),
      counted_(plan.frames.size()) {
  for (const auto& program : plan.worth) worth_.emplace_back(program);
}

void BlockLives::open(const history::Block& block) {
  lives_.block = &block;
  find_patterns(block);
  number_lives();
  lives_.table.fill(plan_->queries.columns(), block, lives_.places);
  plan_->queries.answer(lives_, answers_);
  for (std::size_t f = 0; f < counted_.size(); ++f) count(plan_->frames[f], counted_[f]);
  find_worth();
}

void BlockLives::find_patterns(const history::Block& block) {
  const std::size_t strategies = plan_->strategies.size(), patients = static_cast<std::size_t>(block.patients);
  patterns_.limit();
  patients_with_.resize(patterns_.size());
  for (auto& some : patients_with_) some.clear();
  for (std::size_t p = 0; p < patients; ++p) {
    for (std::size_t s = 0; s < strategies; ++s) {
      lived_as_[s] = block.lived_as.empty() ? compared(block, s, p) : block.lived_as[s * patients + p];
    }
    const std::size_t pattern = patterns_.find(lived_as_);
    if (pattern == patients_with_.size()) patients_with_.emplace_back();
    patients_with_[pattern].push_back(static_cast<std::uint32_t>(p));
  }
}

// The first strategy under which she lives the same life, those before this one being known.
std::uint16_t BlockLives::compared(const history::Block& block, std::size_t strategy, std::size_t patient) const {
  const history::PatientHistory own = block.patient(strategy, patient);
  for (std::size_t s = 0; s < strategy && block.baseline.size() == 1; ++s) {
    if (lived_as_[s] == s && same_rows(block.patient(s, patient), own)) return static_cast<std::uint16_t>(s);
  }
  return static_cast<std::uint16_t>(strategy);
}

// Pattern by pattern, life by life, patient by patient: what strategies share and compare are then ranges.
void BlockLives::number_lives() {
  lives_.places.clear();
  lives_.parameter_set.clear();
  runs_.clear();
  run_of_.clear();
  couples_.clear();
  for (std::size_t k = 0; k < patients_with_.size(); ++k) {
    const std::vector<std::uint32_t>& patients = patients_with_[k];
    if (patients.empty()) continue;
    const LifePattern& pattern = patterns_[k];
    const auto first = static_cast<std::uint32_t>(lives_.count()), count = static_cast<std::uint32_t>(patients.size());
    for (const std::vector<std::uint32_t>& strategies : pattern.strategies) {
      const auto begin = static_cast<std::uint32_t>(lives_.count());
      for (const std::uint32_t p : patients) lives_.places.push_back({strategies.front(), p});
      lives_.parameter_set.resize(lives_.count(), static_cast<std::uint32_t>(plan_->parameter_set[strategies.front()]));
      run_of_.resize(lives_.count(), static_cast<std::uint32_t>(runs_.size()));
      runs_.push_back({begin, begin + count, strategies});
    }
    for (const LifePattern::Two& two : pattern.twos) {
      couples_.push_back({first + two.a * count, first + two.b * count, count, two.met});
    }
  }
}

void BlockLives::count(const Frame& frame, Counted& counted) const {
  const std::size_t all = lives(), groups = frame.levels.size();
  counted.group.resize(all);
  counted.lives.resize(all);
  counted.in_run.assign(runs_.size() * groups, 0);
  find_groups(frame, counted.group.data());
  const std::int32_t* const group = counted.group.data();
  std::uint32_t* const list = counted.lives.data();
  std::size_t n = 0;
  for (std::size_t l = 0; l < all; ++l) {
    list[n] = static_cast<std::uint32_t>(l);
    n += group[l] != not_counted ? 1 : 0;
  }
  counted.lives.resize(n);
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    for (std::size_t g = 0; g < groups; ++g) {
      const auto in = std::count(group + runs_[r].begin, group + runs_[r].end, static_cast<std::int32_t>(g));
      counted.in_run[r * groups + g] = static_cast<std::uint32_t>(in);
    }
  }
  counted.all = groups == 1 && n == all;
}

// In the group of the first level that is the life's value; not counted outside the population, or after the horizon.
void BlockLives::find_groups(const Frame& frame, std::int32_t* group) const {
  const auto column = [this](std::int32_t query) {
    return query == no_query ? nullptr : answers_.values[static_cast<std::size_t>(query)].data();
  };
  const double* const origins = answers_.origins[static_cast<std::size_t>(frame.origin)].data();
  const double *const population = column(frame.population), *const value = column(frame.group);
  const double latest = lives_.life.horizon(), landmark = frame.landmark;
  wide([=, &frame, all = lives()] {
    std::fill_n(group, all, not_counted);
    for (std::size_t g = frame.levels.size(); g-- > 0;) {
      const double level = frame.levels[g];
      const auto number = static_cast<std::int32_t>(g);
      for (std::size_t l = 0; l < all; ++l) group[l] = (value == nullptr ? 1 : value[l]) == level ? number : group[l];
    }
    for (std::size_t l = 0; l < all; ++l) group[l] = origins[l] + landmark <= latest ? group[l] : not_counted;
    if (population == nullptr) return;
    for (std::size_t l = 0; l < all; ++l) {
      group[l] = ((population[l] < 0) | (population[l] > 0)) ? group[l] : not_counted;
    }
  });
}

// Of the lives that some outcome counts, from an origin that they have until a time to which they are followed.
void BlockLives::find_worth() {
  answers_.worth.resize(plan_->windows.size());
  for (std::size_t w = 0; w < plan_->windows.size(); ++w) {
    const Window& window = plan_->windows[w];
    WorthColumns& columns = answers_.worth[w];
    asked_.assign(lives(), 0);
    for (const Item& item : plan_->items) {
      if (!item.kind->worth || item.window != w) continue;
      for (const std::uint32_t l : counted_[item.frame].lives) asked_[l] = 1;
    }
    columns.reset(worth_.front().program().cost_names.size(), worth_.front().program().regions.size(), lives());
    const std::vector<double>& origins = answers_.origins[static_cast<std::size_t>(window.origin)];
    const double horizon = lives_.life.horizon();
    for (std::size_t l = 0; l < lives(); ++l) {
      const double until = window_end(window.until, origins[l], horizon);
      if (asked_[l] == 0 || until == never) continue;
      worth_[lives_.parameter_set[l]].value(*lives_.block, lives_.places[l], origins[l], until, l, columns);
    }
    for (Worth& one : worth_) one.finish();
  }
}

void BlockLives::record(const Item& item, Records& records) {
  records.prepare(lives(), item.means);
  const Counted& counted = counted_[item.frame];
  if (item.kind->observe != nullptr) item.kind->observe(item, answers_, counted, records);
  if (item.kind->look != nullptr) item.kind->look(item, lives_, answers_, counted, records);
}

}  // namespace sojourn::outcomes
