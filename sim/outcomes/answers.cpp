// Questions answered for all lives of a block.
#include <algorithm>
#include <limits>

#include "base/wide.hpp"
#include "outcomes/queries.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::uint32_t too_many = 1U << 31U;  // in a key: some value is not one of the few

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

// The earliest of some columns; `never` without any.
void earliest(const LifeTable& table, const std::vector<std::uint32_t>& columns, std::vector<double>& times) {
  times.assign(table.lives(), never);
  for (const std::uint32_t column : columns) {
    const double* const one = table.first(column);
    double* const all = times.data();
    wide([=, lives = times.size()] {
      for (std::size_t l = 0; l < lives; ++l) all[l] = one[l] < all[l] ? one[l] : all[l];
    });
  }
}

// The lives whose time is one of some.
template <class Is>
void list(const std::vector<double>& times, std::vector<std::uint32_t>& lives, Is is) {
  lives.resize(times.size());
  std::size_t n = 0;
  for (std::size_t l = 0; l < times.size(); ++l) {
    lives[n] = static_cast<std::uint32_t>(l);
    n += is(times[l]) ? 1 : 0;
  }
  lives.resize(n);
}

// Values that are known from columns unless they change about the time: then `look` tells. known(l, time, value):
// whether it is.
template <class Known, class Look>
void take(const std::uint32_t* who, const double* times, std::size_t count, double* values, Known known, Look look) {
  const auto life = [who](std::size_t i) { return who == nullptr ? i : who[i]; };
  if (who == nullptr) {
    std::int64_t missing = 0;
    wide([=, &missing] {
      std::int64_t unknown = 0;
      for (std::size_t i = 0; i < count; ++i) unknown += known(i, times[i], values[i]) ? 0 : 1;
      missing = unknown;
    });
    if (missing == 0) return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!known(life(i), times[i], values[i])) values[i] = look(life(i), times[i]);
  }
}

void take_attribute(AttributeId id, const LifeTable::Attribute& column, Lives& lives, const std::uint32_t* who,
                    const double* times, std::size_t count, double* values) {
  take(
      who, times, count, values,
      [column](std::size_t l, double time, double& value) {
        const bool after = time >= column.last_change[l];
        const double old = column.before[l], latest = column.after[l];
        value = after ? latest : old;
        return after | (time < column.first_change[l]);
      },
      [&](std::size_t l, double time) { return lives.open(l).attribute(id, time); });
}

void take_count(MarkId mark, const LifeTable::Count& column, Lives& lives, const std::uint32_t* who,
                const double* times, std::size_t count, double* values) {
  take(
      who, times, count, values,
      [column](std::size_t l, double time, double& value) {
        const bool after = time >= column.latest[l];
        const auto all = static_cast<double>(static_cast<std::int32_t>(column.all[l]));
        value = after ? all : 0.0;
        return after | (time < column.first[l]);
      },
      [&](std::size_t l, double time) { return static_cast<double>(lives.open(l).count_of(mark, time)); });
}

void take_state(Lives& lives, const std::uint32_t* who, const double* times, std::size_t count, double* values) {
  const double* const since = lives.table.last_start();
  const std::int16_t* const state = lives.table.last_state();
  take(
      who, times, count, values,
      [since, state](std::size_t l, double time, double& value) {
        value = static_cast<double>(state[l]);
        return time >= since[l];
      },
      [&](std::size_t l, double time) { return static_cast<double>(lives.open(l).state_at(time)); });
}

// Makes each value the last digit of its key.
void add_digits(const double* values, std::size_t count, std::uint32_t* keys) {
  wide([=] {
    for (std::size_t i = 0; i < count; ++i) {
      const double value = values[i];
      const bool small = (value >= 0) & (value < Memo::values);
      const double digit = small ? value : 0.0;
      const auto whole = static_cast<std::int32_t>(digit);
      const std::uint32_t more = static_cast<double>(whole) == value ? 0 : too_many, key = keys[i];
      keys[i] = ((key & ~too_many) * Memo::values + static_cast<std::uint32_t>(whole)) | (key & too_many) | more;
    }
  });
}

}  // namespace

void Queries::answer(Lives& lives, Answers& answers) const {
  answers.origins.resize(origins_.size());
  answers.later.resize(origins_.size());
  answers.firsts.resize(firsts_.size());
  answers.happened.resize(firsts_.size());
  answers.values.resize(values_.size());
  answers.memos.resize(memos_);
  for (std::size_t q = 0; q < origins_.size(); ++q) {
    if (origins_[q].mark.valid()) {
      earliest(lives.table, origins_[q].columns, answers.origins[q]);
    } else {
      answers.origins[q].assign(lives.count(), 0.0);
    }
    list(answers.origins[q], answers.later[q], [](double time) { return time > 0 && time < never; });
  }
  for (std::size_t q = 0; q < firsts_.size(); ++q) {
    answer_first(firsts_[q], lives, answers, answers.firsts[q], answers.happened[q]);
  }
  for (std::size_t q = 0; q < values_.size(); ++q) answer_value(values_[q], lives, answers, answers.values[q]);
  answers.stay_times.resize(stay_times_.size());
  for (std::size_t q = 0; q < stay_times_.size(); ++q) {
    answers.stay_times[q].fill(stay_times_[q], lives, answers.origins[at(stay_times_[q].origin)]);
  }
}

void Queries::answer_first(const First& query, Lives& lives, Answers& answers, std::vector<double>& first,
                           std::vector<std::uint32_t>& happened) const {
  const OriginQuery& from = origins_[at(query.origin)];
  earliest(lives.table, query.columns, first);
  if (from.mark.valid()) {
    const std::vector<double>& origin = answers.origins[at(query.origin)];
    for (std::size_t l = 0; l < first.size(); ++l) {
      if (first[l] > origin[l]) continue;
      first[l] = never;
      if (!(origin[l] < never)) continue;
      Life& life = lives.open(l);  // it happens at the origin or before it, and perhaps again
      first[l] = life.first_time(query.watch, *life.origin(from.mark));
    }
  }
  list(first, happened, [](double time) { return time < never; });
  const bool always = std::ranges::all_of(query.where.codes, [](const Code& c) { return c.constant && c.value != 0; });
  if (!always) keep_where_holds(query, lives, answers, first, happened);
}

// Of what happens that only where the condition holds; where it does not, perhaps later.
void Queries::keep_where_holds(const First& query, Lives& lives, Answers& answers, std::vector<double>& first,
                               std::vector<std::uint32_t>& happened) const {
  std::vector<double>&times = answers.times, &holds = answers.held;
  times.resize(happened.size());
  holds.resize(happened.size());
  for (std::size_t i = 0; i < happened.size(); ++i) times[i] = first[happened[i]];
  evaluate(query.where, lives, {happened.data(), times.data(), happened.size()}, answers, holds.data());
  const MarkId mark = origins_[at(query.origin)].mark;
  for (std::size_t i = 0; i < happened.size(); ++i) {
    if (holds[i] != 0) continue;
    const std::uint32_t l = happened[i];
    first[l] = never;
    if (lives.table.once(query.watch, l)) continue;
    Life& life = lives.open(l);
    const Code& code = query.where.codes[lives.parameter_set[l]];
    first[l] = life.first_time(query.watch, *life.origin(mark), [&](double time) { return life.holds(code, time); });
  }
  std::erase_if(happened, [&first](std::uint32_t l) { return !(first[l] < never); });
}

void Queries::answer_value(const Value& query, Lives& lives, Answers& answers, std::vector<double>& value) const {
  std::vector<double>& times = answers.times;
  if (query.origin == from_start) {
    times.assign(lives.count(), query.offset);
  } else {
    const std::vector<double>& origin = answers.origins[at(query.origin)];
    times.resize(lives.count());
    for (std::size_t l = 0; l < times.size(); ++l) times[l] = origin[l] + query.offset;
  }
  value.resize(lives.count());
  evaluate(query.what, lives, {nullptr, times.data(), times.size()}, answers, value.data());
  const double horizon = lives.life.horizon();
  for (std::size_t l = 0; l < times.size(); ++l) {
    value[l] = times[l] <= horizon ? value[l] : std::numeric_limits<double>::quiet_NaN();
  }
}

void Queries::evaluate(const Asked& asked, Lives& lives, const Instants& instants, Answers& answers, double* values) {
  const auto who = [&](std::size_t i) { return instants.who == nullptr ? i : instants.who[i]; };
  const auto code = [&](std::size_t l) -> const Code& { return asked.codes[lives.parameter_set[l]]; };
  switch (asked.way) {
    case Way::constant:
      for (std::size_t i = 0; i < instants.count; ++i) values[i] = code(who(i)).value;
      return;
    case Way::attribute: {
      const Looked& one = asked.attributes.front();
      take_attribute(AttributeId{one.id}, lives.table.attribute(one.column), lives, instants.who, instants.times,
                     instants.count, values);
      return;
    }
    case Way::remembered:
      recall(asked, lives, instants, answers, values);
      return;
    case Way::one_by_one:
      for (std::size_t i = 0; i < instants.count; ++i) {
        const double horizon = lives.life.horizon();
        values[i] = instants.times[i] <= horizon ? lives.open(who(i)).value(code(who(i)), instants.times[i]) : 0.0;
      }
      return;
  }
}

// The one or two things it depends on make a key, under which its value is known once it was asked for.
void Queries::recall(const Asked& asked, Lives& lives, const Instants& instants, Answers& answers, double* values) {
  std::vector<std::uint32_t>& keys = answers.keys;
  keys.assign(instants.count, 0);
  const auto who = [&](std::size_t i) { return instants.who == nullptr ? i : instants.who[i]; };
  for (const Looked& one : asked.attributes) {
    take_attribute(AttributeId{one.id}, lives.table.attribute(one.column), lives, instants.who, instants.times,
                   instants.count, values);
    add_digits(values, instants.count, keys.data());
  }
  for (const Looked& one : asked.marks) {
    take_count(MarkId{one.id}, lives.table.count(one.column), lives, instants.who, instants.times, instants.count,
               values);
    add_digits(values, instants.count, keys.data());
  }
  if (asked.state) {
    take_state(lives, instants.who, instants.times, instants.count, values);
    add_digits(values, instants.count, keys.data());
  }
  bool all = asked.codes.size() == 1;
  if (all) {
    const double* const known = answers.memos[asked.memo].known.data();
    const std::uint32_t* const key = keys.data();
    for (std::size_t i = 0; i < instants.count; ++i) {
      const double value = known[key[i] < too_many ? key[i] : 0];
      values[i] = value;
      all &= (key[i] < too_many) & (value == value);
    }
  }
  if (all) return;
  const double horizon = lives.life.horizon();
  for (std::size_t i = 0; i < instants.count; ++i) {
    const std::size_t l = who(i), set = lives.parameter_set[l];
    const bool few = (keys[i] & too_many) == 0;
    double& known = answers.memos[asked.memo + set].known[few ? keys[i] : 0];
    values[i] = known;
    if (few && known == known) continue;
    values[i] = instants.times[i] <= horizon ? lives.open(l).value(asked.codes[set], instants.times[i]) : 0.0;
    if (few && instants.times[i] <= horizon) known = values[i];
  }
}

}  // namespace sojourn::outcomes
