#include "outcomes/accumulator.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "base/error.hpp"
#include "base/wide.hpp"
#include "outcomes/at_instant.hpp"
#include "outcomes/seen.hpp"
#include "outcomes/to_event.hpp"

namespace sojourn::outcomes {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

// The code in the places of a group.
template <class Code>
void put_where(const std::vector<std::int32_t>& groups, std::int32_t group, Code own, std::vector<Code>& codes) {
  wide([=, in = groups.data(), code = codes.data(), lives = codes.size()] {
    for (std::size_t l = 0; l < lives; ++l) code[l] = in[l] == group ? own : code[l];
  });
}

}  // namespace

void Accumulator::update(const history::Block& block) {
  const std::size_t strategies = compiled_->strategies.size();
  if (block.strategies.size() != strategies) throw RunError("outcomes: a block with other strategies than planned");
  if (block.patients > most_patients - sums_.patients_) throw RunError("outcomes: more than 2^40 patients");
  sums_.patients_ += block.patients;
  for (std::size_t s = 0; s < sums_.passages_.size(); ++s) sums_.passages_[s].add(block.strategies[s]);
  if (compiled_->items.empty()) return;
  lives_.open(block);
  for (std::size_t i = 0; i < compiled_->items.size(); ++i) {
    const Item& item = compiled_->items[i];
    if (item.curve) {
      add_curves(item);
      continue;
    }
    lives_.record(item, records_);
    if (item.places > 0) {
      if (sums_.changes_late_[i] == 0 && outcomes::changes_late(item, lives_.answers(), lives_.counted(item.frame))) {
        sums_.changes_late_[i] = 1;
      }
      add_counts(item);
      if (!compiled_->pairs.empty()) add_pairs_of_counts(item);
    }
    if (item.means > 0) add_means(item);
  }
}

void Accumulator::add_curves(const Item& item) {
  const Counted& counted = lives_.counted(item.frame);
  for (const std::uint32_t l : counted.lives) {
    const auto end = curve_end(item, lives_.answers(), l);
    if (!end) continue;
    for (const std::uint32_t s : lives_.run_of(l).strategies) {
      sums_.curves_[s * compiled_->curves + item.first_curve + at(counted.group[l])].add(item.grid, *end);
    }
  }
}

// All who are counted as if nothing happened to them; then those to whom something does.
void Accumulator::add_counts(const Item& item) {
  const std::size_t usual_place = at(records_.usual_place);
  const std::uint32_t* in_run = lives_.counted(item.frame).in_run.data();
  for (const BlockLives::Run& run : lives_.runs()) {
    for (std::size_t g = 0; g < item.groups.size(); ++g, ++in_run) {
      if (*in_run == 0) continue;
      for (const std::uint32_t s : run.strategies)
        counts_of(item, s)[g * item.counts_a_group() + usual_place] += *in_run;
    }
  }
  const std::span<const Records::Record> listed = records_.listed;
  for (std::size_t begin = 0, end = 0; begin < listed.size(); begin = end) {
    const BlockLives::Run& run = lives_.run_of(listed[begin].life);
    while (end < listed.size() && listed[end].life >= run.begin && listed[end].life < run.end) ++end;
    for (const std::uint32_t s : run.strategies)
      move_counts(item, listed.first(end).subspan(begin), counts_of(item, s));
  }
}

// From the usual place to their own.
void Accumulator::move_counts(const Item& item, std::span<const Records::Record> records, std::uint64_t* counts) const {
  const std::size_t a_group = item.counts_a_group();
  const std::int32_t* const groups = lives_.counted(item.frame).group.data();
  const auto last = static_cast<std::int32_t>(item.steps);
  std::size_t before = 0, moved = 0;  // a group, and how many of it at a stretch
  const auto take_away = [&] { counts[before * a_group + at(records_.usual_place)] -= moved; };
  for (const Records::Record& one : records) {
    if (const std::size_t group = at(groups[one.life]); group != before) {
      take_away();
      before = group;
      moved = 0;
    }
    ++moved;
    if (one.group == not_counted) continue;
    std::uint64_t* const to = counts + at(one.group) * a_group;
    ++to[at(one.place)];
    if (one.followed != last) ++to[item.places + at(one.followed)];
  }
  take_away();
}

// What the cells see of each life.
template <class Code>
void Accumulator::encode(const Item& item, std::vector<Code>& codes) {
  const std::vector<std::int32_t>& groups = lives_.counted(item.frame).group;
  codes.resize(groups.size());
  const auto usual = [&](std::int32_t group) {
    return static_cast<Code>(Seen::of(item, group, records_.usual_place, records_.usual_followed));
  };
  std::ranges::fill(codes, usual(0));
  if (!lives_.counted(item.frame).all) {
    for (std::int32_t g = not_counted; g < static_cast<std::int32_t>(item.groups.size()); ++g) {
      if (g != 0) put_where(groups, g, usual(g), codes);
    }
  }
  for (const Records::Record& one : records_.listed) {
    codes[one.life] = static_cast<Code>(Seen::of(item, one.group, one.place, one.followed));
  }
}

// The places at which two columns differ, word by word: mostly none does.
template <class Code>
void Accumulator::find_differences(const Code* a, const Code* b, std::size_t count) {
  constexpr std::size_t together = sizeof(std::uint64_t) / sizeof(Code);
  different_.resize(count);
  std::size_t listed = 0, i = 0;
  const auto list = [&, found = different_.data()](std::size_t end) {
    for (; i < end; ++i) {
      found[listed] = static_cast<std::uint32_t>(i);
      listed += a[i] != b[i] ? 1 : 0;
    }
  };
  for (; i + together <= count; i += together) {
    std::uint64_t of_a = 0, of_b = 0;
    std::memcpy(&of_a, a + i, sizeof of_a);
    std::memcpy(&of_b, b + i, sizeof of_b);
    if (of_a == of_b) continue;
    list(i + together);
    i -= together;
  }
  list(count);
  different_.resize(listed);
}

template <class Code>
void Accumulator::add_pairs_of_counts(const Item& item, std::vector<Code>& codes) {
  encode(item, codes);
  std::uint64_t* const joint = sums_.joint_.data() + item.first_joint;
  const auto codes_of_item = static_cast<std::size_t>(item.codes);
  PairCounts* const cells = sums_.pair_counts_.data() + item.first_cell;
  for (const BlockLives::Couples& couples : lives_.couples()) {
    const Code *const codes_a = codes.data() + couples.a, *const codes_b = codes.data() + couples.b;
    find_differences(codes_a, codes_b, couples.count);
    if (different_.empty()) continue;
    for (const std::uint32_t i : different_) {
      const Code a = codes_a[i], b = codes_b[i];
      for (const Met& met : couples.met) {
        const Code first = met.swapped ? b : a, second = met.swapped ? a : b;
        if (item.codes > 0) {
          ++joint[met.pair * compiled_->joints + first * codes_of_item + second];
        } else {
          add_cells(item, first, second, 1, cells + met.pair * compiled_->cells);
        }
      }
    }
  }
}

void Accumulator::add_pairs_of_counts(const Item& item) {
  static_assert(most_joint_codes <= 256);
  if (item.codes > 0) {
    add_pairs_of_counts(item, few_codes_);
  } else {
    add_pairs_of_counts(item, codes_);
  }
}

// The frame's, but for those who are not counted after all.
const std::vector<std::int32_t>& Accumulator::groups_of_means(const Item& item) {
  const std::vector<std::int32_t>& groups = lives_.counted(item.frame).group;
  const auto dropped = [](const Records::Record& one) { return one.group == not_counted; };
  if (std::ranges::none_of(records_.listed, dropped)) return groups;
  groups_ = groups;
  for (const Records::Record& one : records_.listed) {
    if (dropped(one)) groups_[one.life] = not_counted;
  }
  return groups_;
}

void Accumulator::add_means(const Item& item) {
  const std::vector<std::int32_t>& groups = groups_of_means(item);
  const bool all = lives_.counted(item.frame).all && &groups != &groups_;
  for (std::size_t number = 0; number < item.groups.size() * item.means; ++number) {
    const std::vector<std::int64_t>& values = records_.values[number % item.means];
    if (all) {
      add_means_of(item, number, values.data(), nullptr);
      continue;
    }
    const auto group = static_cast<std::int32_t>(number / item.means);
    in_the_group_.resize(groups.size());
    for (std::size_t l = 0; l < groups.size(); ++l) in_the_group_[l] = groups[l] == group ? values[l] : no_number;
    add_means_of(item, number, in_the_group_.data(), groups.data());
  }
}

// Of a mean in a group, to which those outside have no number; without `groups` nobody is outside.
void Accumulator::add_means_of(const Item& item, std::size_t number, const std::int64_t* values,
                               const std::int32_t* groups) {
  const auto group = static_cast<std::int32_t>(number / item.means);
  for (const BlockLives::Run& run : lives_.runs()) {
    MeanSums sums;
    sums.add(values + run.begin, run.end - run.begin);
    if (groups != nullptr) {
      const auto in = std::count(groups + run.begin, groups + run.end, group);
      sums.too_short -= static_cast<std::int64_t>(run.end - run.begin) - in;
    }
    for (const std::uint32_t s : run.strategies) {
      sums_.means_[s * compiled_->means + item.first_mean + number].combine(sums);
    }
  }
  for (const BlockLives::Couples& couples : lives_.couples()) {
    PairMeans sums;
    sums.add(values + couples.a, values + couples.b, couples.count);
    if (sums.empty()) continue;
    for (const Met& met : couples.met) {
      sums_.pair_means_[met.pair * compiled_->means + item.first_mean + number].combine(met.swapped ? sums.swapped()
                                                                                                    : sums);
    }
  }
}

}  // namespace sojourn::outcomes
