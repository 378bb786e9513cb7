// The patients that the trials need, gathered from blocks in any order and from several threads at once: of each arm
// the first ones, by number, who enter, as many as may be of use. So the result is that of the patients in order, and
// memory is bounded by the size of the trials: at most 1.5 times their patients at 24 bytes, however long the run.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "history/block.hpp"
#include "trial/follow.hpp"
#include "trial/plan.hpp"

namespace sojourn::trial {

class Collector {
 public:
  explicit Collector(const Plan& plan);
  void update(const history::Block& block);

  // All it has gathered, as bytes; and added to what another collector of this plan has. When no thread is at work.
  [[nodiscard]] std::string stored() const;
  void add_stored(std::string_view bytes);  // throws MalformedBytes

  // In the order of their numbers; when no thread is at work any more.
  [[nodiscard]] std::vector<Followed> patients(std::size_t item, std::size_t arm) const;
  [[nodiscard]] std::int64_t seen() const { return seen_; }  // of the run

 private:
  struct Kept {
    std::vector<Followed> patients;
    std::size_t most = 0;
    std::int64_t last = 0;  // no patient beyond this one is needed
  };
  void add(Kept& kept, const std::vector<Followed>& found);

  const Plan& plan_;
  mutable std::mutex mutex_;
  std::vector<std::vector<Kept>> kept_;  // by item, then arm
  std::int64_t seen_ = 0;
};

}  // namespace sojourn::trial
