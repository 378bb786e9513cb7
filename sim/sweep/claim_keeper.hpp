// Renews what this process holds, every half minute for as long as it runs: a scenario, or solving for its parameters,
// may take longer than a claim lasts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sweep/claim.hpp"

namespace sojourn::sweep {

class ClaimKeeper {
 public:
  explicit ClaimKeeper(std::chrono::milliseconds every = claim_renewal) : every_(every) {}
  ~ClaimKeeper();
  ClaimKeeper(const ClaimKeeper&) = delete;
  ClaimKeeper& operator=(const ClaimKeeper&) = delete;

  void keep(const std::shared_ptr<Claim>& claim);  // until its owner lets go of it

 private:
  void work();
  [[nodiscard]] std::vector<std::shared_ptr<Claim>> held();

  std::chrono::milliseconds every_;
  std::mutex mutex_;  // of all below
  std::condition_variable ended_;
  bool end_ = false;
  std::vector<std::weak_ptr<Claim>> claims_;
  std::thread thread_;  // from the first claim on
};

}  // namespace sojourn::sweep
