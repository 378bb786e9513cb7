#include "store/shard_histories.hpp"

#include <algorithm>

#include "store/shard_check.hpp"

namespace sojourn::store {

ShardHistories::ShardHistories(const InputFile& result, const std::string& path,
                               const std::vector<std::string>& strategies)
    : result_(result), folder_(path), shards_(shards_of(result)), strategies_(strategies) {}

std::shared_ptr<ShardHistories::Open> ShardHistories::shard_of(std::int64_t patient) {
  const auto has = [patient](Patients some) {
    return patient >= some.first && patient - some.first < some.count;
  };
  const std::scoped_lock lock(mutex_);
  if (at_hand_ && has(at_hand_->patients)) return at_hand_;
  const auto found =
      std::find_if(shards_.begin(), shards_.end(), [&](const ShardFile& one) { return has(one.patients); });
  if (found == shards_.end()) return nullptr;
  return at_hand_ = std::make_shared<Open>(folder_.path(*found), found->patients, result_, strategies_);
}

template <class Read>
std::optional<history::Block> ShardHistories::read(std::int64_t first_patient, std::int32_t patients, Read read) {
  const std::shared_ptr<Open> shard = shard_of(first_patient);
  if (!shard || shard->patients.first + shard->patients.count - first_patient < patients) return std::nullopt;
  history::Block block = read(shard->histories, first_patient - shard->patients.first + 1);
  block.first_patient = first_patient;
  return block;
}

std::optional<history::Block> ShardHistories::block(std::int64_t first_patient, std::int32_t patients) {
  return read(first_patient, patients,
              [patients](const HistoryReader& from, std::int64_t first) { return from.block(first, patients); });
}

std::optional<history::Block> ShardHistories::block(std::size_t strategy, std::int64_t first_patient,
                                                    std::int32_t patients) {
  return read(first_patient, patients, [patients, strategy](const HistoryReader& from, std::int64_t first) {
    return from.block(strategy, first, patients);
  });
}

}  // namespace sojourn::store
