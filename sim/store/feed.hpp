// A feed takes one table's rows from blocks into its columns: the sojourns, the events or the changes of a strategy,
// the offsets of its patients' rows, or baseline attributes. `TrajectoryWriter` decides when each moves on.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "history/block.hpp"
#include "store/column.hpp"
#include "store/layout.hpp"

namespace sojourn::store {

// What a feed sees of a block: one strategy's histories of its first `patients` patients.
struct Source {
  const history::Block* block = nullptr;
  const history::Trajectories* histories = nullptr;
  std::size_t patients = 0;
};

class Feed {
 public:
  explicit Feed(std::size_t chunk_rows) : chunk_rows_(chunk_rows) {}
  virtual ~Feed() = default;

  void begin(const Source& source);
  [[nodiscard]] std::size_t left() const { return rows_ - cursor_; }      // rows of the block not yet taken
  [[nodiscard]] std::size_t room() const { return chunk_rows_ - fill_; }  // until the chunk is full
  [[nodiscard]] std::size_t patient_filling() const;  // index in the block of who fills the chunk; left() >= room()
  void take(std::size_t rows);                        // at most room(); a chunk that fills is written
  virtual void finish(Manifest& manifest);

 protected:
  virtual std::size_t rows_of_block(const Source& source) = 0;
  [[nodiscard]] virtual std::size_t patient_of_row(std::size_t row) const = 0;
  virtual void copy(std::size_t row, std::size_t rows, std::size_t at) = 0;  // to place `at` of the chunk
  void flush();

  std::vector<ColumnWriter> columns_;
  std::vector<std::string> further_folders_;  // hard links to this feed's folder, for the manifest
  Source source_;
  std::size_t chunk_rows_, fill_ = 0, cursor_ = 0, rows_ = 0;
};

enum class RowTable : std::uint8_t { sojourns, events, changes };

[[nodiscard]] std::unique_ptr<Feed> row_feed(RowTable table, Output& output, const Layout& layout,
                                             const std::string& folder, std::size_t chunk_rows);
[[nodiscard]] std::unique_ptr<Feed> offset_feed(Output& output, const std::string& folder, std::size_t chunk_rows);
// `set`: which of the block's baselines; `linked_folders`: strategies that share it.
[[nodiscard]] std::unique_ptr<Feed> baseline_feed(Output& output, const model::Model& model, std::size_t set,
                                                  const std::string& folder, std::vector<std::string> linked_folders,
                                                  std::size_t chunk_rows);

}  // namespace sojourn::store
