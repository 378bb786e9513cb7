#include "command/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/words.hpp"
#include "command/command_line.hpp"
#include "command/crew.hpp"
#include "command/progress.hpp"
#include "command/signals.hpp"
#include "command/sweep_folder.hpp"
#include "sweep/changes.hpp"
#include "sweep/collect.hpp"
#include "sweep/draft.hpp"
#include "sweep/resolve_run.hpp"
#include "sweep/status.hpp"

namespace sojourn::command {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t told_at_most = 20;

std::string folder_of(const SweepOptions& options) {
  return options.folder.empty() ? fs::path(options.sweep).stem().string() + ".sweep" : options.folder;
}

sweep::Share share_of(const std::string& text) {
  if (text.empty()) return {};
  sweep::Share share;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, share.number);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, share.of) : first;
  if (!slash || second.ec != std::errc() || second.ptr != end || share.number < 1 || share.number > share.of) {
    throw InputError("--shard " + text + ": say I/N, with I from 1 to N");
  }
  return share;
}

void tell(const char* head, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::fprintf(stderr, "%s\n", head);
  for (std::size_t i = 0; i < std::min(lines.size(), told_at_most); ++i)
    std::fprintf(stderr, "  %s\n", lines[i].c_str());
  if (lines.size() > told_at_most) std::fprintf(stderr, "  and %zu more\n", lines.size() - told_at_most);
}

// In one sentence, and which scenarios.
void tell_figures(const sweep::FigureTally& figures, const sweep::Scenarios& scenarios, bool quiet) {
  if (quiet || !figures.any()) return;
  const std::vector<std::string> lines = figures.lines(scenarios);
  const std::string sentence = figures.sentence(scenarios.recalibration());
  if (!lines.empty()) return tell((sentence + ":").c_str(), lines);
  std::printf("%s\n", sentence.c_str());
}

void print_resolved(const sweep::ResolveReport& found) {
  const auto number = [](std::size_t count) { return with_commas(count); };
  std::printf("  resolved      %s\n  equal         %s\n  not resolved  %s\n", number(found.resolved).c_str(),
              number(found.equal).c_str(), number(found.not_resolved).c_str());
  if (found.unfinished > 0) {
    std::printf("  unfinished    %s: they failed, or have patients to come\n", number(found.unfinished).c_str());
  }
}

// Makes or finds the folder in the first process, then all work in it.
int run_in(const SweepOptions& options, const std::function<std::string()>& find) {
  tell_crew_without_mpi();
  team::Team& team = crew();
  std::string folder;
  team.agree([&] {
    if (team.first()) folder = find();
  });
  folder = team.broadcast(folder);
  std::unique_ptr<sweep::Opened> opened;
  team.agree([&] { opened = sweep::Opened::open(folder, SOJOURN_VERSION); });
  std::unique_ptr<Progress> progress;
  sweep::RunOptions how;
  how.threads = options.threads > 0 ? options.threads : team.processors();
  how.share = share_of(options.share);
  how.wait = !options.no_wait;
  how.stop = &stop_requested();
  std::int64_t total = 0, lived = 0;
  how.total = [&](std::int64_t lives) {
    total += lives;
    if (progress) return progress->advance(lived, total);
    progress = std::make_unique<Progress>(total, "lives",
                                          options.quiet ? Progress::Style::silent : Progress::style_for_stderr());
  };
  how.progress = [&](std::int64_t lives) { progress->advance(lived = lives); };
  sweep::RunReport report;
  std::optional<sweep::ResolveReport> resolved;
  if (options.resolve) {
    resolved = sweep::run_and_resolve(*opened, how, team, report);
  } else {
    report = sweep::run(*opened, how, team);
  }
  if (!team.first()) return 0;  // the first process' exit code is that of all
  if (progress) progress->clear();
  tell("were not right, and were made again:", report.damaged);
  std::vector<std::string> failed;
  for (const sweep::Failed& one : report.failed) failed.push_back(sweep::id_text(one.id) + ": " + one.reason);
  tell("scenarios that failed:", failed);
  tell_figures(report.figures, opened->scenarios, options.quiet);
  if (!options.quiet) {
    std::string text = counted(report.made, "shard", "shards") + " of " + counted(report.shards, "made", "made") +
                       ", " + with_commas(report.lives) + " lives";
    if (progress) text += " in " + fixed_text(progress->seconds(), 2) + " s";
    if (team.size() > 1) text += " by " + std::to_string(team.size()) + " processes";
    if (report.elsewhere > 0) text += "; others are working on " + std::to_string(report.elsewhere);
    std::printf("%s: %s\n", folder.c_str(), text.c_str());
    if (resolved) print_resolved(*resolved);
  }
  return static_cast<int>(report.failed.empty() ? Exit::ok : Exit::sweep_incomplete);
}

std::string listed(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& one : lines) text += "\n  " + one;
  return text;
}

void refuse_other_model(const sweep::Changes& changes, const std::string& folder) {
  if (changes.model.empty()) return;
  throw InputError("the model has changed since the sweep in '" + folder + "' was begun:" + listed(changes.model) +
                   "\nits scenarios would be of two models; begin another sweep with --out, or take the change back");
}

}  // namespace

int threads_of(const SweepOptions& options) {
  return options.threads > 0 ? options.threads : team::usable_processors();
}

std::string make_sweep_folder(const SweepOptions& options) {
  const std::string folder = folder_of(options);
  if (!fs::exists(folder)) {
    const sweep::Draft draft = sweep::read_draft(options.sweep, SOJOURN_VERSION);
    (void)sweep::Folder::create(folder, draft.definition, draft.scenarios, draft.plan());
  }
  const sweep::Changes changes = sweep::changes_since(sweep::Folder(folder).definition(), options.sweep);
  refuse_other_model(changes, folder);
  if (!changes.sweep.empty()) {
    throw InputError("the sweep file has changed since '" + folder + "' was begun:" + listed(changes.sweep) +
                     "\n`sojourn sweep expand` adds scenarios and patients; or begin another sweep with --out");
  }
  return folder;
}

int sweep_run(const SweepOptions& options) {
  return run_in(options, [&] { return make_sweep_folder(options); });
}

int sweep_resume(const SweepOptions& options) {
  return run_in(options, [&] { return options.folder; });
}

namespace {

std::string expand_folder(const SweepOptions& options) {
  const std::string path = folder_of(options);
  sweep::Folder folder(path);
  const sweep::Definition before = folder.definition();
  const sweep::Changes changes = sweep::changes_since(before, options.sweep);
  refuse_other_model(changes, path);
  if (!changes.sweep.empty()) {
    const sweep::Draft draft = sweep::read_draft(options.sweep, SOJOURN_VERSION);
    const auto opened = sweep::Opened::open(path, SOJOURN_VERSION);
    if (draft.definition.basis(draft.scenarios) != opened->basis) {
      throw InputError(
          "strategies, outcomes, seed, common random numbers, targets and what is solved for stay as they are "
          "in a sweep, and the files its model reads:" +
          listed(changes.sweep));
    }
    sweep::Plan plan = opened->plan;
    plan.extend(draft.scenarios, draft.patients, draft.strategies);
    folder.add_plan(draft.definition, draft.scenarios, plan);
  }
  return path;
}

}  // namespace

int sweep_expand(const SweepOptions& options) {
  return run_in(options, [&] { return expand_folder(options); });
}

int sweep_status(const SweepOptions& options) {
  const auto opened = sweep::Opened::open(options.folder, SOJOURN_VERSION);
  std::optional<sweep::ResolveReport> resolved;
  if (opened->scenarios.file().resolve) resolved = sweep::resolved_so_far(*opened, threads_of(options));
  const sweep::Status status = sweep::status_of(*opened);
  std::printf("%s: %s of %s\n", options.folder.c_str(),
              counted(opened->scenarios.size(), "scenario", "scenarios").c_str(),
              opened->definition.model_name.c_str());
  std::printf("  done     %s of %s, %s of %s lives\n", with_commas(status.done).c_str(),
              counted(status.shards, "shard", "shards").c_str(), with_commas(status.lives_done).c_str(),
              with_commas(status.lives).c_str());
  std::printf("  running  %zu\n  missing  %zu\n  damaged  %zu\n  failed   %s\n", status.running, status.missing,
              status.damaged.size(), counted(status.failed.size(), "scenario", "scenarios").c_str());
  if (resolved) print_resolved(*resolved);
  std::fflush(stdout);
  tell("damaged; `sojourn sweep resume` makes them again:", status.damaged);
  tell("scenarios that failed:", status.failed);
  const bool whole = status.done == status.shards && status.failed.empty();
  return static_cast<int>(whole ? Exit::ok : Exit::sweep_incomplete);
}

int sweep_collect(const SweepOptions& options) {
  const auto opened = sweep::Opened::open(options.folder, SOJOURN_VERSION);
  sweep::CollectOptions how;
  how.threads = threads_of(options);
  how.out = options.out.empty() ? fs::path(options.folder).lexically_normal().stem().string() + ".h5" : options.out;
  how.csv = options.csv;
  how.partial = options.partial;
  how.stop = &stop_requested();
  Progress progress(static_cast<std::int64_t>(opened->scenarios.size()), "scenarios",
                    options.quiet ? Progress::Style::silent : Progress::style_for_stderr());
  how.progress = [&](std::int64_t done) { progress.advance(done); };
  const sweep::Collected made = sweep::collect(*opened, how);
  progress.clear();
  tell("damaged; `sojourn sweep resume` makes them again:", made.damaged);
  tell("scenarios that failed:", made.failed);
  tell(opened->scenarios.file().resolve ? "scenarios that are missing, or have patients to come (`--resolve`):"
                                        : "scenarios that are missing:",
       made.missing);
  if (!made.digest.empty()) tell_figures(made.figures, opened->scenarios, options.quiet);
  const bool whole = made.damaged.empty() && made.failed.empty() && made.missing.empty();
  if (made.digest.empty()) {
    std::fprintf(stderr,
                 "nothing was collected: %zu of %zu scenarios failed, %zu are missing; --partial takes the others\n",
                 made.failed.size(), made.scenarios, made.missing.size());
  } else if (!options.quiet) {
    std::printf("%s: %s%s (digest %s)\n", how.out.c_str(), counted(made.scenarios, "scenario", "scenarios").c_str(),
                whole ? "" : ", not all of them whole", made.digest.c_str());
  }
  return static_cast<int>(whole || options.partial ? Exit::ok : Exit::sweep_incomplete);
}

}  // namespace sojourn::command
