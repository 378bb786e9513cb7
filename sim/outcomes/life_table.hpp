// What happens in the lives of a block, as columns over lives: what is asked of all of them is answered by passing over
// columns. Only what somebody asks about has a column.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "history/block.hpp"
#include "outcomes/life.hpp"

namespace sojourn::outcomes {

// Which columns there are. Column 0 of each kind takes what nobody asks about.
class LifeTableColumns {
 public:
  explicit LifeTableColumns(const model::Model& model);

  // First times of states and events; of all that is watched for.
  [[nodiscard]] std::vector<std::uint32_t> first_of(const Watch& watch);
  [[nodiscard]] std::vector<std::uint32_t> first_of(MarkId mark);
  // How often, and when for the first and for the last time.
  [[nodiscard]] std::uint32_t count_of(MarkId mark);
  [[nodiscard]] std::uint32_t attribute(AttributeId attribute);

 private:
  friend class LifeTable;
  [[nodiscard]] std::uint32_t first_of_state(std::size_t state);
  [[nodiscard]] std::uint32_t first_of_event(std::size_t declaration);

  std::vector<std::int32_t> mark_of_;                           // by DeclarationId: the event's mark, -1
  std::vector<std::uint32_t> first_of_state_, first_of_event_;  // by StateId, by DeclarationId
  std::vector<std::uint32_t> count_of_state_, count_of_event_;
  std::vector<std::uint32_t> attribute_;  // by AttributeId
  std::vector<AttributeId> attributes_;   // by column
  std::size_t firsts_ = 1, counts_ = 1;
};

// A life: of a patient of the block, counted from 0, under a strategy.
struct LifePlace {
  std::uint32_t strategy = 0, patient = 0;
};

class LifeTable {
 public:
  // `lives`: the table's rows.
  void fill(const LifeTableColumns& columns, const history::Block& block, std::span<const LifePlace> lives);

  [[nodiscard]] std::size_t lives() const { return lives_; }
  [[nodiscard]] const double* first(std::uint32_t column) const { return first_.data() + column * lives_; }  // `never`
  // Up to and including a time.
  struct Count {
    const double *first, *latest;  // `never`; -infinity
    const std::uint32_t* all;
  };
  [[nodiscard]] Count count(std::uint32_t column) const {
    return {count_first_.data() + column * lives_, latest_.data() + column * lives_, count_.data() + column * lives_};
  }
  // Value at the start, until the first change; value from the last change on.
  struct Attribute {
    const double *before, *first_change, *last_change, *after;  // `never`; -infinity
  };
  [[nodiscard]] Attribute attribute(std::uint32_t column) const {
    const std::size_t from = column * lives_;
    return {before_.data() + from, first_change_.data() + from, last_change_.data() + from, after_.data() + from};
  }
  // Some of what is watched for may happen: states, events. (False where none of it does.)
  [[nodiscard]] bool may_enter(const Watch& watch, std::size_t life) const {
    return (states_[life].ever & watch.state_bits()) != 0;
  }
  [[nodiscard]] bool may_have_events(const Watch& watch, std::size_t life) const {
    return (events_[life].ever & watch.event_bits()) != 0;
  }
  // What is watched for happens exactly once. (False where that is not known at once.)
  [[nodiscard]] bool once(const Watch& watch, std::size_t life) const {
    const std::uint64_t states = states_[life].ever & watch.state_bits(),
                        events = events_[life].ever & watch.event_bits();
    const std::uint64_t again = (states_[life].again & watch.state_bits()) | (events_[life].again & watch.event_bits());
    return again == 0 && std::popcount(states) + std::popcount(events) == 1;
  }
  // The state at the end, and since when.
  [[nodiscard]] const std::int16_t* last_state() const { return last_state_.data(); }
  [[nodiscard]] const double* last_start() const { return last_start_.data(); }

 private:
  void fill_baseline(const LifeTableColumns& columns, const history::Block& block, std::span<const LifePlace> lives);
  struct Rows {  // of a life, in the columns of its strategy
    std::size_t first, end;
  };
  template <bool counting>  // somebody asks how often
  void fill_rows(const LifeTableColumns& columns, const history::Block& block, std::span<const LifePlace> lives);
  template <bool counting>
  void happens(std::uint32_t first_column, std::uint32_t count_column, std::size_t life, double time);
  template <bool counting>
  void fill_stays(const LifeTableColumns& columns, const history::Sojourns& stays, Rows rows, std::size_t life);
  template <bool counting>
  void fill_events(const LifeTableColumns& columns, const history::Events& events, Rows rows, std::size_t life);
  void fill_changes(const LifeTableColumns& columns, const history::Changes& changes, Rows rows, std::size_t life);

  std::size_t lives_ = 0;
  std::vector<double> first_;
  std::vector<double> count_first_, latest_;
  std::vector<std::uint32_t> count_;
  std::vector<double> before_, first_change_, last_change_, after_;
  struct Bits {  // by number modulo 64 (Watch)
    std::uint64_t ever = 0, again = 0;
    void note(std::size_t number) {
      const std::uint64_t bit = std::uint64_t{1} << (number & 63U);
      again |= ever & bit;
      ever |= bit;
    }
  };
  std::vector<Bits> states_, events_;  // entered, that happened
  std::vector<std::int16_t> last_state_;
  std::vector<double> last_start_;
};

}  // namespace sojourn::outcomes
