// Blocks of patients out of shards, read from the files themselves. Through the virtual datasets HDF5 takes twenty
// times as long, because it looks at every file for every few rows, and what it cannot open it shows as zeros.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/history_reader.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

class ShardHistories {
 public:
  // `result`: the file that lists the shards, at `path`; must outlive this.
  ShardHistories(const InputFile& result, const std::string& path, std::vector<ShardFile> shards,
                 const std::vector<std::string>& strategies);

  // As those of HistoryReader. Throws Hdf5Error if no shard has one of the patients.
  [[nodiscard]] history::Block block(std::int64_t first_patient, std::int32_t patients);
  [[nodiscard]] history::Block block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients);

 private:
  struct Open {
    Patients patients;
    InputFile file;
    HistoryReader histories;
    Open(const std::string& path, Patients of_file, const InputFile& result, const std::vector<std::string>& strategies)
        : patients(of_file), file(path), histories(result, file, strategies) {}
  };
  template <class Read>
  [[nodiscard]] history::Block read(std::int64_t first_patient, std::int32_t patients, Read read);
  // The one with the patient.
  [[nodiscard]] std::shared_ptr<Open> shard_of(std::int64_t patient);

  const InputFile& result_;
  ShardFolder folder_;
  std::vector<ShardFile> shards_;
  std::vector<std::string> strategies_;
  std::mutex mutex_;               // of at_hand_
  std::shared_ptr<Open> at_hand_;  // blocks are mostly asked for in order
};

}  // namespace sojourn::store
