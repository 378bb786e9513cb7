#include "outcomes/life.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

constexpr double not_yet = std::numeric_limits<double>::quiet_NaN();

std::uint64_t bit(std::int32_t id) {
  return std::uint64_t{1} << (static_cast<std::uint32_t>(id) & 63U);
}

}  // namespace

Watch::Watch(const model::Model& model, const model::Occurrence& occurrence)
    : states_((model.states.size() + 63) / 64, 0), events_(model.declarations.size(), 0) {
  const auto watch_state = [this](std::size_t s) {
    states_[s >> 6] |= std::uint64_t{1} << (s & 63);
    state_bits_ |= std::uint64_t{1} << (s & 63);
    any_state_ = true;
  };
  for (std::size_t s = 0; s < occurrence.states.size(); ++s) {
    if (occurrence.states[s]) watch_state(s);
  }
  for (const MarkId mark : occurrence.events) {
    if (mark.index() < model.states.size()) watch_state(mark.index());
    for (std::size_t d = 0; d < model.declarations.size(); ++d) {
      const auto& declaration = model.declarations[d];
      if (declaration.kind != model::Declaration::Kind::event || declaration.mark != mark) continue;
      events_[d] = 1;
      event_bits_ |= std::uint64_t{1} << (d & 63);
      any_event_ = true;
    }
  }
}

Life::Life(const model::Model& model)
    : horizon_(model.horizon),
      observed_until_(std::min(model.observed_until.value_or(model.horizon), model.horizon)),
      states_(model.states.size()),
      attributes_(model.attributes.size(), 0.0),
      latest_(model.marks(), not_yet),
      count_(model.marks(), 0) {
  for (const auto& declaration : model.declarations) {
    mark_of_.push_back(declaration.kind == model::Declaration::Kind::event ? declaration.mark.value : -1);
  }
}

void Life::open(const history::Block& block, std::size_t strategy, std::size_t patient) {
  block_ = &block;
  strategy_ = strategy;
  patient_ = patient;
  rows_ = block.patient(strategy, patient);
  state_bits_ = event_bits_ = changed_bits_ = 0;
  for (const std::int16_t state : rows_.state) state_bits_ |= bit(state);
  for (const std::int16_t event : rows_.event) event_bits_ |= bit(event);
  for (const std::int16_t attribute : rows_.attribute) changed_bits_ |= bit(attribute);
}

std::optional<Origin> Life::origin(MarkId mark) const {
  if (!mark.valid()) return Origin{};
  if (mark.index() < states_) {
    if (!may_have_states(bit(mark.value))) return std::nullopt;
    for (std::size_t i = 0; i < rows_.state.size(); ++i) {
      if (rows_.state[i] == mark.value) return Origin{rows_.start[i], i};
    }
    return std::nullopt;
  }
  for (std::size_t e = 0; e < rows_.event.size(); ++e) {
    if (mark_of_[static_cast<std::size_t>(rows_.event[e])] != mark.value) continue;
    const double time = rows_.event_time[e];
    std::size_t i = 0;  // the sojourn that is left at this instant is not counted, unless it is the last
    while (i + 1 < rows_.state.size() && rows_.start[i] < time && rows_.stop[i] <= time) ++i;
    return Origin{time, i};
  }
  return std::nullopt;
}

double Life::attribute(AttributeId attribute, double time) const {
  for (std::size_t i = (changed_bits_ & bit(attribute.value)) != 0 ? rows_.attribute.size() : 0; i-- > 0;) {
    if (rows_.attribute[i] == attribute.value && rows_.change_time[i] <= time) return rows_.change_value[i];
  }
  return block_->baseline_value(strategy_, attribute.index(), patient_);
}

std::int32_t Life::state_at(double time) const {
  std::size_t i = rows_.state.size() - 1;
  while (i > 0 && rows_.start[i] > time) --i;
  return rows_.state[i];
}

void Life::look_at_mark(MarkId mark, double time) {
  double latest = not_yet;
  std::uint32_t count = 0;
  if (mark.index() < states_) {
    for (std::size_t i = 0; i < rows_.state.size() && rows_.start[i] <= time; ++i) {
      if (rows_.state[i] != mark.value) continue;
      latest = rows_.start[i];
      ++count;
    }
  } else {
    for (std::size_t e = 0; e < rows_.event.size() && rows_.event_time[e] <= time; ++e) {
      if (mark_of_[static_cast<std::size_t>(rows_.event[e])] != mark.value) continue;
      latest = rows_.event_time[e];
      ++count;
    }
  }
  latest_[mark.index()] = latest;
  count_[mark.index()] = count;
}

void Life::look_at(const expression::Dependencies& needed, double time) {
  for (const AttributeId a : needed.attributes) attributes_[a.index()] = attribute(a, time);
  for (const MarkId m : needed.marks) look_at_mark(m, time);
}

std::uint32_t Life::count_of(MarkId mark, double time) const {
  std::uint32_t count = 0;
  if (mark.index() < states_) {
    if (!may_have_states(bit(mark.value))) return 0;
    for (std::size_t i = 0; i < rows_.state.size() && rows_.start[i] <= time; ++i) {
      count += rows_.state[i] == mark.value ? 1 : 0;
    }
    return count;
  }
  for (std::size_t e = 0; e < rows_.event.size() && rows_.event_time[e] <= time; ++e) {
    count += mark_of_[static_cast<std::size_t>(rows_.event[e])] == mark.value ? 1 : 0;
  }
  return count;
}

double Life::value(const Code& code, double time) {
  if (code.constant) return code.value;
  if (code.only_attribute >= 0) return attribute(AttributeId{code.only_attribute}, time);
  look_at(code.dependencies, time);
  const std::int32_t state = code.dependencies.state ? state_at(time) : -1;
  return expression::evaluate_code(code, {attributes_, state, time, latest_, count_});
}

}  // namespace sojourn::outcomes
