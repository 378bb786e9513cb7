// Reads a result file back: the run's input (to run it again), blocks of histories as the engine wrote them (for
// estimators over stored trajectories), tables, and the digest. Throws InputError for a file that is not a result, is
// damaged, or was written by a later version.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "history/block.hpp"
#include "store/run_input.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

// By its first bytes; false for anything that cannot be read.
[[nodiscard]] bool is_hdf5_file(const std::string& path);

struct DatasetInfo {
  std::string path, type, unit;  // type as in the digest's manifest: int8 ... float64, textN
  std::uint64_t rows = 0, stored_bytes = 0;
  bool in_shards = false;  // not in this file
  std::string same_as;     // not empty: a link to the dataset of that path
};

class Reader {
 public:
  explicit Reader(const std::string& path);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] const RunInput& input() const;
  [[nodiscard]] std::string title() const;
  [[nodiscard]] double horizon() const;                              // [years]
  [[nodiscard]] const std::vector<std::string>& strategies() const;  // simulated, in the order of Block::strategies
  [[nodiscard]] std::vector<std::string> states() const;
  [[nodiscard]] std::string trajectories() const;      // what was kept, in words
  [[nodiscard]] std::int64_t patients_stored() const;  // 1 .. this many

  // Patients first .. first + patients - 1, which must be stored, under all strategies. With a policy that keeps some
  // states, the other sojourns are missing.
  [[nodiscard]] history::Block block(std::int64_t first_patient, std::int32_t patients) const;
  // The same under one of strategies() alone, which is then the block's only one.
  [[nodiscard]] history::Block block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients) const;

  [[nodiscard]] std::vector<std::string> tables() const;
  [[nodiscard]] Table table(const std::string& name) const;

  [[nodiscard]] std::vector<DatasetInfo> datasets() const;  // all, by path
  [[nodiscard]] std::string digest() const;                 // as stored
  [[nodiscard]] std::string recomputed_digest() const;      // reads every dataset

  // Of a result in several files: that each is there and none is another, else an InputError that names them. Done
  // before lives are read; the model and the tables can be read without.
  void check_shards() const;
  // Which they are, and those whose content is damaged, by name (reads all).
  [[nodiscard]] std::vector<ShardFile> shards() const;
  [[nodiscard]] std::vector<std::string> damaged_shards() const;

 private:
  struct State;
  template <class Action>
  auto guarded(Action action) const;
  template <class Read>
  [[nodiscard]] history::Block checked_block(std::int64_t first_patient, std::int32_t patients, Read read) const;

  std::string path_;
  std::unique_ptr<State> state_;
};

struct Inspection {
  std::string text;      // the result in words and a table of its datasets
  bool damaged = false;  // its digest was recomputed and differs
};
[[nodiscard]] Inspection inspect(const std::string& path, bool recompute = false);

}  // namespace sojourn::store
