#include "store/shard_check.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.hpp"
#include "store/table_reader.hpp"
#include "store/verify.hpp"

namespace sojourn::store {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t told_at_most = 10;

// Each of them is open while a column is read.
void allow_open_files(std::size_t shards) {
  constexpr rlim_t others = 256;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = shards + others;
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// h5repack can put all that lies in shards into the file itself, which then lists them in vain.
bool has_virtual_columns(const InputFile& file) {
  bool found = false;
  file.visit_datasets([&](const std::string&, hid_t dataset) { found = found || is_virtual(dataset); });
  return found;
}

// What is wrong with a shard's file; empty: nothing that can be seen without reading all of it.
std::string complaint(const fs::path& path, const ShardFile& shard) {
  std::error_code error;
  if (!fs::exists(path, error)) return "is missing";
  const auto bytes = fs::file_size(path, error);
  if (error) return "cannot be read (" + error.message() + ")";
  if (bytes != static_cast<std::uintmax_t>(shard.bytes)) {
    return "has " + std::to_string(bytes) + " bytes instead of " + std::to_string(shard.bytes);
  }
  try {
    const InputFile file(path.string());
    if (text_attribute(file.id(), "digest") == shard.digest) return "";
    return "is of another result (its digest is another)";
  } catch (const InputError& wrong) {
    return "cannot be read (" + std::string(wrong.what()) + ")";
  } catch (const Hdf5Error& wrong) {
    return "is damaged (" + std::string(wrong.what()) + ")";
  }
}

bool has_its_digest(const std::string& path, const ShardFile& shard) {
  try {
    return reading(path, [&] { return digest_of(InputFile(path)); }) == shard.digest;
  } catch (const InputError&) {  // what cannot be read is damaged
    return false;
  }
}

// The columns lie in the shards that are named, and have no more rows than those can hold.
void check_columns(const InputFile& file, const std::vector<ShardFile>& shards) {
  std::set<std::string> names;
  hsize_t bytes = 0;
  for (const ShardFile& one : shards) {
    names.insert(one.name);
    bytes += static_cast<hsize_t>(std::max<std::int64_t>(one.bytes, 0));
  }
  file.visit_datasets([&](const std::string& path, hid_t dataset) {
    if (!is_virtual(dataset)) return;
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "read a column's properties");
    std::size_t parts = 0;
    check(H5Pget_virtual_count(properties.get(), &parts), "count a column's files");
    for (std::size_t i = 0; i < parts; ++i) {
      std::string name(4096, '\0');
      const ssize_t length = H5Pget_virtual_filename(properties.get(), i, name.data(), name.size());
      name.resize(length > 0 ? std::min(static_cast<std::size_t>(length), name.size()) : 0);
      if (!names.contains(name)) throw Hdf5Error(path + " lies in '" + name + "', which is not listed in /shards");
    }
    if (rows_of(dataset) > bytes) throw Hdf5Error("a column claims more rows than it holds");
  });
}

}  // namespace

std::vector<ShardFile> shards_of(const InputFile& file) {
  if (!exists(file.id(), "/shards") || !has_virtual_columns(file)) return {};
  const std::vector<std::string> names = file.texts("/shards/file"), digests = file.texts("/shards/digest");
  const std::vector<std::int64_t> first = file.integers("/shards/first_patient"),
                                  patients = file.integers("/shards/patients"), bytes = file.integers("/shards/bytes");
  std::vector<ShardFile> shards;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (digests.size() != names.size() || first.size() != names.size() || patients.size() != names.size() ||
        bytes.size() != names.size()) {
      throw Hdf5Error("/shards has columns of different length");
    }
    const fs::path name(names[i]);
    if (name.is_absolute() || name.lexically_normal() != name || *name.begin() == "..") {
      throw Hdf5Error("/shards names a file outside the folder of the result");
    }
    shards.push_back({static_cast<std::int64_t>(i), {first[i], patients[i]}, bytes[i], digests[i], names[i]});
  }
  return shards;
}

void check_shards(const InputFile& file, const std::string& path, const std::vector<ShardFile>& shards) {
  allow_open_files(shards.size());
  const ShardFolder folder(path);
  std::string wrong;
  std::size_t count = 0;
  for (const ShardFile& one : shards) {
    const std::string text = complaint(folder.path(one), one);
    if (text.empty()) continue;
    if (++count <= told_at_most) wrong += "\n  " + one.name + " " + text;
  }
  if (count > told_at_most) wrong += "\n  and " + std::to_string(count - told_at_most) + " more";
  if (count > 0) {
    throw InputError("'" + path + "' has its lives in " + std::to_string(shards.size()) +
                     " files beside it, of which not all are as they were:" + wrong +
                     "\nthe file and its folder belong together, move and copy both; `sojourn run " + path +
                     " --shards --out NEW.h5` makes them again");
  }
  check_columns(file, shards);
}

std::vector<std::string> damaged_shards(const std::string& path, const std::vector<ShardFile>& shards) {
  const ShardFolder folder(path);
  std::vector<std::string> damaged;
  for (const ShardFile& one : shards) {
    if (!has_its_digest(folder.path(one), one)) damaged.push_back(one.name);
  }
  return damaged;
}

std::optional<std::vector<std::string>> named_shards(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return error ? std::nullopt : std::optional<std::vector<std::string>>(std::in_place);
  try {
    std::vector<std::string> names;
    for (const ShardFile& one : shards_of(InputFile(path))) names.push_back(one.name);
    return names;
  } catch (const InputError&) {
    return std::nullopt;
  } catch (const Hdf5Error&) {
    return std::nullopt;
  }
}

}  // namespace sojourn::store
