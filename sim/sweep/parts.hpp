// Where the sums of each scenario are: which shards have been made, checked against their checksums.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "sweep/opened.hpp"

namespace sojourn::sweep {

// A range of a scenario's patients.
struct ScenarioPart {
  std::uint32_t shard = 0;  // in Parts::shards()
  bool failed = false;
  std::uint64_t offset = 0, size = 0;
};

class Parts {
 public:
  explicit Parts(const Opened& sweep);
  void refresh();  // what has been made since, also of stages that the plan has now

  [[nodiscard]] const std::vector<ScenarioPart>& of(std::size_t scenario) const { return of_scenario_[scenario]; }
  [[nodiscard]] std::int64_t patients(std::size_t scenario) const { return patients_[scenario]; }  // there so far
  [[nodiscard]] std::int64_t patients_wanted(std::size_t scenario) const { return wanted_[scenario]; }
  // Solution::stored(); empty: of no figures, or of nobody yet.
  [[nodiscard]] const std::string& solution(std::size_t scenario) const { return solutions_[scenario]; }
  [[nodiscard]] const std::vector<std::string>& damaged() const { return damaged_; }
  [[nodiscard]] const std::vector<Shard>& shards() const { return shards_; }
  [[nodiscard]] std::size_t scenario_of(ScenarioKey id) const { return scenario_of_.at(id); }
  // The sums, or the reason of the failure. Not for several threads at once.
  [[nodiscard]] std::string read(const ScenarioPart& part);

  ~Parts();
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

 private:
  // Whether it is there and right.
  bool take(std::size_t shard);

  const Opened& sweep_;
  std::unordered_map<ScenarioKey, std::size_t> scenario_of_;
  std::vector<Shard> shards_;
  std::vector<std::size_t> absent_;  // of shards_
  std::size_t stages_ = 0;           // of the plan, in shards_
  std::vector<std::vector<ScenarioPart>> of_scenario_;
  std::vector<std::int64_t> patients_, wanted_;
  std::vector<std::string> damaged_, solutions_;
  std::map<std::uint32_t, int> open_;  // descriptors by shard
  std::list<std::uint32_t> recent_;    // latest first
};

}  // namespace sojourn::sweep
