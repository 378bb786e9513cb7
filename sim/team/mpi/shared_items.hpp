// Items given out over the wire. The first process keeps the count; a thread of its answers the others while it works
// itself. In the others whoever needs an item asks and waits for the answer.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "team/fault.hpp"
#include "team/mpi/wire.hpp"
#include "team/team.hpp"

namespace sojourn::team {

class ItemsOfFirst : public Items {
 public:
  ItemsOfFirst(const Wire& wire, std::int64_t count, const Team::Progress& progress);
  ~ItemsOfFirst() override;
  ItemsOfFirst(const ItemsOfFirst&) = delete;
  ItemsOfFirst& operator=(const ItemsOfFirst&) = delete;

  std::optional<std::int64_t> next() override;
  void progress(std::int64_t done) override { done_[0] = done; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  // After this process' own part, and what was thrown in it; waits for the others. What is to be thrown by all.
  [[nodiscard]] Fault finish(Fault own);

 private:
  void serve();
  void answer(const Message& message);
  [[nodiscard]] std::int64_t give_out();  // -1: no more

  const Wire& wire_;
  const Team::Progress& progress_;
  std::int64_t count_, last_ = 0;
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> closed_{false}, own_finished_{false};
  std::vector<std::atomic<std::int64_t>> done_;  // by rank
  int finished_ = 0;
  Fault fault_;  // of the others
  std::thread server_;
};

class ItemsOfOthers : public Items {
 public:
  explicit ItemsOfOthers(const Wire& wire) : wire_(wire) {}
  std::optional<std::int64_t> next() override;
  void progress(std::int64_t done) override;
  [[nodiscard]] std::int64_t last() const { return last_; }
  void finish(const Fault& own);

 private:
  const Wire& wire_;
  std::mutex mutex_;  // of the wire
  std::atomic<std::int64_t> done_{0};
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
  std::int64_t last_ = 0;
};

}  // namespace sojourn::team
