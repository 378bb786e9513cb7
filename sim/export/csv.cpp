// The trajectories as they are stored, one table each, and the tables of outcomes.
#include <algorithm>

#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "export/format.hpp"
#include "export/names.hpp"

namespace sojourn::exports {

namespace {

const std::vector<std::string> trajectory_tables = {"sojourns", "events", "changes", "baseline"};

bool is_trajectory(const std::string& table) {
  return std::find(trajectory_tables.begin(), trajectory_tables.end(), table) != trajectory_tables.end();
}

std::vector<std::string> tables(const Source& source) {
  std::vector<std::string> all = trajectory_tables;
  for (const std::string& stored : source.reader().tables()) all.push_back(stored);
  return all;
}

bool check(const Source& source, const std::vector<std::string>& wanted) {
  const bool of_lives = std::any_of(wanted.begin(), wanted.end(), is_trajectory);
  if (of_lives) source.need_trajectories();
  return of_lives;
}

// The columns that every row of a trajectory table begins with.
class TrajectoryTables {
 public:
  TrajectoryTables(const Source& source, const Tables& tables)
      : model_(source.model()), names_(model_), ids_(source.request().ids), tables_(tables) {
    header("sojourns", ids_ ? "state_id,transition_id,time_start,time_stop" : "state,transition,time_start,time_stop");
    header("events", ids_ ? "event_id,time" : "event,time");
    header("changes", ids_ ? "attribute_id,time,value" : "attribute,time,value,level");
    std::string attributes;
    for (const std::string& name : names_.attributes) attributes += (attributes.empty() ? "" : ",") + name;
    header("baseline", attributes);
  }

  void add(const ChosenStrategy& strategy, const history::Block& block) {
    strategy_ = ids_ ? std::to_string(strategy.id) : csv_cell(strategy.name);
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      patient_ = block.first_patient + static_cast<std::int64_t>(p);
      const history::PatientHistory life = block.patient(0, p);
      if (TextFile* file = tables_.find("sojourns")) sojourns(file->buffer(), life);
      if (TextFile* file = tables_.find("events")) events(file->buffer(), life);
      if (TextFile* file = tables_.find("changes")) changes(file->buffer(), life);
      if (TextFile* file = tables_.find("baseline")) baseline(file->buffer(), block, p);
    }
  }

 private:
  void header(const std::string& table, const std::string& columns) {
    TextFile* file = tables_.find(table);
    if (file == nullptr) return;
    file->buffer() += std::string(ids_ ? "strategy_id" : "strategy") + ",patient_id";
    if (!columns.empty()) file->buffer() += "," + columns;
    file->buffer() += '\n';
  }

  CsvLine begin(std::string& to) const {
    CsvLine line(to);
    line.text(strategy_).integer(patient_);
    return line;
  }

  void sojourns(std::string& to, const history::PatientHistory& life) const {
    for (std::size_t i = 0; i < life.state.size(); ++i) {
      CsvLine line = begin(to);
      const auto state = static_cast<std::size_t>(life.state[i]);
      if (ids_) {
        line.integer(state + 1).integer(life.cause[i] + 1);
      } else {
        line.text(names_.states[state]);
        line.text(life.cause[i] < 0 ? "horizon" : names_.causes[static_cast<std::size_t>(life.cause[i])]);
      }
      line.number(life.start[i]).number(life.stop[i]).end();
    }
  }

  void events(std::string& to, const history::PatientHistory& life) const {
    const auto first = model_.declarations.size() - model_.events.size();
    for (std::size_t i = 0; i < life.event.size(); ++i) {
      CsvLine line = begin(to);
      const auto event = static_cast<std::size_t>(life.event[i]);
      if (ids_) {
        line.integer(event - first + 1);
      } else {
        line.text(names_.causes[event]);
      }
      line.number(life.event_time[i]).end();
    }
  }

  void changes(std::string& to, const history::PatientHistory& life) const {
    for (std::size_t i = 0; i < life.attribute.size(); ++i) {
      CsvLine line = begin(to);
      const auto a = static_cast<std::size_t>(life.attribute[i]);
      if (ids_) {
        line.integer(a + 1);
      } else {
        line.text(names_.attributes[a]);
      }
      line.number(life.change_time[i]);
      value_.clear();
      append_value(value_, model_.attributes[a], names_.levels[a], life.change_value[i], Values::numbers);
      line.text(value_);
      if (!ids_) line.text(names_.levels[a].empty() ? "" : level_of(names_.levels[a], life.change_value[i]));
      line.end();
    }
  }

  void baseline(std::string& to, const history::Block& block, std::size_t p) const {
    CsvLine line = begin(to);
    for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
      line.text("");
      append_value(to, model_.attributes[a], names_.levels[a], block.baseline_value(0, a, p),
                   ids_ ? Values::numbers : Values::named);
    }
    line.end();
  }

  const model::Model& model_;
  Names names_;
  bool ids_;
  const Tables& tables_;
  std::string strategy_;
  std::int64_t patient_ = 0;
  mutable std::string value_;
};

std::vector<std::string> write(const Source& source, const Tables& tables) {
  const bool any = std::any_of(trajectory_tables.begin(), trajectory_tables.end(),
                               [&](const std::string& name) { return tables.find(name) != nullptr; });
  TrajectoryTables trajectories(source, tables);
  if (any) {
    source.for_each_block(
        [&](const ChosenStrategy& strategy, const history::Block& block) { trajectories.add(strategy, block); });
  }
  for (const std::string& name : source.reader().tables()) {
    TextFile* file = tables.find(name);
    if (file == nullptr) continue;
    const Table table = source.reader().table(name);
    file->buffer() += csv_header(table);
    for (std::size_t row = 0; row < rows_of(table); ++row) append_row(file->buffer(), table, row);
  }
  return {};
}

}  // namespace

const Format csv_format{"csv", tables, check, write};

}  // namespace sojourn::exports
