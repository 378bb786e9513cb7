#include "analysis/together.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/part_of_run.hpp"
#include "analysis/pass.hpp"
#include "analysis/until.hpp"
#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "store/shard_leftovers.hpp"
#include "store/sharded_result.hpp"
#include "store/writer.hpp"

namespace sojourn::analysis {

namespace {

class Together {
 public:
  Together(const Experiment& experiment, store::RunInput input, const SimulateOptions& options, team::Team& team)
      : experiment_(experiment), input_(std::move(input)), options_(options), team_(team), folder_(options.out) {
    team_.agree([this] { check(); });
  }

  Simulated run() {
    try {
      return run_all();
    } catch (...) {
      // The others have removed what they had begun.
      if (sharded_) {
        sharded_.reset();
        leftovers_->remove();
      }
      throw;
    }
  }

 private:
  Simulated run_all() {
    Simulated done;
    done.patients = experiment_.patients;
    if (options_.until.empty()) {
      open_files();
      lives(Estimate::yes);
    } else {
      Reached reached = run_until(options_.until, experiment_.patients, looks());
      done.patients = input_.patients = reached.patients;
      done.missed = std::move(reached.missed);
      counts_ = reached.counts;
      open_files();
      if (in_shards()) lives(Estimate::no);
    }
    const std::unique_ptr<Estimators> all = gathered();
    const std::vector<std::string> hashes = hashes_of_columns();
    team_.agree([&] {
      if (team_.first()) finish(*all, hashes, done);
    });
    return done;
  }

  // What is wrong whoever looks at it.
  void check() {
    if (experiment_.samples > 0) {
      throw InputError(
          "--samples: not in shards or by several processes; start it as one process, whose threads share the samples");
    }
    estimators_.emplace(experiment_);
    if (options_.until.empty()) return;
    check_precisions(options_.until, estimators_->rows());
  }

  [[nodiscard]] std::int64_t kept() const { return options_.out.empty() ? 0 : store::kept_patients(input_); }
  [[nodiscard]] bool in_shards() const { return kept() > 0; }

  void open_files() {
    team_.agree([this] {
      if (!team_.first() || options_.out.empty()) return;
      leftovers_.emplace(options_.out);
      if (!in_shards()) {
        plain_.emplace(options_.out, experiment_.model, input_);
        return;
      }
      leftovers_->remove();
      sharded_.emplace(options_.out, experiment_.model, input_);
      folder_.make();
    });
  }

  // Patients in a row, shared out in pieces; what is done with one, told how many of this process' patients were done
  // before it.
  using Piece = std::function<engine::Counts(std::int64_t number, store::Patients patients,
                                             const std::function<void(std::int64_t done)>& progress)>;
  void share(const store::ShardPlan& plan, std::int64_t pieces, const team::Team::Progress& progress,
             const Piece& piece) {
    team_.share(pieces, progress, [&](team::Items& items) {
      std::int64_t before = 0;
      while (const auto number = items.next()) {
        const store::Patients patients = plan.patients(*number);
        counts_ += piece(*number, patients, [&](std::int64_t done) { items.progress(before + done); });
        before += patients.count;
      }
    });
  }

  void lives(Estimate estimate) {
    const store::ShardPlan plan(input_.patients, experiment_.strategies.size());
    std::int64_t pieces = plan.count();
    if (estimate == Estimate::no) {
      while (pieces > 0 && plan.patients(pieces - 1).first > kept()) --pieces;
    }
    const engine::Counts before = counts_;
    const team::Team::Progress progress = [this](std::int64_t done) {
      if (options_.progress) options_.progress(done, input_.patients);
    };
    share(plan, pieces, progress, [&](std::int64_t number, store::Patients patients, const auto& done) {
      return one_piece(number, patients, estimate, done);
    });
    if (estimate == Estimate::no) counts_ = before;  // those have been counted
  }

  engine::Counts one_piece(std::int64_t number, store::Patients patients, Estimate estimate,
                           const std::function<void(std::int64_t)>& progress) {
    const std::int64_t stored = std::clamp<std::int64_t>(kept() - patients.first + 1, 0, patients.count);
    std::optional<store::ShardWriter> writer;
    if (stored > 0) {
      writer.emplace(folder_, number, experiment_.model, input_, store::Patients{patients.first, stored});
    }
    const engine::Process process = [&](const history::Block& block) -> std::function<void()> {
      if (estimate == Estimate::yes) estimators_->update(block);
      return [&] {
        if (writer) writer->append(block);
        progress(block.first_patient - patients.first + block.patients);
      };
    };
    const std::int64_t lived = estimate == Estimate::yes ? patients.count : stored;
    const engine::Counts counts =
        engine::run(experiment_.programs, {patients.first, lived, options_.threads, options_.stop}, process);
    if (writer) shards_.push_back(writer->finish());
    return counts;
  }

  Looks looks() {
    const auto simulate = [this](std::int64_t first, std::int64_t count, std::int64_t wanted) {
      const engine::Counts before = std::exchange(counts_, {});
      const store::ShardPlan plan(count, experiment_.strategies.size());
      const team::Team::Progress progress = [&](std::int64_t done) {
        if (options_.progress) options_.progress(first - 1 + done, wanted);
      };
      share(plan, plan.count(), progress, [&](std::int64_t, store::Patients patients, const auto& done) {
        const std::int64_t from = first - 1 + patients.first;
        const engine::Process process = [&, from](const history::Block& block) -> std::function<void()> {
          estimators_->update(block);
          return [&, from] { done(block.first_patient - from + block.patients); };
        };
        return engine::run(experiment_.programs, {from, patients.count, options_.threads, options_.stop}, process);
      });
      return std::exchange(counts_, before);
    };
    // All of them look at the same, and so go on to the same next look.
    const auto rows = [this] {
      outcomes::Sums all(estimators_->plan()), same(estimators_->plan());
      for (const std::string& one : team_.gather(estimators_->sums().stored())) all.add_stored(one);
      same.add_stored(team_.broadcast(team_.first() ? all.stored() : ""));
      return outcomes::finish_rows(estimators_->plan(), same);
    };
    return {simulate, rows};
  }

  // In the first process.
  std::unique_ptr<Estimators> combined(const std::vector<std::string>& stored) {
    if (!team_.first()) return nullptr;
    auto all = std::make_unique<Estimators>(experiment_);
    for (const std::string& one : stored) all->add_stored(one);
    return all;
  }

  // What all have come to, in the first; the shards, in all.
  std::unique_ptr<Estimators> gathered() {
    PartOfRun all;
    std::vector<std::string> sums;
    for (const std::string& told : team_.gather(PartOfRun{counts_, shards_, estimators_->stored()}.bytes())) {
      PartOfRun part = PartOfRun::read(told);
      all.counts += part.counts;
      all.shards.insert(all.shards.end(), part.shards.begin(), part.shards.end());
      sums.push_back(std::move(part.sums));
    }
    std::sort(all.shards.begin(), all.shards.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    all = PartOfRun::read(team_.broadcast(all.bytes()));
    counts_ = all.counts;
    shards_ = std::move(all.shards);
    return combined(sums);
  }

  // Of the columns in shards, in their order, in the first process; each reads some of them.
  std::vector<std::string> hashes_of_columns() {
    if (shards_.empty()) return {};
    std::vector<std::string> columns;
    team_.agree([&] { columns = store::columns_in_shards(folder_.path(shards_.front())); });
    ByteWriter writer;
    team_.share(static_cast<std::int64_t>(columns.size()), {}, [&](team::Items& items) {
      while (const auto item = items.next()) {
        if (options_.stop != nullptr && *options_.stop) throw engine::Stopped();
        writer.count(static_cast<std::uint64_t>(*item));
        writer.text(store::hash_of_column(folder_, shards_, columns[static_cast<std::size_t>(*item)]));
      }
    });
    std::vector<std::string> hashes(columns.size());
    for (const std::string& one : team_.gather(writer.take())) {
      ByteReader reader(one);
      while (!reader.at_end()) {
        const std::uint64_t item = reader.count();
        hashes.at(item) = reader.text();
      }
    }
    return hashes;
  }

  void finish(const Estimators& all, const std::vector<std::string>& hashes, Simulated& done) {
    const bool file = plain_ || sharded_;
    Estimates estimates = all.finish(options_.threads, file ? outcomes::WithCurves::yes : outcomes::WithCurves::no);
    done.results = std::move(estimates.results);
    done.trials = std::move(estimates.trials);
    done.counts = counts_;
    done.shards = shards_.size();
    if (sharded_) sharded_->join(folder_, shards_, hashes);
    const auto finished = [&](auto& of) {
      write_tables(of, done.results);
      return of.finish();
    };
    if (plain_) done.digest = finished(*plain_);
    if (sharded_) done.digest = finished(*sharded_);
    if (file) leftovers_->remove();
  }

  const Experiment& experiment_;
  store::RunInput input_;
  const SimulateOptions& options_;
  team::Team& team_;
  std::optional<Estimators> estimators_;
  store::ShardFolder folder_;
  std::optional<store::ShardLeftovers> leftovers_;
  std::optional<store::Writer> plain_;
  std::optional<store::ShardedResult> sharded_;
  std::vector<store::ShardFile> shards_;  // made here; in the end all
  engine::Counts counts_;
};

}  // namespace

Simulated simulate_together(const Experiment& experiment, store::RunInput input, const SimulateOptions& options,
                            team::Team& team) {
  return Together(experiment, std::move(input), options, team).run();
}

}  // namespace sojourn::analysis
