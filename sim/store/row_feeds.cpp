// The sojourns, events and changes of a strategy: tables with any number of rows a patient.
#include <algorithm>

#include "store/feed.hpp"

namespace sojourn::store {

namespace {

constexpr const char* patient_text = "patient, counted from 1";

class RowFeed : public Feed {
 public:
  RowFeed(Output& output, std::string folder, std::size_t chunk_rows)
      : Feed(chunk_rows), output_(output), folder_(std::move(folder)) {}

 protected:
  void add(const char* name, Element element, const char* unit, const char* text) {
    columns_.emplace_back(output_, ColumnSpec{folder_ + name, element, {unit, text}, {}}, chunk_rows_);
  }
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

  Output& output_;
  std::string folder_;
  std::span<const std::uint32_t> ends_;
};

class SojournFeed : public RowFeed {
 public:
  SojournFeed(Output& output, const Layout& layout, const std::string& folder, std::size_t chunk_rows)
      : RowFeed(output, folder, chunk_rows) {
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/state_id", layout.state_id, "", "state stayed in: state_id in /dictionary/states");
    add("/transition_id", layout.transition_id, "",
        "what ended the stay: transition_id in /dictionary/transitions; 0: the horizon");
    add("/time_start", layout.time, "years", "entry into the state, since the start");
    add("/time_stop", layout.time, "years", "exit from the state, since the start; the horizon if it was not left");
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
      : RowFeed(output, folder, chunk_rows), first_event_(layout.first_event) {
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/event_id", layout.event_id, "", "what happened: event_id in /dictionary/events");
    add("/time", layout.time, "years", "when, since the start");
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
      : RowFeed(output, folder, chunk_rows), shift_(layout.value_shift) {
    add("/patient_id", layout.patient_id, "", patient_text);
    add("/attribute_id", layout.attribute_id, "", "what changed: attribute_id in /dictionary/attributes");
    add("/time", layout.time, "years", "when, since the start");
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

}  // namespace sojourn::store
