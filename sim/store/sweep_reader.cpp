#include "store/sweep_reader.hpp"

#include "base/error.hpp"
#include "store/reader.hpp"
#include "store/table_reader.hpp"

namespace sojourn::store {

namespace {

constexpr std::int64_t sweep_schema_version = 1;

bool says_sweep(const InputFile& file) {
  return has_attribute(file.id(), "format") && text_attribute(file.id(), "format") == "sojourn sweep";
}

void check_sweep(const InputFile& file, const std::string& path) {
  if (!says_sweep(file)) throw InputError("'" + path + "' is not a collected sweep");
  const std::int64_t version = integer_attribute(file.id(), "schema_version");
  if (version != sweep_schema_version) {
    throw InputError("'" + path + "' has schema version " + std::to_string(version) +
                     " of sweeps, this program reads version " + std::to_string(sweep_schema_version));
  }
}

SweepInput read_input(const InputFile& file) {
  const hid_t root = file.id();
  SweepInput input;
  input.title = text_attribute(root, "title");
  input.digest = text_attribute(root, "digest");
  input.scenarios = integer_attribute(root, "scenarios");
  input.seed = integer_attribute(root, "seed");
  input.common_random_numbers = integer_attribute(root, "common_random_numbers") != 0;
  input.complete = integer_attribute(root, "complete") != 0;
  if (has_attribute(root, "targets")) input.targets = text_attribute(root, "targets");
  input.sweep_name = file.text("/input/sweep_name");
  input.sweep_text = file.text("/input/sweep_text");
  input.model_name = file.text("/input/model_name");
  input.model_text = file.text("/input/model_text");
  for (std::size_t i = 1;; ++i) {
    const std::string path = "/input/files/" + std::to_string(i);
    if (!exists(root, path)) return input;
    input.files.push_back({file.text(path + "/path"), file.text(path + "/content")});
  }
}

}  // namespace

struct SweepReader::State {
  InputFile file;
  SweepInput input;

  explicit State(const std::string& path) : file(path) {
    check_sweep(file, path);
    input = read_input(file);
  }
};

bool is_collected_sweep(const std::string& path) {
  if (!is_hdf5_file(path)) return false;
  try {
    return reading(path, [&] { return says_sweep(InputFile(path)); });
  } catch (const InputError&) {
    return false;
  }
}

SweepReader::SweepReader(const std::string& path) : path_(path) {
  state_ = reading(path, [&] { return std::make_unique<State>(path); });
}

SweepReader::~SweepReader() {
  prepare_hdf5();
}

const SweepInput& SweepReader::input() const {
  return state_->input;
}

bool SweepReader::has_table(const std::string& name) const {
  return reading(path_, [&] { return exists(state_->file.id(), "/outcomes/" + name); });
}

Table SweepReader::table(const std::string& name, const std::vector<std::string>& columns) const {
  return reading(path_, [&] { return read_table(state_->file, path_, name, columns); });
}

}  // namespace sojourn::store
