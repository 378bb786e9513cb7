#include "store/verify.hpp"

#include <algorithm>
#include <map>

namespace sojourn::store {

namespace {

// All rows of a dataset, in its stored type.
void add_rows(hid_t dataset, hid_t type, ColumnHash& hash) {
  constexpr hsize_t slab_bytes = 4u << 20;
  const std::size_t width = H5Tget_size(type);
  const hsize_t rows = rows_of(dataset);
  const hsize_t slab = std::max<hsize_t>(slab_bytes / width, 1);
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(slab, rows)) * width);
  for (hsize_t first = 0; first < rows; first += slab) {
    const hsize_t count = std::min(slab, rows - first);
    read_rows(dataset, first, count, type, bytes.data());
    hash.add(bytes.data(), static_cast<std::size_t>(count) * width);
  }
}

}  // namespace

ColumnHash hash_through(const ShardFolder& folder, const std::vector<ShardFile>& shards, const std::string& column) {
  ColumnHash hash;
  for (const ShardFile& one : shards) {
    const InputFile file(folder.path(one));
    const Handle dataset = open_dataset(file.id(), column);
    add_rows(dataset.get(), stored_type(dataset.get()).get(), hash);
  }
  return hash;
}

namespace {

ColumnHash hash_of_dataset(hid_t dataset, hid_t type) {
  ColumnHash hash;
  add_rows(dataset, type, hash);
  return hash;
}

void add_root_attributes(const InputFile& file, Manifest& manifest) {
  std::vector<std::string> names;
  const auto add = [](hid_t, const char* name, const H5A_info_t*, void* data) -> herr_t {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  };
  hsize_t at = 0;
  check(H5Aiterate2(file.id(), H5_INDEX_NAME, H5_ITER_INC, &at, add, &names), "list the root's attributes");
  for (const std::string& name : names) {
    if (name == "digest") continue;
    const Handle attribute(H5Aopen(file.id(), name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
    const Handle type(H5Aget_type(attribute.get()), H5Tclose, "read an attribute's type");
    const Handle space(H5Aget_space(attribute.get()), H5Sclose, "read an attribute's shape");
    if (H5Sget_simple_extent_npoints(space.get()) != 1) throw Hdf5Error("an attribute is not a single value");
    const std::string type_text = type_name(type.get());
    std::vector<std::byte> bytes(H5Tget_size(type.get()));
    check(H5Aread(attribute.get(), type.get(), bytes.data()), "read an attribute");
    ColumnHash hash;
    hash.add(bytes.data(), bytes.size());
    manifest.add("/@" + name, type_text, 1, hash);
  }
}

}  // namespace

std::string digest_of(const InputFile& file) {
  return digest_of_result(file, "", {});
}

std::string digest_of_result(const InputFile& file, const std::string& path, const std::vector<ShardFile>& shards) {
  Manifest manifest;
  add_root_attributes(file, manifest);
  const ShardFolder folder(path);
  std::map<haddr_t, ColumnHash> known;  // what is linked from several places is read once
  file.visit_datasets([&](const std::string& column, hid_t dataset) {
    H5O_info_t info;
    check(H5Oget_info2(dataset, &info, H5O_INFO_BASIC), "look at a dataset");
    const Handle type = stored_type(dataset);
    const std::string type_text = type_name(type.get());
    auto found = known.find(info.addr);
    if (found == known.end()) {
      found = known
                  .emplace(info.addr, is_virtual(dataset) ? hash_through(folder, shards, column)
                                                          : hash_of_dataset(dataset, type.get()))
                  .first;
    }
    manifest.add(column, type_text, rows_of(dataset), found->second);
  });
  return manifest.digest();
}

}  // namespace sojourn::store
