// Which strategy is best in each scenario, found with as many patients as that takes: where it is not clear at one look
// (looks.hpp) twice as many patients live in the scenario, and it is looked at again. Who goes on follows from the
// exact sums alone, so that it is the same for any threads, shares, hosts, order and kills.
// Scenarios go on by groups, those of one shard of the stage that they began with: a group looks again as soon as its
// own shards are there, and no group waits for another. The patients of its next look are a stage of the plan in
// memory; no file says which they are, because everybody finds the same.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "outcomes/best.hpp"
#include "sweep/looks.hpp"
#include "sweep/parts.hpp"
#include "sweep/run.hpp"

namespace sojourn::sweep {

enum class Verdict : std::uint8_t {
  unfinished,    // patients of its next look are missing, or it failed
  resolved,      // one strategy is better than all others
  equal,         // those that are not told from the best differ from it by less than matters
  not_resolved,  // with as many patients as it may cost
};
[[nodiscard]] const char* verdict_name(Verdict verdict);

struct Resolution {
  Verdict verdict = Verdict::unfinished;
  std::size_t looks = 0;              // so far
  std::size_t best = 0;               // in the sweep's strategies; of the last look
  std::vector<std::size_t> not_told;  // from the best, likewise
  // The best less the strategy that comes nearest to it; or the other way round, where lower is better.
  std::size_t nearest = 0;
  double difference = 0;
  outcomes::Interval interval;  // holds at all looks, and for the best against all others, at once
};

// What the sweep resolves. Throws InputError if it resolves nothing.
[[nodiscard]] const Resolve& resolve_of(const Opened& sweep);

class Resolver {
 public:
  // Looks at scenarios of which some patients are in the share. Throws as resolve_of().
  Resolver(Opened& sweep, Parts& parts, int threads, const Share& share = {});

  // Looks wherever all patients of the next look are there; adds stages of the looks after that to the sweep's plan.
  // False if there are none.
  bool look();

  [[nodiscard]] const std::vector<Look>& looks() const { return looks_; }
  [[nodiscard]] const std::vector<Resolution>& found() const { return found_; }  // by scenario
  [[nodiscard]] const std::vector<std::size_t>& mine() const { return mine_; }   // scenarios with a part in the share

 private:
  struct Group {
    std::size_t stage = 0, number = 0;
    std::vector<std::size_t> going;  // scenarios that are not decided
    bool mine = false;
  };

  void make_groups(const Share& share);
  [[nodiscard]] bool is_ready(const Group& group) const;
  void judge(const std::vector<std::size_t>& scenarios);
  [[nodiscard]] Resolution judged(std::size_t scenario, const std::vector<std::string>& sums) const;
  bool go_on(Group& group);

  Opened& sweep_;
  Parts& parts_;
  int threads_;
  const Resolve& wanted_;
  std::vector<Look> looks_;
  std::vector<Group> groups_;
  std::vector<std::size_t> mine_;
  std::vector<Resolution> found_;
};

}  // namespace sojourn::sweep
