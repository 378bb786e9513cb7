#include "sweep/check.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "sweep/resolve_check.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::size_t most_models = 1000;
constexpr std::size_t most_lowered = 2000;
constexpr std::size_t enough_problems = 200;

class Checking {
 public:
  Checking(const Scenarios& scenarios, const model::Sources& sources) : scenarios_(scenarios), sources_(sources) {}

  Checked run(Diagnostics& problems) {
    group();
    for (const auto& [places, members] : groups_) {
      if (!wanted(places) || found_.size() > enough_problems) continue;
      variant(places, members);
    }
    report(problems);
    return std::move(checked_);
  }

 private:
  struct Found {
    Problem problem;
    std::size_t scenarios = 0, first = 0;
  };

  void group() {
    for (std::size_t i = 0; i < scenarios_.size(); ++i) groups_[scenarios_.places(i)].push_back(i);
    checked_.all_models = groups_.size() <= most_models;
  }

  // Of too many combinations one with each value of each axis.
  bool wanted(const std::vector<std::int32_t>& places) {
    if (checked_.all_models) return true;
    bool fresh = false;
    for (std::size_t k = 0; k < places.size(); ++k) fresh = seen_.emplace(k, places[k]).second || fresh;
    return fresh;
  }

  void variant(const std::vector<std::int32_t>& places, const std::vector<std::size_t>& members) {
    ++checked_.models;
    Diagnostics problems;
    const auto made = Variant::load(scenarios_, sources_, places, problems);
    if (!made) return note(problems, members.front(), members.size());
    for (const model::EmbeddedFile& file : made->model().files) keep(file);
    for (const std::size_t i : members) {
      Diagnostics own;
      const ParameterSets sets = made->check(scenarios_.values(i), own);
      if (own.ok() && i == members.front()) check_resolve(scenarios_.file(), *made, sets, problems);
      if (own.ok() && checked_.lowered < most_lowered) lower(*made, sets, own);
      if (!own.ok()) note(own, i, 1);
      if (found_.size() > enough_problems) return;
    }
    note(problems, members.front(), members.size());  // of what is wanted of the model
  }

  void lower(const Variant& variant, const ParameterSets& sets, Diagnostics& problems) {
    ++checked_.lowered;
    try {
      (void)variant.programs(sets);
    } catch (const InputError& error) {
      problems.add({{}, "", error.what(), "", ""});
    }
  }

  void keep(const model::EmbeddedFile& file) {
    const auto same = [&](const model::EmbeddedFile& one) { return one.path == file.path; };
    if (std::none_of(checked_.files.begin(), checked_.files.end(), same)) checked_.files.push_back(file);
  }

  void note(const Diagnostics& problems, std::size_t scenario, std::size_t count) {
    for (const Problem& one : problems.problems()) {
      const auto key =
          std::tuple(one.at.file, one.at.line, one.at.column, one.path, one.problem + "\n" + one.why + "\n" + one.hint);
      Found& found = found_.try_emplace(key, Found{one, 0, scenario}).first->second;
      found.scenarios += count;
    }
  }

  void report(Diagnostics& problems) const {
    for (const auto& [key, found] : found_) {
      Problem one = found.problem;
      const std::string where = found.scenarios == scenarios_.size()
                                    ? "in every scenario"
                                    : "in " + std::to_string(found.scenarios) +
                                          (found.scenarios == 1 ? " scenario: " : " scenarios, the first: ") +
                                          scenarios_.words(found.first);
      one.why += (one.why.empty() ? "" : "; ") + where;
      problems.add(std::move(one));
    }
  }

  const Scenarios& scenarios_;
  const model::Sources& sources_;
  std::map<std::vector<std::int32_t>, std::vector<std::size_t>> groups_;
  std::set<std::pair<std::size_t, std::int32_t>> seen_;
  std::map<std::tuple<std::string, int, int, std::string, std::string>, Found> found_;
  Checked checked_;
};

}  // namespace

Checked check_scenarios(const Scenarios& scenarios, const model::Sources& sources, Diagnostics& problems) {
  return Checking(scenarios, sources).run(problems);
}

}  // namespace sojourn::sweep
