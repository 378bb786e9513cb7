// The histories of a block of consecutive patients under every strategy: what the engine writes, and all that the
// store and the outcomes read. Columnar; rows ordered by patient, then time. Times in years since the start.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::history {

struct Sojourns {
  std::vector<std::int16_t> state;  // StateId
  std::vector<std::int16_t> cause;  // what ended it: DeclarationId, or declarations + BranchId; -1: the horizon
  std::vector<double> start;        // [years]
  std::vector<double> stop;         // [years]; of an absorbing state: the horizon
};

struct Events {
  std::vector<std::int16_t> event;  // DeclarationId of the event
  std::vector<double> time;         // [years]
};

struct Changes {
  std::vector<std::int16_t> attribute;  // AttributeId
  std::vector<double> time;             // [years]
  std::vector<double> value;            // the new value: number, 0/1, or index of the level
};

struct RowCounts {
  std::size_t sojourns = 0, events = 0, changes = 0;
};

// All histories of the block's patients under one strategy. *_end[p] = number of rows up to and including patient p.
struct Trajectories {
  Sojourns sojourns;
  Events events;
  Changes changes;
  std::vector<std::uint32_t> sojourn_end, event_end, change_end;

  void clear();
  [[nodiscard]] RowCounts rows() const;
  void append(const Trajectories& other, const RowCounts& from, const RowCounts& to);  // its rows [from, to)
  void end_patient();
  void resize(const RowCounts& rows);  // the columns of rows; what is new is to be filled
  void round_times();                  // to the nearest numbers of 32 bits, which keeps their order
};

// One patient's rows under one strategy.
struct PatientHistory {
  std::span<const std::int16_t> state, cause;
  std::span<const double> start, stop;
  std::span<const std::int16_t> event;
  std::span<const double> event_time;
  std::span<const std::int16_t> attribute;
  std::span<const double> change_time, change_value;
};

struct Block {
  std::int64_t first_patient = 1;  // patient ids count from 1, in files and in random addresses alike
  std::int32_t patients = 0;
  // Attributes at time 0 (drawn ones and initial values), for all model attributes: baseline[s][a * patients + p],
  // where s = 0 only if the strategies share them, else s = strategy.
  std::vector<std::vector<double>> baseline;
  std::vector<Trajectories> strategies;
  // lived_as[s * patients + p]: the first strategy under which the patient is known to live the same life, row by row,
  // as under s; s itself if there is none. Empty: not known.
  std::vector<std::uint16_t> lived_as;

  [[nodiscard]] PatientHistory patient(std::size_t strategy, std::size_t p) const;
  [[nodiscard]] double baseline_value(std::size_t strategy, std::size_t attribute, std::size_t p) const {
    const auto& values = baseline[baseline.size() == 1 ? 0 : strategy];
    return values[attribute * static_cast<std::size_t>(patients) + p];
  }
};

}  // namespace sojourn::history
