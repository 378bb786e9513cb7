#include "sweep/resolve_run.hpp"

#include <algorithm>
#include <optional>

#include "base/byte_stream.hpp"

namespace sojourn::sweep {

namespace {

void add(RunReport& sum, RunReport&& more) {
  sum.shards += more.shards;
  sum.made += more.made;
  sum.elsewhere = more.elsewhere;
  sum.lives += more.lives;
  for (std::string& one : more.damaged) sum.damaged.push_back(std::move(one));
  for (Failed& one : more.failed) {
    const auto same = [&](const Failed& other) { return other.id == one.id; };
    if (std::none_of(sum.failed.begin(), sum.failed.end(), same)) sum.failed.push_back(std::move(one));
  }
}

void pass(auto& stream, auto& stage) {
  for (auto* number : {&stage.patients.first, &stage.patients.count, &stage.strategies, &stage.lives_a_shard,
                       &stage.figure_lives, &stage.look.patients}) {
    stream.pass(*number);
  }
  stream.pass(stage.look.stage);
  stream.pass(stage.look.number);
  stream.pass(stage.look.members);
  stream.pass_list(stage.scenarios, [&](auto& id) { stream.pass(id); });
}

// Those that the first process has added to its plan.
void learn_stages(Plan& plan, std::size_t first, team::Team& team) {
  ByteWriter writer;
  for (std::size_t s = first; team.first() && s < plan.stages.size(); ++s) pass(writer, plan.stages[s]);
  const std::string bytes = team.broadcast(writer.take());
  if (team.first()) return;
  for (ByteReader reader(bytes); !reader.at_end();) pass(reader, plan.stages.emplace_back());
}

ResolveReport counted(const Resolver& resolver) {
  ResolveReport found;
  for (const std::size_t i : resolver.mine()) {
    switch (resolver.found()[i].verdict) {
      case Verdict::resolved:
        ++found.resolved;
        break;
      case Verdict::equal:
        ++found.equal;
        break;
      case Verdict::not_resolved:
        ++found.not_resolved;
        break;
      case Verdict::unfinished:
        ++found.unfinished;
    }
  }
  return found;
}

}  // namespace

ResolveReport run_and_resolve(Opened& sweep, const RunOptions& options, team::Team& team, RunReport& report) {
  team.agree([&] { (void)resolve_of(sweep); });
  report = run(sweep, options, team);
  std::optional<Parts> parts;
  std::optional<Resolver> resolver;
  RunOptions next = options;
  next.share = {};  // the looks of a share's scenarios are its own
  while (true) {
    next.first_stage = sweep.plan.stages.size();
    team.agree([&] {
      if (!team.first()) return;
      if (!resolver) {
        parts.emplace(sweep);
        resolver.emplace(sweep, *parts, options.threads, options.share);
      }
      (void)resolver->look();
    });
    learn_stages(sweep.plan, next.first_stage, team);
    if (sweep.plan.stages.size() == next.first_stage) break;
    const std::int64_t before = report.lives;
    if (options.progress) next.progress = [&](std::int64_t lives) { options.progress(before + lives); };
    add(report, run(sweep, next, team));
  }
  return resolver ? counted(*resolver) : ResolveReport{};
}

ResolveReport resolved_so_far(Opened& sweep, int threads) {
  Parts parts(sweep);
  Resolver resolver(sweep, parts, threads);
  while (resolver.look()) {
  }
  return counted(resolver);
}

}  // namespace sojourn::sweep
