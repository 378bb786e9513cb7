// The shards of a share that are not there: found by the first process of a team, claimed one after the other by all,
// left to other processes that work on them, and taken up again where these give them up.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "sweep/claim_keeper.hpp"
#include "sweep/run_tally.hpp"

namespace sojourn::sweep {

class MissingShards {
 public:
  struct Taken {
    Shard shard;
    std::shared_ptr<Claim> claim;
  };

  // By all of the team: looks at what is there, and notes it. Options and tally are kept by reference.
  MissingShards(const Opened& sweep, const RunOptions& options, team::Team& team, RunTally& tally);

  [[nodiscard]] std::size_t size() const { return missing_.size(); }  // as found, in all processes the same
  [[nodiscard]] const Shard& operator[](std::size_t item) const { return shards_[missing_[item]]; }

  // The next that nobody works on, of the items or given up by another process. By one thread at a time.
  [[nodiscard]] std::optional<Taken> next(team::Items& items);
  // Until each shard of others is there, or nobody works on it any more; without `wait` one look. True if there are
  // some to be made again. Throws engine::Stopped. Here, where no thread waits meanwhile, Slurm may be asked.
  [[nodiscard]] bool await();
  [[nodiscard]] std::size_t elsewhere() const { return elsewhere_.size(); }  // others are working on them

 private:
  void look();
  [[nodiscard]] bool is_done(const Shard& shard);
  void learn();
  void clear_own_claims() const;
  [[nodiscard]] std::optional<Shard> candidate(team::Items& items);
  [[nodiscard]] bool made_meanwhile(const Shard& shard);

  const Opened& sweep_;
  const RunOptions& options_;
  team::Team& team_;
  RunTally& tally_;
  std::vector<Shard> shards_;         // of the plan
  std::vector<std::size_t> missing_;  // of them
  std::unordered_set<std::string> folders_;
  std::deque<Shard> again_, elsewhere_;
  bool looked_ = false;  // at those elsewhere
  ClaimKeeper keeper_;
};

}  // namespace sojourn::sweep
