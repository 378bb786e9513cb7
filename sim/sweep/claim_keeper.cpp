#include "sweep/claim_keeper.hpp"

#include <utility>

namespace sojourn::sweep {

ClaimKeeper::~ClaimKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ClaimKeeper::keep(const std::shared_ptr<Claim>& claim) {
  const std::scoped_lock lock(mutex_);
  claims_.emplace_back(claim);
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
}

void ClaimKeeper::work() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, every_, [this] { return end_; })) {
    const auto claims = held();
    lock.unlock();  // a file system may take its time
    for (const auto& one : claims) one->renew();
    lock.lock();
  }
}

// Forgets those that were given back.
std::vector<std::shared_ptr<Claim>> ClaimKeeper::held() {
  std::vector<std::shared_ptr<Claim>> claims;
  for (const auto& one : claims_) {
    if (auto claim = one.lock()) claims.push_back(std::move(claim));
  }
  claims_.assign(claims.begin(), claims.end());
  return claims;
}

}  // namespace sojourn::sweep
