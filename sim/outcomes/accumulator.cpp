#include "outcomes/accumulator.hpp"

#include <algorithm>

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

// The places at which two columns differ. Mostly none of many do.
void find_differences(const std::uint32_t* a, const std::uint32_t* b, std::size_t count,
                      std::vector<std::uint32_t>& places) {
  constexpr std::size_t together = 8;
  places.resize(count);
  std::size_t n = 0;
  wide([&, found = places.data()] {
    std::size_t i = 0, listed = 0;
    const auto list = [&](std::size_t end) {
      for (; i < end; ++i) {
        found[listed] = static_cast<std::uint32_t>(i);
        listed += a[i] != b[i] ? 1 : 0;
      }
    };
    while (i + together <= count) {
      std::uint32_t different = 0;
      for (std::size_t j = i; j < i + together; ++j) different |= a[j] ^ b[j];
      if (different != 0) {
        list(i + together);
      } else {
        i += together;
      }
    }
    list(count);
    n = listed;
  });
  places.resize(n);
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
    lives_.record(item, i, records_);
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
    for (const std::uint32_t s : lives_.strategies_of(l)) {
      sums_.curves_[s * compiled_->curves + item.first_curve + at(counted.group[l])].add(item.grid, *end);
    }
  }
}

// All who are counted as if nothing happened to them; then those to whom something does.
void Accumulator::add_counts(const Item& item) {
  const std::size_t a_group = item.counts_a_group(), usual_place = at(records_.usual_place);
  const Counted& counted = lives_.counted(item.frame);
  const auto own = [&](std::uint32_t strategy, std::int32_t group) {
    return sums_.counts_.data() + strategy * compiled_->counts + item.first_count + at(group) * a_group;
  };
  const std::uint32_t* in_run = counted.in_run.data();
  for (const BlockLives::Run& run : lives_.runs()) {
    for (std::size_t g = 0; g < item.groups.size(); ++g, ++in_run) {
      if (*in_run == 0) continue;
      for (const std::uint32_t s : run.strategies) own(s, static_cast<std::int32_t>(g))[usual_place] += *in_run;
    }
  }
  const auto last = at(static_cast<std::int32_t>(item.steps));
  for (const Records::Record& one : records_.listed) {
    const std::int32_t before = counted.group[one.life];
    for (const std::uint32_t s : lives_.strategies_of(one.life)) {
      std::uint64_t* const from = own(s, before);
      --from[usual_place];
      if (one.group == not_counted) continue;
      std::uint64_t* const to = one.group == before ? from : own(s, one.group);
      ++to[at(one.place)];
      if (at(one.followed) != last) ++to[item.places + at(one.followed)];
    }
  }
}

// What the cells see of each life.
void Accumulator::encode(const Item& item) {
  const Counted& counted = lives_.counted(item.frame);
  usual_codes_.clear();
  for (std::int32_t group = not_counted; group < static_cast<std::int32_t>(item.groups.size()); ++group) {
    usual_codes_.push_back(Seen::of(item, group, records_.usual_place, records_.usual_followed));
  }
  if (counted.all) {
    std::ranges::fill(records_.code, usual_codes_[1]);
  } else {
    for (std::size_t l = 0; l < records_.code.size(); ++l) records_.code[l] = usual_codes_[at(counted.group[l] + 1)];
  }
  for (const Records::Record& one : records_.listed) {
    records_.code[one.life] = Seen::of(item, one.group, one.place, one.followed);
  }
}

void Accumulator::add_pairs_of_counts(const Item& item) {
  encode(item);
  const std::uint32_t* const code = records_.code.data();
  std::uint64_t* const joint = sums_.joint_.data() + item.first_joint;
  PairCounts* const cells = sums_.pair_counts_.data() + item.first_cell;
  for (const BlockLives::Couples& couples : lives_.couples()) {
    const std::uint32_t *const codes_a = code + couples.a, *const codes_b = code + couples.b;
    find_differences(codes_a, codes_b, couples.count, different_);
    for (const Met& met : couples.met) {
      std::uint64_t* const in_pair = joint + met.pair * compiled_->joints;
      for (const std::uint32_t i : different_) {
        const std::uint32_t a = met.swapped ? codes_b[i] : codes_a[i], b = met.swapped ? codes_a[i] : codes_b[i];
        if (item.codes > 0) {
          ++in_pair[a * static_cast<std::size_t>(item.codes) + b];
        } else {
          add_cells(item, a, b, 1, cells + met.pair * compiled_->cells);
        }
      }
    }
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
