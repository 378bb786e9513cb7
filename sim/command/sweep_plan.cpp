#include <cstdio>

#include "base/number_text.hpp"
#include "base/words.hpp"
#include "command/progress.hpp"
#include "command/sweep.hpp"
#include "sweep/looks.hpp"
#include "sweep/pilot.hpp"

namespace sojourn::command {

namespace {

using sweep::Draft;

std::string bytes_text(double bytes) {
  if (bytes < 1e6) return fixed_text(bytes / 1e3, 0) + " kB";
  return bytes < 1e9 ? fixed_text(bytes / 1e6, 1) + " MB" : fixed_text(bytes / 1e9, 1) + " GB";
}

void print_axes(const Draft& draft) {
  for (std::size_t a = 0; a < draft.scenarios.file().axes.size(); ++a) {
    const sweep::Axis& axis = draft.scenarios.file().axes[a];
    std::printf("  %s: %s values of %s\n", axis.name.c_str(),
                with_commas(draft.scenarios.points().values[a].size()).c_str(), axis.what().c_str());
  }
}

void print_checked(const Draft& draft) {
  const sweep::Checked& checked = draft.checked;
  const auto size = static_cast<std::int64_t>(draft.scenarios.size());
  std::printf("checked: the parameter values of all scenarios by the model's rules; %s read",
              checked.models == 1 ? "1 model" : (with_commas(checked.models) + " models").c_str());
  if (!checked.all_models) std::printf(" (each value of a path in one combination)");
  if (checked.lowered < draft.scenarios.size()) {
    std::printf("; %s of %s scenarios prepared as for a run", with_commas(checked.lowered).c_str(),
                with_commas(size).c_str());
  }
  std::printf("\n");
}

void print_figures(const Draft& draft, const sweep::Pilot& pilot) {
  const sweep::Recalibration& wanted = draft.scenarios.recalibration();
  if (!wanted.any()) return;
  std::string unknowns;
  for (const sweep::Unknown& one : wanted.unknowns) unknowns += (unknowns.empty() ? "" : ", ") + one.parameter;
  std::printf("targets: %zu %s under %s, looked at with %s patients in each scenario; solved for: %s\n",
              wanted.figures.size(), wanted.figures.size() == 1 ? "figure" : "figures", wanted.strategy.c_str(),
              with_commas(wanted.patients).c_str(), unknowns.empty() ? "nothing" : unknowns.c_str());
  if (wanted.solves() && pilot.solutions < draft.scenarios.size()) {
    std::printf("%s %s all scenarios\n", with_commas(pilot.solutions).c_str(),
                pilot.solutions == 1 ? "solution serves" : "solutions serve");
  }
  if (!pilot.figures.any()) return;
  std::printf("%s: %s\n",
              wanted.solves() ? "of the scenarios tried, before anything is solved for" : "of the scenarios tried",
              pilot.figures.sentence(wanted).c_str());
  for (const std::string& line : pilot.figures.lines(draft.scenarios)) std::printf("  %s\n", line.c_str());
}

void print_cost(const Draft& draft, int threads) {
  const sweep::Plan plan = draft.plan();
  const auto scenarios = static_cast<double>(draft.scenarios.size());
  const sweep::Pilot pilot = sweep::try_some(draft, model::DiskSources(draft.model_path), draft.seed);
  const double parts = scenarios * static_cast<double>(plan.shards().front().scenarios > 1 || plan.shards().size() == 1
                                                           ? 1
                                                           : plan.shards().size() / draft.scenarios.size());
  const double seconds = (static_cast<double>(plan.lives()) * pilot.seconds_a_life + parts * pilot.seconds_a_scenario +
                          sweep::figure_seconds(draft, pilot)) /
                         threads;
  std::printf("patients: %s x %s strategies in each scenario, %s lives in %s shards\n",
              with_commas(draft.patients).c_str(), with_commas(draft.strategies).c_str(),
              with_commas(plan.lives()).c_str(), with_commas(plan.shards().size()).c_str());
  std::printf("time: about %s with %d %s; disk: about %s of sums (from a trial of a few scenarios)\n",
              duration_text(seconds).c_str(), threads, threads == 1 ? "thread" : "threads",
              bytes_text(parts * pilot.bytes_a_scenario).c_str());
  print_figures(draft, pilot);
  if (!pilot.failure.empty()) std::printf("a scenario that was tried fails: %s\n", pilot.failure.c_str());
}

void print_looks(const Draft& draft) {
  const auto& wanted = draft.scenarios.file().resolve;
  if (!wanted) return;
  const auto looks = sweep::looks_of(*wanted, draft.patients, static_cast<std::size_t>(draft.strategies));
  std::printf("with --resolve: looks at ");
  for (std::size_t k = 0; k < looks.size(); ++k) {
    std::printf("%s%s", k == 0 ? "" : ", ", with_commas(looks[k].patients).c_str());
  }
  const std::int64_t most =
      looks.back().patients * draft.strategies * static_cast<std::int64_t>(draft.scenarios.size());
  std::printf(" patients, as long as it is not clear which strategy is best; at most %s lives\n",
              with_commas(most).c_str());
}

void print_rows(const Draft& draft, std::size_t rows) {
  if (rows == 0) return;
  std::printf("\n");
  for (std::size_t i = 0; i < std::min(rows, draft.scenarios.size()); ++i) {
    std::printf("%8zu  %s  %s\n", i + 1, sweep::id_text(draft.scenarios.id(i)).c_str(),
                draft.scenarios.words(i).c_str());
  }
  if (rows < draft.scenarios.size()) std::printf("     ...\n");
}

}  // namespace

int sweep_plan(const SweepOptions& options) {
  const Draft draft = sweep::read_draft(options.sweep, SOJOURN_VERSION);
  const int threads = threads_of(options);
  std::printf("%s: %s scenarios of %s\n", options.sweep.c_str(), with_commas(draft.scenarios.size()).c_str(),
              draft.model_path.c_str());
  print_axes(draft);
  print_checked(draft);
  print_cost(draft, threads);
  print_looks(draft);
  print_rows(draft, static_cast<std::size_t>(options.rows));
  return 0;
}

}  // namespace sojourn::command
