#include "store/feed.hpp"

#include <algorithm>

namespace sojourn::store {

void Feed::begin(const Source& source) {
  source_ = source;
  cursor_ = 0;
  rows_ = rows_of_block(source);
}

std::size_t Feed::patient_filling() const {
  return patient_of_row(cursor_ + room() - 1);
}

void Feed::take(std::size_t rows) {
  if (rows == 0) return;
  copy(cursor_, rows, fill_);
  cursor_ += rows;
  fill_ += rows;
  if (fill_ == chunk_rows_) flush();
}

void Feed::flush() {
  for (ColumnWriter& column : columns_) column.flush(fill_);
  fill_ = 0;
}

void Feed::finish(Manifest& manifest) {
  flush();
  for (const ColumnWriter& column : columns_) {
    const std::string name = column.path().substr(column.path().rfind('/'));
    std::vector<std::string> further;
    for (const std::string& folder : further_folders_) further.push_back(folder + name);
    column.finish(manifest, further);
  }
}

namespace {

template <class From, class F>
void convert(ColumnWriter& column, std::size_t at, const From* from, std::size_t n, F value) {
  with_type(column.element(), [&](auto type) {
    using To = decltype(type);
    To* to = column.at<To>(at);
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<To>(value(from[i]));
  });
}

void copy_numbers(ColumnWriter& column, std::size_t at, const double* from, std::size_t n) {
  std::copy_n(from, n, column.at<double>(at));
}

constexpr const char* patient_text = "patient, counted from 1";

class RowFeed : public Feed {
 public:
  using Feed::Feed;

 protected:
  virtual const std::vector<std::uint32_t>& ends(const history::Trajectories& histories) const = 0;

  std::size_t rows_of_block(const Source& source) override {
    ends_ = std::span(ends(*source.histories)).first(source.patients);
    return ends_.empty() ? 0 : ends_.back();
  }

  std::size_t patient_of_row(std::size_t row) const override {
    return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), row) - ends_.begin());
  }

  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    with_type(columns_[0].element(), [&](auto type) {
      using To = decltype(type);
      To* to = columns_[0].at<To>(at);
      std::size_t p = patient_of_row(row);
      for (std::size_t r = row; r < row + rows; ++p) {
        const std::size_t end = std::min<std::size_t>(ends_[p], row + rows);
        const To id = static_cast<To>(source_.block->first_patient + static_cast<std::int64_t>(p));
        for (; r < end; ++r) *to++ = id;
      }
    });
  }

  std::span<const std::uint32_t> ends_;
};

class SojournFeed : public RowFeed {
 public:
  SojournFeed(Output& output, const Layout& layout, const std::string& folder, std::size_t chunk_rows)
      : RowFeed(chunk_rows) {
    const auto add = [&](const char* name, Element element, const char* unit, const char* text) {
      columns_.emplace_back(output, ColumnSpec{folder + name, element, {unit, text}, {}}, chunk_rows);
    };
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/state_id", layout.state_id, "", "state stayed in: state_id in /dictionary/states");
    add("/transition_id", layout.transition_id, "",
        "what ended the stay: transition_id in /dictionary/transitions; 0: the horizon");
    add("/time_start", Element::float64, "years", "entry into the state, since the start");
    add("/time_stop", Element::float64, "years",
        "exit from the state, since the start; the horizon if it was not left");
  }

 protected:
  const std::vector<std::uint32_t>& ends(const history::Trajectories& histories) const override {
    return histories.sojourn_end;
  }
  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    RowFeed::copy(row, rows, at);
    const history::Sojourns& from = source_.histories->sojourns;
    const auto from_one = [](std::int16_t id) { return id + 1; };
    convert(columns_[1], at, from.state.data() + row, rows, from_one);
    convert(columns_[2], at, from.cause.data() + row, rows, from_one);
    copy_numbers(columns_[3], at, from.start.data() + row, rows);
    copy_numbers(columns_[4], at, from.stop.data() + row, rows);
  }
};

class EventFeed : public RowFeed {
 public:
  EventFeed(Output& output, const Layout& layout, const std::string& folder, std::size_t chunk_rows)
      : RowFeed(chunk_rows), first_event_(layout.first_event) {
    const auto add = [&](const char* name, Element element, const char* unit, const char* text) {
      columns_.emplace_back(output, ColumnSpec{folder + name, element, {unit, text}, {}}, chunk_rows);
    };
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/event_id", layout.event_id, "", "what happened: event_id in /dictionary/events");
    add("/time", Element::float64, "years", "when, since the start");
  }

 protected:
  const std::vector<std::uint32_t>& ends(const history::Trajectories& histories) const override {
    return histories.event_end;
  }
  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    RowFeed::copy(row, rows, at);
    const history::Events& from = source_.histories->events;
    convert(columns_[1], at, from.event.data() + row, rows, [&](std::int16_t id) { return id - first_event_ + 1; });
    copy_numbers(columns_[2], at, from.time.data() + row, rows);
  }

 private:
  std::int16_t first_event_;
};

class ChangeFeed : public RowFeed {
 public:
  ChangeFeed(Output& output, const Layout& layout, const std::string& folder, std::size_t chunk_rows)
      : RowFeed(chunk_rows), shift_(layout.value_shift) {
    const auto add = [&](const char* name, Element element, const char* unit, const char* text) {
      columns_.emplace_back(output, ColumnSpec{folder + name, element, {unit, text}, {}}, chunk_rows);
    };
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/attribute_id", layout.attribute_id, "", "what changed: attribute_id in /dictionary/attributes");
    add("/time", Element::float64, "years", "when, since the start");
    add("/value", Element::float64, "",
        "the new value: a number in the attribute's unit, 0 or 1 (no, yes), or a level_id in /dictionary/levels");
  }

 protected:
  const std::vector<std::uint32_t>& ends(const history::Trajectories& histories) const override {
    return histories.change_end;
  }
  void copy(std::size_t row, std::size_t rows, std::size_t at) override {
    RowFeed::copy(row, rows, at);
    const history::Changes& from = source_.histories->changes;
    convert(columns_[1], at, from.attribute.data() + row, rows, [](std::int16_t id) { return id + 1; });
    copy_numbers(columns_[2], at, from.time.data() + row, rows);
    double* to = columns_[3].at<double>(at);
    for (std::size_t i = 0; i < rows; ++i) {
      to[i] = from.value[row + i] + shift_[static_cast<std::size_t>(from.attribute[row + i])];
    }
  }

 private:
  std::vector<double> shift_;
};

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

std::unique_ptr<Feed> row_feed(RowTable table, Output& output, const Layout& layout, const std::string& folder,
                               std::size_t chunk_rows) {
  switch (table) {
    case RowTable::sojourns:
      return std::make_unique<SojournFeed>(output, layout, folder, chunk_rows);
    case RowTable::events:
      return std::make_unique<EventFeed>(output, layout, folder, chunk_rows);
    case RowTable::changes:
      break;
  }
  return std::make_unique<ChangeFeed>(output, layout, folder, chunk_rows);
}

std::unique_ptr<Feed> offset_feed(Output& output, const std::string& folder, std::size_t chunk_rows) {
  return std::make_unique<OffsetFeed>(output, folder, chunk_rows);
}

std::unique_ptr<Feed> baseline_feed(Output& output, const model::Model& model, std::size_t set,
                                    const std::string& folder, std::vector<std::string> linked_folders,
                                    std::size_t chunk_rows) {
  return std::make_unique<BaselineFeed>(output, model, set, folder, std::move(linked_folders), chunk_rows);
}

}  // namespace sojourn::store
