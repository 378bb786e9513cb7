#include "sweep/run_tally.hpp"

#include "base/byte_stream.hpp"
#include "sweep/solution.hpp"

namespace sojourn::sweep {

RunTally::RunTally(const Opened& sweep, team::Team& team) : sweep_(sweep), team_(team) {
  for (std::size_t i = 0; i < sweep.scenarios.size(); ++i) scenario_of_.emplace(sweep.scenarios.id(i), i);
}

void RunTally::note(const ShardContent& content) {
  const std::scoped_lock lock(mutex_);
  for (const ShardEntry& one : content.entries) {
    const std::size_t scenario = scenario_of(one.id);
    if (one.failed) failed_.try_emplace(scenario, Failed{one.id, one.bytes});
    if (one.failed || one.solution.empty()) continue;
    figures_.note(scenario, read_solution(one.solution));
    if (!team_.first()) solved_.emplace_back(scenario, one.solution);
  }
}

RunReport RunTally::report() {
  const std::vector<std::string> all = team_.gather(told());
  for (std::size_t rank = 1; rank < all.size(); ++rank) add(all[rank]);
  for (const auto& [scenario, failed] : failed_) {
    own.failed.push_back(failed);
    figures_.fail(scenario);
  }
  own.figures = std::move(figures_);
  return std::move(own);
}

std::string RunTally::told() const {
  ByteWriter writer;
  for (const std::size_t number : {own.made, own.elsewhere}) writer.count(number);
  writer.pass(own.lives);
  writer.count(failed_.size());
  for (const auto& [scenario, failed] : failed_) {
    writer.count(scenario);
    writer.text(failed.reason);
  }
  for (const auto& [scenario, solution] : solved_) {
    writer.count(scenario);
    writer.text(solution);
  }
  return writer.take();
}

void RunTally::add(const std::string& told) {
  ByteReader reader(told);
  for (std::size_t* number : {&own.made, &own.elsewhere}) *number += reader.count();
  std::int64_t lives = 0;
  reader.pass(lives);
  own.lives += lives;
  for (std::size_t failed = reader.count(); failed > 0; --failed) {
    const std::size_t scenario = reader.count();
    failed_.try_emplace(scenario, Failed{sweep_.scenarios.id(scenario), std::string(reader.text())});
  }
  while (!reader.at_end()) {
    const std::size_t scenario = reader.count();
    figures_.note(scenario, read_solution(reader.text()));
  }
}

}  // namespace sojourn::sweep
