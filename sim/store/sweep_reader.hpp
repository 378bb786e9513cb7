// Reads a collected sweep back: what it was made from, its tables. Throws InputError for a file that is no collected
// sweep, is damaged, or was written by a later version.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "model/model.hpp"

namespace sojourn::store {

struct SweepInput {
  std::string title, digest;
  std::int64_t scenarios = 0, seed = 0;
  bool common_random_numbers = true;
  bool complete = true;  // else some scenarios failed or are missing
  std::string targets;   // how many scenarios give the figures that are wanted; empty: none are wanted
  std::string sweep_name, sweep_text, model_name, model_text;
  std::vector<model::EmbeddedFile> files;  // that the model reads
};

// False for anything else, also for what cannot be read.
[[nodiscard]] bool is_collected_sweep(const std::string& path);

class SweepReader {
 public:
  explicit SweepReader(const std::string& path);
  ~SweepReader();
  SweepReader(const SweepReader&) = delete;
  SweepReader& operator=(const SweepReader&) = delete;

  [[nodiscard]] const SweepInput& input() const;
  [[nodiscard]] bool has_table(const std::string& name) const;
  // /outcomes/NAME; of its columns only `columns`, if there are any.
  [[nodiscard]] Table table(const std::string& name, const std::vector<std::string>& columns = {}) const;

 private:
  struct State;
  std::string path_;
  std::unique_ptr<State> state_;
};

}  // namespace sojourn::store
