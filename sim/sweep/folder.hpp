// A sweep on the disk. The folder holds all that its shards need, so that it can be copied elsewhere:
//   sojourn_sweep.txt       what this is, and where the model is in it
//   model/                  the model and the files that it reads
//   plans/000001/           a plan, never changed: the sweep file, its scenarios (each axis' value as text), its
//   stages;
//                           an expansion adds the next. The last one holds.
//   shards/1/07/0123.sums   shard 0x723 of stage 1, at most 256 to a folder; beside it its claim while it is worked on
//   solved/0f/ID.solution   what was solved for in a scenario whose patients are in several shards
//   looks/4000/1/07/0123.89abcdef.0000.sums
//                           of a scenario of that shard the patients up to the 4,000th, shard 0; which scenarios: told
//                           by the digest
// Everything is written under another name first; the folder and each plan appear in one rename.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/load.hpp"
#include "sweep/plan.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

// All that a sweep is made of.
struct Definition {
  std::string sweep_name, sweep_text;  // the file's name without its folder
  std::string model_name, model_text;
  std::vector<model::EmbeddedFile> files;
  std::string program;  // the version that makes the numbers

  // A digest of what must be the same in all shards: everything but the sweep file; of that only what holds for every
  // scenario.
  [[nodiscard]] std::string basis(const Scenarios& scenarios) const;
};

class Folder {
 public:
  // Makes the folder with its first plan; false if there is something of that name already.
  static bool create(const std::string& path, const Definition& definition, const Scenarios& scenarios,
                     const Plan& plan);
  // Throws InputError if it is no sweep.
  explicit Folder(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Definition definition() const;
  [[nodiscard]] model::DiskSources model_sources() const;
  [[nodiscard]] Plan plan() const;
  // The points as they were drawn. `file`: read from definition().sweep_text.
  [[nodiscard]] Points points(const SweepFile& file) const;
  [[nodiscard]] std::vector<ScenarioKey> ids() const;  // of the last plan

  // The next plan. Throws RunError if another process added one meanwhile.
  void add_plan(const Definition& definition, const Scenarios& scenarios, const Plan& plan);

  [[nodiscard]] std::string shard_path(const Shard& shard) const;
  [[nodiscard]] std::string claim_path(const Shard& shard) const;
  [[nodiscard]] std::string solutions_path() const;

 private:
  [[nodiscard]] std::string plan_folder(std::size_t number) const;
  std::string path_, model_name_, program_;
  std::size_t plans_ = 0;
};

}  // namespace sojourn::sweep
