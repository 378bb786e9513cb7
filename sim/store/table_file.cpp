#include "store/table_file.hpp"

#include <deque>
#include <optional>
#include <stdexcept>

#include "store/column.hpp"
#include "store/guarded_file.hpp"

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

using Streams = std::deque<Stream>;

}  // namespace

struct TableFile::File : GuardedFile<Streams> {
  using GuardedFile::GuardedFile;
  template <class Action>
  void put(Action action) {
    write([&](Output& output, std::optional<Streams>&) { action(output); });
  }
};

TableFile::TableFile(const std::string& path) : file_(std::make_unique<File>(path)) {
  file_->write([](Output& output, std::optional<Streams>& streams) {
    output.group("/outcomes", "tables");
    streams.emplace();
  });
}

TableFile::~TableFile() = default;

void TableFile::attribute(const char* name, const std::string& text) {
  file_->put([&](Output& output) { output.root_attribute(name, text); });
}

void TableFile::attribute(const char* name, std::int64_t value) {
  file_->put([&](Output& output) { output.root_attribute(name, value); });
}

void TableFile::group(const std::string& path, const std::string& description) {
  file_->put([&](Output& output) { output.group(path, description); });
}

void TableFile::text(const std::string& path, const std::string& value, const std::string& description) {
  file_->put([&](Output& output) { output.text(path, value, {"", description}); });
}

void TableFile::table(const Table& table) {
  file_->put([&](Output& output) { write_table(output, table); });
}

std::size_t TableFile::begin(const std::string& name, const std::string& description,
                             const std::vector<StreamColumn>& columns, std::size_t chunk_rows) {
  std::size_t number = 0;
  file_->write([&](Output& output, std::optional<Streams>& streams) {
    const std::string path = "/outcomes/" + name;
    output.group(path, description);
    number = streams->size();
    Stream& made = streams->emplace_back();
    made.chunk_rows = chunk_rows;
    std::vector<std::string> order;
    for (const StreamColumn& one : columns) {
      const ColumnSpec spec{
          path + "/" + one.name, one.integer ? Element::int64 : Element::float64, {one.unit, one.description}, {}};
      made.columns.emplace_back(output, spec, chunk_rows);
      order.push_back(one.name);
    }
    output.texts(path + "/columns", order, {"", "the columns' names, in order"});
  });
  return number;
}

void TableFile::append(std::size_t stream, std::span<const double> row) {
  file_->write([&](Output&, std::optional<Streams>& streams) { (*streams)[stream].append(row); });
}

std::string TableFile::finish() {
  return file_->finish([](Output& output, std::optional<Streams>& streams) {
    for (Stream& stream : *streams) {
      stream.flush();
      for (const ColumnWriter& one : stream.columns) one.finish(output.manifest(), {});
    }
  });
}

}  // namespace sojourn::store
