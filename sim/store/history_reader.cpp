#include "store/history_reader.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace sojourn::store {

namespace {

std::string folder_of(const std::string& strategy) {
  return "/strategies/" + strategy;
}

// Ids 1 .. largest of the file (0 too, if `none_allowed`) as ids from `base`.
std::vector<std::int16_t> read_ids(hid_t dataset, hsize_t first, hsize_t count, int largest, bool none_allowed,
                                   int base) {
  std::vector<std::int16_t> ids(static_cast<std::size_t>(count));
  read_rows(dataset, first, count, H5T_NATIVE_INT16, ids.data());
  for (std::int16_t& id : ids) {
    if (id > largest || id < (none_allowed ? 0 : 1)) throw Hdf5Error("an id is not in the dictionary");
    id = static_cast<std::int16_t>(id - 1 + base);
  }
  return ids;
}

std::vector<double> read_numbers(hid_t dataset, hsize_t first, hsize_t count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  read_rows(dataset, first, count, H5T_NATIVE_DOUBLE, values.data());
  return values;
}

bool same_object(const InputFile& file, const std::string& a, const std::string& b) {
  H5O_info_t first, second;
  check(H5Oget_info_by_name2(file.id(), a.c_str(), &first, H5O_INFO_BASIC, H5P_DEFAULT), "look at a group");
  check(H5Oget_info_by_name2(file.id(), b.c_str(), &second, H5O_INFO_BASIC, H5P_DEFAULT), "look at a group");
  return first.addr == second.addr;
}

}  // namespace

HistoryReader::HistoryReader(const InputFile& result, const InputFile& file, const std::vector<std::string>& strategies)
    : attributes_(result.texts("/dictionary/attributes/name")) {
  for (const std::string& kind : result.texts("/dictionary/attributes/kind")) {
    shift_.push_back(kind == "category" ? 1.0 : 0.0);
  }
  if (shift_.size() != attributes_.size()) throw Hdf5Error("the dictionary of attributes is not complete");
  const std::vector<std::string> kinds = result.texts("/dictionary/transitions/kind");
  states_ = static_cast<int>(result.texts("/dictionary/states/name").size());
  transitions_ = static_cast<int>(kinds.size());
  first_event_ = static_cast<int>(std::count(kinds.begin(), kinds.end(), "transition"));
  events_ = static_cast<int>(std::count(kinds.begin(), kinds.end(), "event"));
  bool shared = true;
  for (const std::string& strategy : strategies) {
    strategies_.push_back(open(file, strategy));
    shared = shared && same_object(file, folder_of(strategies[0]) + "/baseline", folder_of(strategy) + "/baseline");
  }
  for (std::size_t s = 0; s < (shared ? std::min<std::size_t>(strategies.size(), 1) : strategies.size()); ++s) {
    baselines_.push_back(open_baseline(file, strategies[s]));
  }
}

HistoryReader::StrategyColumns HistoryReader::open(const InputFile& file, const std::string& strategy) const {
  const auto column = [&](std::string_view name) {
    return open_dataset(file.id(), folder_of(strategy) + "/" + std::string(name));
  };
  return {{column("sojourns/first"), column("events/first"), column("changes/first")},
          column("sojourns/state_id"),
          column("sojourns/transition_id"),
          column("sojourns/time_start"),
          column("sojourns/time_stop"),
          column("events/event_id"),
          column("events/time"),
          column("changes/attribute_id"),
          column("changes/time"),
          column("changes/value")};
}

std::vector<Handle> HistoryReader::open_baseline(const InputFile& file, const std::string& strategy) const {
  std::vector<Handle> columns;
  for (const std::string& name : attributes_) {
    columns.push_back(open_dataset(file.id(), folder_of(strategy) + "/baseline/" + name));
  }
  return columns;
}

HistoryReader::Rows HistoryReader::offsets(hid_t first, hsize_t first_patient, std::size_t patients,
                                           std::vector<std::uint32_t>& ends) {
  std::vector<std::int64_t> before(patients + 1);
  read_rows(first, first_patient, before.size(), H5T_NATIVE_INT64, before.data());
  if (before[0] < 0 || !std::is_sorted(before.begin(), before.end())) throw Hdf5Error("row offsets do not grow");
  const std::int64_t count = before.back() - before.front();
  if (count > std::numeric_limits<std::int32_t>::max()) throw Hdf5Error("too many rows for one block of patients");
  ends.resize(patients);
  for (std::size_t p = 0; p < patients; ++p) ends[p] = static_cast<std::uint32_t>(before[p + 1] - before[0]);
  return {static_cast<hsize_t>(before[0]), static_cast<hsize_t>(count)};
}

history::Trajectories HistoryReader::trajectories(const StrategyColumns& columns, hsize_t first_patient,
                                                  std::size_t patients) const {
  history::Trajectories t;
  const Rows s = offsets(columns.first[0].get(), first_patient, patients, t.sojourn_end);
  const Rows e = offsets(columns.first[1].get(), first_patient, patients, t.event_end);
  const Rows c = offsets(columns.first[2].get(), first_patient, patients, t.change_end);
  t.sojourns.state = read_ids(columns.state.get(), s.first, s.count, states_, false, 0);
  t.sojourns.cause = read_ids(columns.cause.get(), s.first, s.count, transitions_, true, 0);
  t.sojourns.start = read_numbers(columns.start.get(), s.first, s.count);
  t.sojourns.stop = read_numbers(columns.stop.get(), s.first, s.count);
  t.events.event = read_ids(columns.event.get(), e.first, e.count, events_, false, first_event_);
  t.events.time = read_numbers(columns.event_time.get(), e.first, e.count);
  const int attributes = static_cast<int>(attributes_.size());
  t.changes.attribute = read_ids(columns.attribute.get(), c.first, c.count, attributes, false, 0);
  t.changes.time = read_numbers(columns.change_time.get(), c.first, c.count);
  t.changes.value = read_numbers(columns.change_value.get(), c.first, c.count);
  for (std::size_t i = 0; i < t.changes.value.size(); ++i) {
    t.changes.value[i] -= shift_[static_cast<std::size_t>(t.changes.attribute[i])];
  }
  return t;
}

std::vector<double> HistoryReader::baseline(const std::vector<Handle>& columns, hsize_t first_patient,
                                            std::size_t patients) const {
  std::vector<double> values(columns.size() * patients);
  for (std::size_t a = 0; a < columns.size(); ++a) {
    double* column = values.data() + a * patients;
    read_rows(columns[a].get(), first_patient, patients, H5T_NATIVE_DOUBLE, column);
    for (std::size_t p = 0; p < patients; ++p) column[p] -= shift_[a];
  }
  return values;
}

history::Block HistoryReader::block(std::int64_t first_patient, std::int32_t patients) const {
  history::Block block;
  block.first_patient = first_patient;
  block.patients = patients;
  const auto first = static_cast<hsize_t>(first_patient - 1);
  const auto count = static_cast<std::size_t>(patients);
  for (const StrategyColumns& columns : strategies_) block.strategies.push_back(trajectories(columns, first, count));
  for (const auto& columns : baselines_) block.baseline.push_back(baseline(columns, first, count));
  return block;
}

history::Block HistoryReader::block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients) const {
  history::Block block;
  block.first_patient = first_patient;
  block.patients = patients;
  const auto first = static_cast<hsize_t>(first_patient - 1);
  const auto count = static_cast<std::size_t>(patients);
  block.strategies.push_back(trajectories(strategies_[strategy], first, count));
  block.baseline.push_back(baseline(baselines_[baselines_.size() == 1 ? 0 : strategy], first, count));
  return block;
}

}  // namespace sojourn::store
