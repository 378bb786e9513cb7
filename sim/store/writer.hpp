// Writes a result file: the whole input, the dictionaries, the trajectories block by block, tables of outcomes. The
// file has its final name only after finish(): until then it is `.NAME.part` beside it, and whatever had the name
// stays. Equal models, inputs and blocks give equal bytes, however the patients were cut into blocks.
#pragma once

#include <memory>
#include <string>

#include "base/table.hpp"
#include "history/block.hpp"
#include "model/model.hpp"
#include "store/run_input.hpp"

namespace sojourn::store {

// Not for several threads at once; different threads may call in turn.
class Writer {
 public:
  // `model` must outlive the writer. Throws RunError: folder missing or not writable, another live run to this name.
  Writer(const std::string& path, const model::Model& model, const RunInput& input);
  ~Writer();  // without finish(): removes the part
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // In the order of patients; block.strategies in the order of the input's strategies. Blocks past the patients to be
  // kept need not be appended. A RunError (disk full, ...) leaves nothing behind.
  void append(const history::Block& block);
  void write_table(const Table& table);  // as /outcomes/NAME; each name once
  [[nodiscard]] std::string finish();    // returns the digest; then the file stands under its name on the disk

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace sojourn::store
