#include "outcomes/passage.hpp"

#include <algorithm>
#include <tuple>

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int16_t id) {
  return static_cast<std::size_t>(id);
}

}  // namespace

PassagePlan::PassagePlan(const model::Model& model)
    : grid({model.horizon}, curve_steps / model.horizon),
      states(model.states.size()),
      causes(model.declarations.size() + model.branches.size()) {}

Passage::Passage(const PassagePlan& plan)
    : plan_(&plan), steps_(plan.states * (plan.grid.bins() + 1), 0), heads_(plan.causes * plan.states, -1) {}

Passage::Counted& Passage::counted(std::int16_t cause, std::int16_t from, std::int16_t to) {
  std::int32_t* link = &heads_[at(cause) * plan_->states + at(from)];
  while (*link >= 0) {
    Counted& found = counted_[static_cast<std::size_t>(*link)];
    if (found.flow.to == to) return found;
    link = &found.next;
  }
  *link = static_cast<std::int32_t>(counted_.size());
  Counted made;
  made.flow.cause = cause;
  made.flow.from = from;
  made.flow.to = to;
  counted_.push_back(made);
  return counted_.back();
}

void Passage::add_way(std::int16_t cause, std::int16_t from, std::int16_t to) {
  Counted& way = counted(cause, from, to);
  if (way.last_patient != patient_) {
    way.last_patient = patient_;
    way.times = 0;
    ++way.flow.patients;
  }
  ++way.flow.count;
  way.flow.count_squared += 2 * way.times + 1;  // (k + 1)^2 - k^2
  ++way.times;
}

void Passage::add(const history::Trajectories& lives) {
  const std::size_t row_length = plan_->grid.bins() + 1;
  const history::Sojourns& rows = lives.sojourns;
  std::size_t i = 0;
  for (const std::uint32_t end : lives.sojourn_end) {
    ++patient_;
    std::size_t come = i < end ? plan_->grid.bin(0, rows.start[i]) : 0;
    for (; i < end; ++i) {
      const bool last = i + 1 == end;
      const std::size_t leave = last ? plan_->grid.bins() : plan_->grid.bin(0, rows.stop[i]);
      std::int64_t* of_state = steps_.data() + at(rows.state[i]) * row_length;
      ++of_state[come];
      --of_state[leave];
      come = leave;
      if (!last && rows.cause[i] >= 0) add_way(rows.cause[i], rows.state[i], rows.state[i + 1]);
    }
  }
}

void Passage::combine(const Passage& other) {
  for (std::size_t i = 0; i < steps_.size(); ++i) steps_[i] += other.steps_[i];
  for (const Counted& one : other.counted_) {
    Flow& mine = counted(one.flow.cause, one.flow.from, one.flow.to).flow;
    mine.patients += one.flow.patients;
    mine.count += one.flow.count;
    mine.count_squared += one.flow.count_squared;
  }
}

void Passage::store(ByteWriter& writer) const {
  writer.pass(patient_);
  for (const std::int64_t step : steps_) writer.pass(step);
  writer.count(counted_.size());
  for (const Counted& one : counted_) {
    for (const std::int16_t id : {one.flow.cause, one.flow.from, one.flow.to}) writer.pass(id);
    for (const std::uint64_t sum : {one.flow.patients, one.flow.count, one.flow.count_squared}) writer.pass(sum);
  }
}

void Passage::restore(ByteReader& reader) {
  *this = Passage(*plan_);
  reader.pass(patient_);
  for (std::int64_t& step : steps_) reader.pass(step);
  const auto id = [&reader](std::size_t below) {
    std::int16_t value = 0;
    reader.pass(value);
    if (value < 0 || at(value) >= below) throw MalformedBytes();
    return value;
  };
  for (std::uint64_t ways = reader.count(); ways > 0; --ways) {
    const std::int16_t cause = id(plan_->causes), from = id(plan_->states), to = id(plan_->states);
    Flow& flow = counted(cause, from, to).flow;
    for (std::uint64_t* sum : {&flow.patients, &flow.count, &flow.count_squared}) reader.pass(*sum);
  }
}

std::vector<std::int64_t> Passage::occupancy(std::size_t state) const {
  const std::size_t bins = plan_->grid.bins();
  std::vector<std::int64_t> inside(bins);
  std::int64_t now = 0;
  for (std::size_t j = 0; j < bins; ++j) inside[j] = now += steps_[state * (bins + 1) + j];
  return inside;
}

std::vector<Flow> Passage::flows() const {
  std::vector<Flow> all;
  for (const Counted& one : counted_) all.push_back(one.flow);
  std::sort(all.begin(), all.end(), [](const Flow& a, const Flow& b) {
    return std::tie(a.cause, a.from, a.to) < std::tie(b.cause, b.from, b.to);
  });
  return all;
}

}  // namespace sojourn::outcomes
