// The solutions of scenarios while a sweep runs: each found once for all scenarios that do not differ in what the
// figures depend on, and kept where shards of several processes need the same.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>

#include "sweep/solution.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {

// What figures depend on: values at paths, but for those below other strategies, parameters; where each scenario has
// random numbers of its own, its id.
using SolutionContent = std::tuple<std::vector<std::optional<std::int32_t>>, std::vector<double>, ScenarioKey>;
// `uses`: of the variant's figures.
[[nodiscard]] SolutionContent solution_content(const Scenarios& scenarios, std::size_t scenario,
                                               const std::vector<std::size_t>& uses);

class Solutions {
 public:
  // `folder`: of files for those that are shared, made when there is one; empty: none. `basis`: of the sweep.
  Solutions(const Scenarios& scenarios, std::string folder, std::string basis)
      : scenarios_(scenarios), folder_(std::move(folder)), basis_(std::move(basis)) {}

  // Of a shard that has been made.
  void note(ScenarioKey id, const std::string& stored);
  // `shared`: the scenario's patients are in several shards.
  [[nodiscard]] Solution of(std::size_t scenario, const Variant& variant, const FigureLives& how, bool shared);

 private:
  struct Shared {
    engine::Once once;
    std::string stored;
  };

  [[nodiscard]] std::string find(std::size_t scenario, const Variant& variant, const FigureLives& how) const;
  [[nodiscard]] std::string read_or_find(std::size_t scenario, const Variant& variant, const FigureLives& how) const;
  [[nodiscard]] std::string path(ScenarioKey id) const;
  [[nodiscard]] std::optional<std::string> kept(ScenarioKey id, const engine::PatientRange& patients) const;

  const Scenarios& scenarios_;
  std::string folder_, basis_;
  std::mutex mutex_;
  std::unordered_map<ScenarioKey, std::string> known_;
  std::map<SolutionContent, std::shared_ptr<Shared>> shared_;
};

}  // namespace sojourn::sweep
