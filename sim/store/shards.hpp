// A result in several files: `OUT.h5` and, in the folder `OUT.h5.shards` beside it, files each with the lives of some
// patients in a row, so that many processes can write at once. In OUT.h5 the columns of lives are virtual datasets over
// them, by relative names: readers see one file. A shard's name has a part of its digest in it, and its size: it is
// replaced only by one that says the same, whatever is simulated under its result's name. When they go:
// shard_leftovers.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "history/block.hpp"
#include "model/model.hpp"
#include "store/run_input.hpp"

namespace sojourn::store {

// How the patients of a run are cut: by how many there are and under how many strategies they live, nothing else.
// Few enough files for a reader to have all open at once, pieces small enough to be shared out evenly.
class ShardPlan {
 public:
  ShardPlan(std::int64_t patients, std::size_t strategies);
  [[nodiscard]] std::int64_t count() const { return (patients_ + each_ - 1) / each_; }
  [[nodiscard]] Patients patients(std::int64_t shard) const;

 private:
  std::int64_t patients_, each_;
};

struct ShardFile {
  std::int64_t number = 0;
  Patients patients;
  std::int64_t bytes = 0;
  std::string digest, name;  // name: from the folder of OUT.h5
};

inline constexpr const char* shards_suffix = ".shards";

// NAME.shards of NAME: no other result has it, so who holds NAME (part_file.hpp) is alone in making shards there.
class ShardFolder {
 public:
  explicit ShardFolder(const std::string& out);  // OUT.h5, which need not be there yet

  [[nodiscard]] const std::string& beside() const { return beside_; }  // the folder of OUT.h5
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string path(const ShardFile& shard) const;

  void make() const;  // throws RunError

 private:
  std::string beside_, name_;
};

// The lives of some patients, on the way to a shard's file. Without finish() nothing is left.
class ShardWriter {
 public:
  // `model` must outlive the writer. Throws RunError as all below.
  ShardWriter(const ShardFolder& folder, std::int64_t number, const model::Model& model, const RunInput& input,
              Patients patients);
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  void append(const history::Block& block);  // in the order of patients; those past the last are left out
  [[nodiscard]] ShardFile finish();

 private:
  struct File;
  std::unique_ptr<File> file_;
  const ShardFolder& folder_;
  ShardFile made_;
};

}  // namespace sojourn::store
