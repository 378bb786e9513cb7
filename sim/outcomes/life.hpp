// One patient's life under one strategy, read from the rows of a block: where an outcome's clock begins, when
// something first happens, and what an expression is worth at a given time. Every question is answered after
// everything that happens at that instant. Times in years since the start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "expression/expression.hpp"
#include "history/block.hpp"
#include "model/model.hpp"

namespace sojourn::outcomes {

using expression::Code;

inline constexpr double never = std::numeric_limits<double>::infinity();

// A time, or another number >= 0, in units of 1 / scale, rounded once.
[[nodiscard]] inline std::int64_t in_units(double value, double scale) {
  return static_cast<std::int64_t>(value * scale + 0.5);
}

// What is waited for: entry into (or, at the origin, being in) one of some states, or one of some events.
class Watch {
 public:
  Watch() = default;
  Watch(const model::Model& model, const model::Occurrence& occurrence);
  [[nodiscard]] bool state(std::int16_t id) const {
    const auto s = static_cast<std::size_t>(id);
    return ((states_[s >> 6] >> (s & 63)) & 1) != 0;
  }
  [[nodiscard]] bool event(std::int16_t declaration) const {
    return events_[static_cast<std::size_t>(declaration)] != 0;
  }
  [[nodiscard]] bool any_state() const { return any_state_; }
  [[nodiscard]] bool any_event() const { return any_event_; }
  [[nodiscard]] bool empty() const { return !any_state_ && !any_event_; }
  // What it watches for, as bits: state or declaration number modulo 64. To see at once that a life has none of it.
  [[nodiscard]] std::uint64_t state_bits() const { return state_bits_; }
  [[nodiscard]] std::uint64_t event_bits() const { return event_bits_; }
  friend bool operator==(const Watch&, const Watch&) = default;

 private:
  std::vector<std::uint64_t> states_;  // bit s of word s / 64
  std::vector<std::uint8_t> events_;   // by DeclarationId
  std::uint64_t state_bits_ = 0, event_bits_ = 0;
  bool any_state_ = false, any_event_ = false;
};

// Where an outcome's clock begins: the time, and the first sojourn that counts as at or after it.
struct Origin {
  double time = 0;
  std::size_t sojourn = 0;
};

class Life {
 public:
  explicit Life(const model::Model& model);
  void open(const history::Block& block, std::size_t strategy, std::size_t patient);

  [[nodiscard]] const history::PatientHistory& rows() const { return rows_; }
  [[nodiscard]] std::int64_t patient_id() const { return block_->first_patient + static_cast<std::int64_t>(patient_); }
  // Of an attribute at time 0, before anything happens.
  [[nodiscard]] double baseline(AttributeId attribute) const {
    return block_->baseline_value(strategy_, attribute.index(), patient_);
  }
  // Some state (event) with these bits occurs (Watch::state_bits).
  [[nodiscard]] bool may_have_states(std::uint64_t bits) const { return (state_bits_ & bits) != 0; }
  [[nodiscard]] bool may_have_events(std::uint64_t bits) const { return (event_bits_ & bits) != 0; }
  [[nodiscard]] double horizon() const { return horizon_; }                // the end of every patient's follow-up
  [[nodiscard]] double observed_until() const { return observed_until_; }  // the end of observation, <= the horizon

  // First entry into the state, or first time of the event; none: the start. Nothing if it never happens.
  [[nodiscard]] std::optional<Origin> origin(MarkId mark) const;
  // First time >= origin of what is watched for (at which `accept` holds); `never` if there is none.
  [[nodiscard]] double first_time(const Watch& watch, const Origin& origin) const;
  template <class Accept>
  [[nodiscard]] double first_time(const Watch& watch, const Origin& origin, Accept accept) const;

  [[nodiscard]] double value(const Code& code, double time);
  [[nodiscard]] bool holds(const Code& code, double time) { return value(code, time) != 0; }
  [[nodiscard]] double attribute(AttributeId attribute, double time) const;
  [[nodiscard]] std::int32_t state_at(double time) const;
  [[nodiscard]] std::uint32_t count_of(MarkId mark, double time) const;

 private:
  void look_at(const expression::Dependencies& needed, double time);
  void look_at_mark(MarkId mark, double time);

  double horizon_, observed_until_;
  std::size_t states_;
  std::vector<std::int32_t> mark_of_;  // by DeclarationId: the event's mark, -1 for a transition
  const history::Block* block_ = nullptr;
  std::size_t strategy_ = 0, patient_ = 0;
  history::PatientHistory rows_;
  std::uint64_t state_bits_ = 0, event_bits_ = 0, changed_bits_ = 0;  // of all that occurs; of attributes that change
  // What evaluation looks at; only what the code depends on is kept up to date.
  std::vector<double> attributes_, latest_;
  std::vector<std::uint32_t> count_;
};

template <class Accept>
double Life::first_time(const Watch& watch, const Origin& origin, Accept accept) const {
  double first = never;
  if (may_have_states(watch.state_bits())) {
    for (std::size_t i = origin.sojourn; i < rows_.state.size(); ++i) {
      if (!watch.state(rows_.state[i])) continue;
      const double time = rows_.start[i] < origin.time ? origin.time : rows_.start[i];
      if (!accept(time)) continue;
      first = time;
      break;
    }
  }
  if (may_have_events(watch.event_bits())) {
    for (std::size_t e = 0; e < rows_.event.size(); ++e) {
      const double time = rows_.event_time[e];
      if (time < origin.time || !watch.event(rows_.event[e])) continue;
      if (time >= first) break;
      if (accept(time)) return time;
    }
  }
  return first;
}

inline double Life::first_time(const Watch& watch, const Origin& origin) const {
  return first_time(watch, origin, [](double) { return true; });
}

}  // namespace sojourn::outcomes
