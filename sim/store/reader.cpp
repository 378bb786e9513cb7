#include "store/reader.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>

#include "base/error.hpp"
#include "store/history_reader.hpp"
#include "store/input_file.hpp"
#include "store/layout.hpp"
#include "store/shard_check.hpp"
#include "store/shard_histories.hpp"
#include "store/sweep_reader.hpp"
#include "store/table_reader.hpp"
#include "store/verify.hpp"

namespace sojourn::store {

namespace {

Keep keep_of(const std::string& name) {
  if (name == "all") return Keep::all;
  if (name == "first") return Keep::first;
  if (name == "none") return Keep::none;
  throw Hdf5Error("/input/trajectories/keep is none of all, first, none");
}

std::int64_t single(const InputFile& file, const std::string& path) {
  const std::vector<std::int64_t> values = file.integers(path);
  if (values.size() != 1) throw Hdf5Error(path + " is not a single value");
  return values[0];
}

RunInput read_input(const InputFile& file) {
  RunInput input;
  input.model_name = file.text("/input/model_name");
  input.model_text = file.text("/input/model_text");
  for (std::size_t i = 1;; ++i) {
    const std::string path = "/input/files/" + std::to_string(i);
    if (!exists(file.id(), path)) break;
    input.files.push_back({file.text(path + "/path"), file.text(path + "/content")});
  }
  const std::vector<std::string> names = file.texts("/input/overrides/name");
  const std::vector<std::string> values = file.texts("/input/overrides/value");
  if (names.size() != values.size()) throw Hdf5Error("/input/overrides has columns of different length");
  for (std::size_t i = 0; i < names.size(); ++i) input.overrides.emplace_back(names[i], values[i]);
  input.patients = integer_attribute(file.id(), "patients");
  input.seed = static_cast<std::uint32_t>(integer_attribute(file.id(), "seed"));
  if (exists(file.id(), "/input/replicate")) {
    input.replicate = static_cast<std::uint32_t>(single(file, "/input/replicate"));
  }
  input.narrow_times = exists(file.id(), "/input/times") && file.text("/input/times") == name_of(Element::float32);
  input.strategies = file.texts("/input/strategies");
  input.policy.keep = keep_of(file.text("/input/trajectories/keep"));
  input.policy.first = single(file, "/input/trajectories/first");
  for (const std::int64_t id : file.integers("/input/trajectories/states")) {
    input.policy.states.push_back(StateId{static_cast<std::int32_t>(id - 1)});
  }
  const Handle group(H5Gopen2(file.id(), "/input", H5P_DEFAULT), H5Gclose, "open /input");
  if (has_attribute(group.get(), "compression")) {
    const auto compression = compression_named(text_attribute(group.get(), "compression"));
    if (!compression) throw Hdf5Error("/input names a compression that is not known");
    input.compression = *compression;
  }
  if (exists(file.id(), "/input/samples")) {
    input.samples = single(file, "/input/samples");
    input.share_patients = single(file, "/input/share_patients") != 0;
  }
  return input;
}

void check_version(const InputFile& file, const std::string& path) {
  if (!has_attribute(file.id(), "format") || text_attribute(file.id(), "format") != "sojourn result") {
    throw InputError("'" + path + "' is not a sojourn result: it is " +
                     (is_collected_sweep(path) ? "a collected sweep" : "another program's HDF5 file"));
  }
  const std::int64_t version = integer_attribute(file.id(), "schema_version");
  if (version != schema_version) {
    throw InputError("'" + path + "' has schema version " + std::to_string(version) + ", this program reads version " +
                     std::to_string(schema_version));
  }
}

}  // namespace

struct Reader::State {
  InputFile file;
  RunInput input;
  std::vector<std::string> strategies;
  std::int64_t patients_stored = 0;
  std::once_flag shards_listed, histories_opened;
  std::vector<ShardFile> shard_list;
  std::optional<HistoryReader> histories;
  std::optional<ShardHistories> shards;  // in place of them, if it has shards

  const std::vector<ShardFile>& listed_shards() {
    std::call_once(shards_listed, [this] { shard_list = shards_of(file); });
    return shard_list;
  }

  explicit State(const std::string& path) : file(path) {
    check_version(file, path);
    input = read_input(file);
    strategies = file.texts("/dictionary/strategies/name");
    patients_stored = integer_attribute(file.id(), "patients_stored");
  }
};

template <class Action>
auto Reader::guarded(Action action) const {
  return reading(path_, action);
}

Reader::Reader(const std::string& path) : path_(path) {
  state_ = guarded([&] { return std::make_unique<State>(path); });
}

Reader::~Reader() {
  prepare_hdf5();
}

const RunInput& Reader::input() const {
  return state_->input;
}

const std::vector<std::string>& Reader::strategies() const {
  return state_->strategies;
}

std::int64_t Reader::patients_stored() const {
  return state_->patients_stored;
}

std::string Reader::title() const {
  return guarded([&] { return text_attribute(state_->file.id(), "title"); });
}

double Reader::horizon() const {
  return guarded([&] { return number_attribute(state_->file.id(), "horizon"); });
}

std::vector<std::string> Reader::states() const {
  return guarded([&] { return state_->file.texts("/dictionary/states/name"); });
}

std::string Reader::trajectories() const {
  return guarded([&] { return text_attribute(state_->file.id(), "trajectories"); });
}

template <class Read>
history::Block Reader::checked_block(std::int64_t first_patient, std::int32_t patients, Read read) const {
  if (first_patient < 1 || patients < 1 || first_patient - 1 > state_->patients_stored - patients) {
    throw InputError("'" + path_ + "' holds the trajectories of patients 1 to " +
                     std::to_string(state_->patients_stored) + " only (" + trajectories() + ")");
  }
  return guarded([&] {
    std::call_once(state_->histories_opened, [&] {
      const std::vector<ShardFile>& listed = state_->listed_shards();
      if (!listed.empty()) {
        store::check_shards(state_->file, path_, listed);
        state_->shards.emplace(state_->file, path_, listed, state_->strategies);
      } else {
        state_->histories.emplace(state_->file, state_->file, state_->strategies);
      }
    });
    return state_->shards ? read(*state_->shards) : read(*state_->histories);
  });
}

history::Block Reader::block(std::int64_t first_patient, std::int32_t patients) const {
  return checked_block(first_patient, patients, [&](auto& from) { return from.block(first_patient, patients); });
}

history::Block Reader::block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients) const {
  return checked_block(first_patient, patients,
                       [&](auto& from) { return from.block(strategy, first_patient, patients); });
}

std::vector<std::string> Reader::tables() const {
  return guarded([&] { return names_in(state_->file.id(), "/outcomes"); });
}

Table Reader::table(const std::string& name) const {
  return guarded([&] { return read_table(state_->file, path_, name); });
}

std::vector<DatasetInfo> Reader::datasets() const {
  return guarded([&] {
    std::vector<DatasetInfo> all;
    std::map<haddr_t, std::string> seen;
    state_->file.visit_datasets([&](const std::string& path, hid_t dataset) {
      H5O_info_t info;
      check(H5Oget_info2(dataset, &info, H5O_INFO_BASIC), "look at a dataset");
      const auto [known, is_new] = seen.emplace(info.addr, path);
      const bool virtual_one = is_virtual(dataset);
      all.push_back({path, type_name(stored_type(dataset).get()), text_attribute(dataset, "unit"), rows_of(dataset),
                     virtual_one ? 0 : H5Dget_storage_size(dataset), virtual_one,
                     is_new ? std::string() : known->second});
    });
    return all;
  });
}

std::string Reader::digest() const {
  return guarded([&] { return text_attribute(state_->file.id(), "digest"); });
}

std::string Reader::recomputed_digest() const {
  return guarded([&] { return digest_of_result(state_->file, path_, state_->listed_shards()); });
}

void Reader::check_shards() const {
  guarded([&] { store::check_shards(state_->file, path_, state_->listed_shards()); });
}

std::vector<ShardFile> Reader::shards() const {
  return guarded([&] { return state_->listed_shards(); });
}

std::vector<std::string> Reader::damaged_shards() const {
  return guarded([&] { return store::damaged_shards(path_, state_->listed_shards()); });
}

bool is_hdf5_file(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;  // a pipe would keep us waiting
  std::array<char, 8> head{};
  std::ifstream file(path, std::ios::binary);
  constexpr std::array<char, 8> signature = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  return file.read(head.data(), head.size()) && head == signature;
}

}  // namespace sojourn::store
