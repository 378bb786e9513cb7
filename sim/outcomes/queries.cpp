#include "outcomes/queries.hpp"

#include <algorithm>

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
  const auto same = [mark](const OriginQuery& one) { return one.mark == mark; };
  const auto found = std::ranges::find_if(origins_, same);
  const auto place = static_cast<std::int32_t>(found - origins_.begin());
  if (found == origins_.end()) {
    origins_.push_back({mark, mark.valid() ? columns_.first_of(mark) : std::vector<std::uint32_t>{}});
  }
  return place;
}

Queries::Asked Queries::asked(std::vector<Code> codes) {
  Asked made;
  const auto all = [&codes](auto what) { return std::ranges::all_of(codes, what); };
  const auto look_at_attribute = [&](AttributeId a) {
    const auto known = [a](const Looked& one) { return one.id == a.value; };
    if (std::ranges::none_of(made.attributes, known)) made.attributes.push_back({a.value, columns_.attribute(a)});
  };
  if (all([](const Code& c) { return c.constant; })) {
    made.way = Way::constant;
  } else if (all([&](const Code& c) { return !c.constant && c.only_attribute == codes.front().only_attribute; }) &&
             codes.front().only_attribute >= 0) {
    made.way = Way::attribute;
    look_at_attribute(AttributeId{codes.front().only_attribute});
  } else if (all([](const Code& c) { return !c.dependencies.time; })) {
    for (const Code& code : codes) {  // what one of them depends on
      if (code.only_attribute >= 0) look_at_attribute(AttributeId{code.only_attribute});
      for (const AttributeId a : code.dependencies.attributes) look_at_attribute(a);
      for (const MarkId m : code.dependencies.marks) {
        const auto known = [m](const Looked& one) { return one.id == m.value; };
        if (std::ranges::none_of(made.marks, known)) made.marks.push_back({m.value, columns_.count_of(m)});
      }
      made.state = made.state || code.dependencies.state;
    }
    if (made.attributes.size() + made.marks.size() + (made.state ? 1 : 0) <= 2) {
      made.way = Way::remembered;
      made.memo = memos_;
      memos_ += codes.size();
    }
  }
  made.codes = std::move(codes);
  return made;
}

std::int32_t Queries::first(std::int32_t origin, const Watch& watch, std::vector<Code> codes) {
  for (std::size_t q = 0; q < firsts_.size(); ++q) {
    const First& one = firsts_[q];
    if (one.origin == origin && one.watch == watch && same(one.where.codes, codes)) return static_cast<std::int32_t>(q);
  }
  firsts_.push_back({origin, watch, columns_.first_of(watch), asked(std::move(codes))});
  return static_cast<std::int32_t>(firsts_.size()) - 1;
}

TimesIn Queries::times_in(std::int32_t origin, std::optional<double> until, double scale, const Watch& watch) {
  const auto same = [&](const StayTimesQuery& one) {
    return one.origin == origin && one.until == until && one.scale == scale;
  };
  auto query = std::ranges::find_if(stay_times_, same);
  if (query == stay_times_.end()) {
    stay_times_.push_back({origin, until, scale, std::vector<std::uint32_t>(states_, 0)});
    query = stay_times_.end() - 1;
  }
  return {static_cast<std::size_t>(query - stay_times_.begin()), query->columns_of(watch)};
}

std::int32_t Queries::value(std::int32_t origin, double offset, std::vector<Code> codes) {
  if (std::ranges::all_of(codes, [](const Code& c) { return c.constant && c.value == 1; })) return no_query;
  for (std::size_t q = 0; q < values_.size(); ++q) {
    const Value& one = values_[q];
    if (one.origin == origin && one.offset == offset && same(one.what.codes, codes)) {
      return static_cast<std::int32_t>(q);
    }
  }
  values_.push_back({origin, offset, asked(std::move(codes))});
  return static_cast<std::int32_t>(values_.size()) - 1;
}

}  // namespace sojourn::outcomes
