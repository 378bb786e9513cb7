#include "store/table_file.hpp"

#include <deque>
#include <optional>
#include <stdexcept>

#include "base/error.hpp"
#include "store/column.hpp"
#include "store/header.hpp"
#include "store/output.hpp"

namespace sojourn::store {

namespace {

struct Stream {
  std::deque<ColumnWriter> columns;
  std::size_t chunk_rows = 0, rows = 0;  // rows of the unfinished chunk

  void append(std::span<const double> row) {
    if (row.size() != columns.size()) throw std::logic_error("a row of another length than its table");
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (columns[i].element() == Element::float64) {
        *columns[i].at<double>(rows) = row[i];
      } else {
        *columns[i].at<std::int64_t>(rows) = static_cast<std::int64_t>(row[i]);
      }
    }
    if (++rows == chunk_rows) flush();
  }
  void flush() {
    for (ColumnWriter& one : columns) one.flush(rows);
    rows = 0;
  }
};

}  // namespace

// Members in the order in which they depend on each other: the HDF5 file closes before the part is removed.
struct TableFile::State {
  PartFile part;
  std::optional<Output> output;
  std::deque<Stream> streams;

  explicit State(const std::string& path) : part(path) {}

  void give_up() {
    part.discard();
    streams.clear();
    if (output) output->abandon();
    output.reset();
  }
};

template <class Action>
void TableFile::guarded(Action action) {
  prepare_hdf5();
  if (!state_) throw std::logic_error("the file is already written");
  try {
    action(*state_);
  } catch (const Hdf5Error& error) {
    const int code = state_->part.error();
    const std::string message =
        code != 0 ? state_->part.failure(code) : "cannot write '" + state_->part.final_path() + "': " + error.what();
    state_->give_up();
    state_.reset();
    throw RunError(message);
  } catch (...) {
    state_->give_up();
    state_.reset();
    throw;
  }
}

TableFile::TableFile(const std::string& path) : state_(std::make_unique<State>(path)) {
  guarded([](State& state) {
    state.output.emplace(state.part);
    state.output->group("/outcomes", "tables");
  });
}

TableFile::~TableFile() {
  if (!state_) return;
  prepare_hdf5();
  state_->give_up();
}

void TableFile::attribute(const char* name, const std::string& text) {
  guarded([&](State& state) { state.output->root_attribute(name, text); });
}

void TableFile::attribute(const char* name, std::int64_t value) {
  guarded([&](State& state) { state.output->root_attribute(name, value); });
}

void TableFile::group(const std::string& path, const std::string& description) {
  guarded([&](State& state) { state.output->group(path, description); });
}

void TableFile::text(const std::string& path, const std::string& value, const std::string& description) {
  guarded([&](State& state) { state.output->text(path, value, {"", description}); });
}

void TableFile::table(const Table& table) {
  guarded([&](State& state) { write_table(*state.output, table); });
}

std::size_t TableFile::begin(const std::string& name, const std::string& description,
                             const std::vector<StreamColumn>& columns, std::size_t chunk_rows) {
  guarded([&](State& state) {
    const std::string path = "/outcomes/" + name;
    state.output->group(path, description);
    Stream& made = state.streams.emplace_back();
    made.chunk_rows = chunk_rows;
    std::vector<std::string> order;
    for (const StreamColumn& one : columns) {
      const ColumnSpec spec{
          path + "/" + one.name, one.integer ? Element::int64 : Element::float64, {one.unit, one.description}, {}};
      made.columns.emplace_back(*state.output, spec, chunk_rows);
      order.push_back(one.name);
    }
    state.output->texts(path + "/columns", order, {"", "the columns' names, in order"});
  });
  return state_->streams.size() - 1;
}

void TableFile::append(std::size_t stream, std::span<const double> row) {
  guarded([&](State& state) { state.streams[stream].append(row); });
}

std::string TableFile::finish() {
  std::string digest;
  guarded([&](State& state) {
    for (Stream& stream : state.streams) {
      stream.flush();
      for (const ColumnWriter& one : stream.columns) one.finish(state.output->manifest(), {});
    }
    state.streams.clear();
    digest = state.output->close();
    state.output.reset();
    state.part.publish();
  });
  state_.reset();
  return digest;
}

}  // namespace sojourn::store
