#include "store/join_shards.hpp"

#include <algorithm>
#include <map>

#include "store/column.hpp"

namespace sojourn::store {

namespace {

// A column that is virtual in the result.
struct Column {
  SharedColumn shared;
  std::string hash;
  std::vector<hsize_t> rows;  // by shard
};

// Rows of all patients before each, over all shards.
struct Offsets {
  std::string path;
  ColumnWriter writer;
  std::size_t fill = 0;
  std::int64_t before = 0;  // rows of the shards so far
};

class Joining {
 public:
  Joining(Output& output, const Layout& layout, const ShardFolder& folder, const std::vector<ShardFile>& shards)
      : output_(output), layout_(layout), folder_(folder), shards_(shards), first_(folder.path(shards.front())) {}

  void run(const std::vector<std::string>& hashes) {
    const std::size_t chunk_rows = layout_.chunk_rows(1, 0);
    std::size_t hash = 0;
    make_baselines();
    for (SharedColumn& one : shared_columns(first_)) {
      if (one.is_offsets()) {
        offsets_.push_back({one.path, ColumnWriter(output_, spec(one.path), chunk_rows), 0, 0});
      } else {
        columns_.push_back({std::move(one), hashes.at(hash++), {}});
      }
    }
    for (const ShardFile& shard : shards_) add(InputFile(folder_.path(shard)), chunk_rows);
    for (Offsets& one : offsets_) {
      *one.writer.at<std::int64_t>(one.fill++) = one.before;
      one.writer.flush(one.fill);
      one.writer.finish(output_.manifest(), {});
    }
    for (const Column& one : columns_) create(one);
    list();
  }

 private:
  // The other tables are there; of baselines strategies may share one.
  void make_baselines() {
    std::map<haddr_t, std::string> made;
    for (const std::string& strategy : layout_.strategies) {
      const std::string path = strategy_path(strategy) + "/baseline";
      const Handle of_shard(H5Gopen2(first_.id(), path.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
      H5O_info_t info;
      check(H5Oget_info2(of_shard.get(), &info, H5O_INFO_BASIC), "look at a group");
      const auto [known, is_new] = made.emplace(info.addr, path);
      if (is_new) {
        output_.group(path, text_attribute(of_shard.get(), "description"));
      } else {
        output_.link(known->second, path);
      }
    }
  }

  [[nodiscard]] ColumnText about(hid_t dataset) const {
    return {text_attribute(dataset, "unit"), text_attribute(dataset, "description")};
  }

  [[nodiscard]] ColumnSpec spec(const std::string& path) const {
    return {path, Element::int64, about(open_dataset(first_.id(), path).get()), {}};
  }

  void add(const InputFile& shard, std::size_t chunk_rows) {
    for (Column& one : columns_) one.rows.push_back(rows_of(open_dataset(shard.id(), one.shared.path).get()));
    for (Offsets& one : offsets_) append(one, shard, chunk_rows);
  }

  // The last of a shard's offsets, its number of rows, is the next one's first.
  static void append(Offsets& offsets, const InputFile& shard, std::size_t chunk_rows) {
    const Handle dataset = open_dataset(shard.id(), offsets.path);
    const hsize_t rows = rows_of(dataset.get());
    if (rows == 0) throw Hdf5Error(offsets.path + " is empty");
    for (hsize_t row = 0; row + 1 < rows;) {
      const hsize_t count = std::min<hsize_t>(rows - 1 - row, chunk_rows - offsets.fill);
      auto* const to = offsets.writer.at<std::int64_t>(offsets.fill);
      read_rows(dataset.get(), row, count, H5T_NATIVE_INT64, to);
      for (hsize_t i = 0; i < count; ++i) to[i] += offsets.before;
      row += count;
      offsets.fill += static_cast<std::size_t>(count);
      if (offsets.fill < chunk_rows) continue;
      offsets.writer.flush(offsets.fill);
      offsets.fill = 0;
    }
    std::int64_t last = 0;
    read_rows(dataset.get(), rows - 1, 1, H5T_NATIVE_INT64, &last);
    offsets.before += last;
  }

  void create(const Column& column) {
    const std::string& path = column.shared.path;
    const Handle source = open_dataset(first_.id(), path);
    const Handle type = stored_type(source.get());
    hsize_t total = 0;
    for (const hsize_t rows : column.rows) total += rows;
    const Handle space(H5Screate_simple(1, &total, nullptr), H5Sclose, "make a column's shape");
    const Handle properties = dataset_properties(0);
    copy_usual_value(source.get(), type.get(), properties.get());
    hsize_t at = 0;
    for (std::size_t i = 0; i < column.rows.size(); ++i) {
      const hsize_t rows = column.rows[i];
      if (rows == 0) continue;
      const Handle part(H5Screate_simple(1, &rows, nullptr), H5Sclose, "make a shape");
      check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, &at, nullptr, &rows, nullptr), "choose rows");
      check(H5Pset_virtual(properties.get(), space.get(), shards_[i].name.c_str(), path.c_str(), part.get()),
            "lay a column over files");
      at += rows;
    }
    check(H5Sselect_all(space.get()), "choose rows");
    (void)output_.create(path, type.get(), space.get(), properties.get(), about(source.get()));
    output_.manifest().add(path, type_name(type.get()), total, column.hash);
    for (const std::string& further : column.shared.further) {
      output_.manifest().add(further, type_name(type.get()), total, column.hash);
    }
  }

  static void copy_usual_value(hid_t source, hid_t type, hid_t properties) {
    const Handle from(H5Dget_create_plist(source), H5Pclose, "read a column's properties");
    H5D_fill_value_t defined = H5D_FILL_VALUE_DEFAULT;
    check(H5Pfill_value_defined(from.get(), &defined), "look for a usual value");
    if (defined != H5D_FILL_VALUE_USER_DEFINED) return;
    std::vector<std::byte> value(H5Tget_size(type));
    check(H5Pget_fill_value(from.get(), type, value.data()), "read a usual value");
    check(H5Pset_fill_value(properties, type, value.data()), "set a usual value");
  }

  void list() {
    std::vector<std::string> names, digests;
    std::vector<std::int64_t> first, patients, bytes;
    for (const ShardFile& one : shards_) {
      names.push_back(one.name);
      digests.push_back(one.digest);
      first.push_back(one.patients.first);
      patients.push_back(one.patients.count);
      bytes.push_back(one.bytes);
    }
    output_.group("/shards", "the files that the lives lie in; not part of the digest");
    output_.texts("/shards/file", names, {"", "from the folder of this file"});
    output_.integers("/shards/first_patient", first, Element::int64, {"", "patient_id of the first in it"});
    output_.integers("/shards/patients", patients, Element::int64, {"patients", "in a row"});
    output_.integers("/shards/bytes", bytes, Element::int64, {"bytes", "of the file"});
    output_.texts("/shards/digest", digests, {"", "of the file, also its attribute `digest`"});
  }

  Output& output_;
  const Layout& layout_;
  const ShardFolder& folder_;
  const std::vector<ShardFile>& shards_;
  InputFile first_;  // of the shards
  std::vector<Column> columns_;
  std::vector<Offsets> offsets_;
};

}  // namespace

std::vector<SharedColumn> shared_columns(const InputFile& shard) {
  std::vector<SharedColumn> columns;
  std::map<haddr_t, std::size_t> seen;
  shard.visit_datasets([&](const std::string& path, hid_t dataset) {
    H5O_info_t info;
    check(H5Oget_info2(dataset, &info, H5O_INFO_BASIC), "look at a dataset");
    const auto [known, is_new] = seen.emplace(info.addr, columns.size());
    if (is_new) {
      columns.push_back({path, {}});
    } else {
      columns[known->second].further.push_back(path);
    }
  });
  return columns;
}

void join_shards(Output& output, const Layout& layout, const ShardFolder& folder, const std::vector<ShardFile>& shards,
                 const std::vector<std::string>& hashes) {
  Joining(output, layout, folder, shards).run(hashes);
}

}  // namespace sojourn::store
