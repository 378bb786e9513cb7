#include "store/shard_histories.hpp"

#include <algorithm>

namespace sojourn::store {

namespace {

void add_ends(const std::vector<std::uint32_t>& part, std::size_t rows_before, std::vector<std::uint32_t>& all) {
  for (const std::uint32_t end : part) all.push_back(end + static_cast<std::uint32_t>(rows_before));
}

void add(const history::Trajectories& part, history::Trajectories& all) {
  const history::RowCounts before = all.rows();
  all.append(part, {}, part.rows());
  add_ends(part.sojourn_end, before.sojourns, all.sojourn_end);
  add_ends(part.event_end, before.events, all.event_end);
  add_ends(part.change_end, before.changes, all.change_end);
}

// `all` is to have its number of patients already; those of the part come after `before`.
void add(const history::Block& part, std::int32_t before, history::Block& all) {
  all.strategies.resize(part.strategies.size());
  for (std::size_t s = 0; s < part.strategies.size(); ++s) add(part.strategies[s], all.strategies[s]);
  const auto patients = static_cast<std::ptrdiff_t>(part.patients);
  all.baseline.resize(part.baseline.size());
  for (std::size_t s = 0; s < part.baseline.size(); ++s) {
    const std::vector<double>& from = part.baseline[s];
    const std::size_t attributes = from.size() / static_cast<std::size_t>(part.patients);
    all.baseline[s].resize(attributes * static_cast<std::size_t>(all.patients));
    for (std::size_t a = 0; a < attributes; ++a) {
      const auto place = static_cast<std::ptrdiff_t>(a);
      std::copy_n(from.begin() + place * patients, patients, all.baseline[s].begin() + place * all.patients + before);
    }
  }
}

}  // namespace

ShardHistories::ShardHistories(const InputFile& result, const std::string& path, std::vector<ShardFile> shards,
                               const std::vector<std::string>& strategies)
    : result_(result), folder_(path), shards_(std::move(shards)), strategies_(strategies) {}

std::shared_ptr<ShardHistories::Open> ShardHistories::shard_of(std::int64_t patient) {
  const auto has = [patient](Patients some) { return patient >= some.first && patient - some.first < some.count; };
  const std::scoped_lock lock(mutex_);
  if (at_hand_ && has(at_hand_->patients)) return at_hand_;
  const auto found =
      std::find_if(shards_.begin(), shards_.end(), [&](const ShardFile& one) { return has(one.patients); });
  if (found == shards_.end()) throw Hdf5Error("no shard has patient " + std::to_string(patient));
  return at_hand_ = std::make_shared<Open>(folder_.path(*found), found->patients, result_, strategies_);
}

template <class Read>
history::Block ShardHistories::read(std::int64_t first_patient, std::int32_t patients, Read read) {
  history::Block all;
  all.first_patient = first_patient;
  all.patients = patients;
  for (std::int32_t before = 0; before < patients;) {
    const std::int64_t first = first_patient + before;
    const std::shared_ptr<Open> shard = shard_of(first);
    const std::int64_t there = shard->patients.first + shard->patients.count - first;
    const auto count = static_cast<std::int32_t>(std::min<std::int64_t>(there, patients - before));
    history::Block part = read(shard->histories, first - shard->patients.first + 1, count);
    if (count == patients) {
      part.first_patient = first_patient;
      return part;
    }
    add(part, before, all);
    before += count;
  }
  return all;
}

history::Block ShardHistories::block(std::int64_t first_patient, std::int32_t patients) {
  return read(first_patient, patients, [](const HistoryReader& from, std::int64_t first, std::int32_t count) {
    return from.block(first, count);
  });
}

history::Block ShardHistories::block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients) {
  return read(first_patient, patients, [strategy](const HistoryReader& from, std::int64_t first, std::int32_t count) {
    return from.block(strategy, first, count);
  });
}

}  // namespace sojourn::store
