#include "outcomes/seen.hpp"

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

bool of_times(const Item& item) {
  return item.level_values.empty();
}

// Possible values of Seen::place and Seen::followed.
std::int64_t places(const Item& item) {
  return of_times(item) ? item.looked_at.back() + 1 : static_cast<std::int64_t>(item.places);
}

std::int64_t follow_ups(const Item& item) {
  return of_times(item) ? item.looked_at.back() + 1 : 2;
}

}  // namespace

std::int64_t codes_of(const Item& item) {
  return static_cast<std::int64_t>(item.groups.size()) * places(item) * follow_ups(item) + 1;
}

std::uint32_t Seen::of(const Item& item, std::int32_t group, std::int32_t place, std::int32_t followed) {
  if (group == not_counted) return 0;
  const auto seen = [&item](std::int32_t p) {
    return of_times(item) ? item.looked_at[static_cast<std::size_t>(p)] : p;
  };
  return static_cast<std::uint32_t>((group * places(item) + seen(place)) * follow_ups(item) + seen(followed) + 1);
}

Seen Seen::from(const Item& item, std::uint32_t code) {
  if (code == 0) return {};
  const std::int64_t number = std::int64_t{code} - 1, rest = number / follow_ups(item);
  return {static_cast<std::int32_t>(rest / places(item)), static_cast<std::int32_t>(rest % places(item)),
          static_cast<std::int32_t>(number % follow_ups(item))};
}

Mark Seen::mark(const Item& item, const Cell& cell, std::int32_t number) const {
  if (group == not_counted) return Mark::absent;
  if (followed <= (of_times(item) ? number : 0)) return Mark::too_short;
  const bool yes = of_times(item) ? (place > number) == cell.event_free : place == cell.place;
  return yes ? Mark::yes : Mark::no;
}

void add_cells(const Item& item, std::uint32_t a, std::uint32_t b, std::uint64_t patients, PairCounts* counts) {
  const Seen seen_a = Seen::from(item, a), seen_b = Seen::from(item, b);
  std::int32_t number = 0;
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantity != Quantity::proportion) continue;
    const Mark of_a = seen_a.mark(item, cell, number), of_b = seen_b.mark(item, cell, number);
    ++number;
    if (seen_a.group == seen_b.group) {
      if (of_a != of_b) counts[at(seen_a.group) * item.cells.size() + k].add(of_a, of_b, patients);
      continue;
    }
    if (seen_a.group != not_counted) {
      counts[at(seen_a.group) * item.cells.size() + k].add(of_a, Mark::absent, patients);
    }
    if (seen_b.group != not_counted) {
      counts[at(seen_b.group) * item.cells.size() + k].add(Mark::absent, of_b, patients);
    }
  }
}

}  // namespace sojourn::outcomes
