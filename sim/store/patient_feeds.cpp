// Tables with one row a patient: where her rows begin in the others, and her attributes at the start.
#include "store/feed.hpp"

namespace sojourn::store {

namespace {

constexpr std::array<const char*, 3> row_tables = {"sojourns", "events", "changes"};

// first[p]: rows of all patients before the p-th (from 0); one more entry at the end: all rows.
class OffsetFeed : public Feed {
 public:
  OffsetFeed(Output& output, const std::string& folder, std::size_t chunk_rows) : Feed(chunk_rows) {
    for (const char* table : row_tables) {
      columns_.emplace_back(
          output,
          ColumnSpec{folder + "/" + table + "/first",
                     Element::int64,
                     {"rows",
                      "patient p's rows, counted from 0, are first[p-1] to first[p] - 1 (first itself counted from 0)"},
                     {}},
          chunk_rows);
    }
  }

  void finish(Manifest& manifest) override {
    base_ = next_;
    for (std::size_t i = 0; i < columns_.size(); ++i) *columns_[i].at<std::int64_t>(fill_) = base_[i];
    ++fill_;
    Feed::finish(manifest);
  }

 protected:
  std::size_t rows_of_block(const Source& source) override {
    const history::Trajectories& from = *source.histories;
    ends_ = {from.sojourn_end, from.event_end, from.change_end};
    base_ = next_;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      if (source.patients > 0) next_[i] += ends_[i][source.patients - 1];
    }
    return source.patients;
  }

  std::size_t patient_of_row(std::size_t row) const override { return row; }

  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      std::int64_t* to = columns_[i].at<std::int64_t>(at);
      for (std::size_t r = row; r < row + rows; ++r) *to++ = base_[i] + (r == 0 ? 0 : ends_[i][r - 1]);
    }
  }

 private:
  std::array<std::span<const std::uint32_t>, 3> ends_;
  std::array<std::int64_t, 3> base_{}, next_{};  // rows before this block, and before the next
};

class BaselineFeed : public Feed {
 public:
  BaselineFeed(Output& output, const model::Model& model, std::size_t set, const std::string& folder,
               std::vector<std::string> linked_folders, std::size_t chunk_rows)
      : Feed(chunk_rows), set_(set) {
    further_folders_ = std::move(linked_folders);
    for (const model::Attribute& attribute : model.attributes) {
      columns_.emplace_back(output, baseline_spec(attribute, folder), chunk_rows);
      is_category_.push_back(attribute.type.kind == expression::Type::Kind::category);
    }
  }

 protected:
  std::size_t rows_of_block(const Source& source) override { return source.patients; }
  std::size_t patient_of_row(std::size_t row) const override { return row; }

  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    const auto patients = static_cast<std::size_t>(source_.block->patients);
    for (std::size_t a = 0; a < columns_.size(); ++a) {
      const double* from = source_.block->baseline[set_].data() + a * patients + row;
      if (columns_[a].element() == Element::float64) {
        copy_numbers(columns_[a], at, from, rows);
      } else {
        const double shift = is_category_[a] ? 1 : 0;
        convert(columns_[a], at, from, rows, [shift](double value) { return value + shift; });
      }
    }
  }

 private:
  std::size_t set_;
  std::vector<bool> is_category_;
};

}  // namespace

std::unique_ptr<Feed> offset_feed(Output& output, const std::string& folder, std::size_t chunk_rows) {
  return std::make_unique<OffsetFeed>(output, folder, chunk_rows);
}

std::unique_ptr<Feed> baseline_feed(Output& output, const model::Model& model, std::size_t set,
                                    const std::string& folder, std::vector<std::string> linked_folders,
                                    std::size_t chunk_rows) {
  return std::make_unique<BaselineFeed>(output, model, set, folder, std::move(linked_folders), chunk_rows);
}

}  // namespace sojourn::store
