// A small model made by hand (no YAML) and synthetic histories that are a function of the patient alone, so that any
// cut into blocks gives the same rows. Nothing here is a simulation: the store does not care what the rows mean.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "history/block.hpp"
#include "model/model.hpp"
#include "store/run_input.hpp"
#include "store/writer.hpp"

namespace sojourn::store_test {

[[nodiscard]] model::Model small_model();  // 3 states, 3 transitions, 2 events, 1 branch, 5 attributes, 2 strategies
[[nodiscard]] store::RunInput small_input(std::int64_t patients);

enum class Baseline { shared, by_strategy };
[[nodiscard]] history::Block block_of(const model::Model& model, std::int64_t first_patient, std::int32_t patients,
                                      Baseline baseline = Baseline::shared);

[[nodiscard]] Table small_table();

// Writes all patients in blocks of `block_size`; returns the digest.
std::string write_result(const std::string& path, const store::RunInput& input, std::int32_t block_size,
                         Baseline baseline = Baseline::shared);

[[nodiscard]] std::string read_bytes(const std::filesystem::path& path);
[[nodiscard]] std::string part_of(const std::string& path);  // .NAME.part beside it

// A folder of its own for each test, removed with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sojourn::store_test
