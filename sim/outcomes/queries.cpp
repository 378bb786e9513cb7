#include "outcomes/queries.hpp"

#include <algorithm>
#include <limits>

namespace sojourn::outcomes {

namespace {

bool same(const Code& a, const Code& b) {
  if (a.constant || b.constant) return a.constant && b.constant && a.value == b.value;
  return a.instructions == b.instructions && a.constants == b.constants && a.state_sets == b.state_sets &&
         a.only_attribute == b.only_attribute;
}

bool same(const std::vector<Code>& a, const std::vector<Code>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Code& x, const Code& y) { return same(x, y); });
}

}  // namespace

std::int32_t Queries::origin(MarkId mark) {
  const auto found = std::find(origins_.begin(), origins_.end(), mark);
  const auto place = static_cast<std::int32_t>(found - origins_.begin());
  if (found == origins_.end()) origins_.push_back(mark);
  return place;
}

Queries::Asked Queries::asked(std::vector<Code> codes) {
  Asked made;
  const auto few = [](const Code& c) { return !c.constant && c.only_attribute < 0 && Life::has_key(c); };
  if (std::all_of(codes.begin(), codes.end(), few)) {
    made.memo = static_cast<std::int32_t>(memos_);
    memos_ += codes.size();
  }
  made.codes = std::move(codes);
  return made;
}

std::int32_t Queries::first(std::int32_t origin, const Watch& watch, std::vector<Code> codes) {
  for (std::size_t q = 0; q < firsts_.size(); ++q) {
    const First& one = firsts_[q];
    if (one.origin == origin && one.watch == watch && same(one.where.codes, codes)) return static_cast<std::int32_t>(q);
  }
  firsts_.push_back({origin, watch, asked(std::move(codes))});
  return static_cast<std::int32_t>(firsts_.size()) - 1;
}

std::int32_t Queries::value(std::int32_t origin, double offset, std::vector<Code> codes) {
  if (std::all_of(codes.begin(), codes.end(), [](const Code& c) { return c.constant && c.value == 1; })) {
    return no_query;
  }
  std::int32_t at_end = no_query;
  for (std::size_t q = 0; q < values_.size(); ++q) {
    const Value& one = values_[q];
    if (one.origin != origin || !same(one.what.codes, codes)) continue;
    if (one.offset == offset) return static_cast<std::int32_t>(q);
    const bool by_clock = std::any_of(codes.begin(), codes.end(), [](const Code& c) { return c.dependencies.time; });
    if (origin == from_start && offset < one.offset && !by_clock) at_end = static_cast<std::int32_t>(q);
  }
  values_.push_back({origin, offset, asked(std::move(codes)), at_end});
  return static_cast<std::int32_t>(values_.size()) - 1;
}

void Queries::prepare(std::size_t lives, Answers& answers) const {
  const auto make_room = [lives](auto& columns, std::size_t count) {
    columns.resize(count);
    for (auto& column : columns) column.resize(std::max(column.size(), lives));
  };
  make_room(answers.origins, origins_.size());
  make_room(answers.firsts, firsts_.size());
  make_room(answers.values, values_.size());
  answers.memos.resize(memos_);
}

double Queries::value(const Asked& what, std::size_t parameter_set, Life& life, double time, std::vector<Memo>& memos) {
  const Code& code = what.codes[parameter_set];
  if (what.memo == no_query) return life.value(code, time);
  const std::optional<std::size_t> key = life.key(code, time, Memo::values);
  if (!key) return life.value(code, time);
  Memo& memo = memos[static_cast<std::size_t>(what.memo) + parameter_set];
  if (!memo.asked[*key]) {
    memo.known[*key] = life.value(code, time);
    memo.asked[*key] = true;
  }
  return memo.known[*key];
}

void Queries::answer(std::size_t parameter_set, Life& life, std::size_t place, Answers& answers) const {
  for (std::size_t q = 0; q < origins_.size(); ++q) {
    answers.origins[q][place] = life.origin(origins_[q]).value_or(Origin{never, 0});
  }
  for (std::size_t q = 0; q < firsts_.size(); ++q) {
    const First& one = firsts_[q];
    const Origin& origin = answers.origins[static_cast<std::size_t>(one.origin)][place];
    double first = never;
    if (origin.time < never && life.may_have(one.watch)) {
      const Code& where = one.where.codes[parameter_set];
      first = where.constant && where.value != 0
                  ? life.first_time(one.watch, origin)
                  : life.first_time(one.watch, origin, [&](double time) {
                      return value(one.where, parameter_set, life, time, answers.memos) != 0;
                    });
    }
    answers.firsts[q][place] = first;
  }
  for (std::size_t q = 0; q < values_.size(); ++q) {
    const Value& one = values_[q];
    double from = 0;
    if (one.origin != from_start) from = answers.origins[static_cast<std::size_t>(one.origin)][place].time;
    const double time = from + one.offset;
    if (one.same_at_end != no_query && life.last_change() <= time) {
      answers.values[q][place] = answers.values[static_cast<std::size_t>(one.same_at_end)][place];
    } else {
      answers.values[q][place] = time <= life.horizon() ? value(one.what, parameter_set, life, time, answers.memos)
                                                        : std::numeric_limits<double>::quiet_NaN();
    }
  }
}

}  // namespace sojourn::outcomes
