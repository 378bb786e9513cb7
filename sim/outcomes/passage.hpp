// How patients pass through the states: how many are in each at the times of a grid, and how often each way from one to
// another is taken. For every model, whatever outcomes it declares.
#pragma once

#include <cstdint>
#include <vector>

#include "base/byte_stream.hpp"
#include "base/exact_sum.hpp"
#include "history/block.hpp"
#include "model/model.hpp"
#include "outcomes/grid.hpp"

namespace sojourn::outcomes {

// Steps of the grid that curves are given on, from the start to the horizon.
inline constexpr int curve_steps = 120;

struct PassagePlan {
  explicit PassagePlan(const model::Model& model);
  Grid grid;  // [years] since the start
  std::size_t states = 0, causes = 0;
};

// A way from a state to another: by which transition or branch, how often.
struct Flow {
  std::int16_t cause = 0;  // DeclarationId, or declarations + BranchId
  std::int16_t from = 0, to = 0;
  std::uint64_t patients = 0;       // who took it at least once
  std::uint64_t count = 0;          // how often it was taken
  std::uint64_t count_squared = 0;  // sum over patients of how often she took it, squared
};

class Passage {
 public:
  explicit Passage(const PassagePlan& plan);
  void add(const history::Trajectories& lives);  // one a patient
  void combine(const Passage& other);
  void store(ByteWriter& writer) const;
  void restore(ByteReader& reader);  // in place of what it has seen; throws MalformedBytes

  // Patients in the state at each time of the grid, after all that happens at that instant.
  [[nodiscard]] std::vector<std::int64_t> occupancy(std::size_t state) const;
  [[nodiscard]] std::vector<Flow> flows() const;  // by cause, from, to

 private:
  struct Counted {
    Flow flow;
    std::int32_t next = -1;                     // another destination of the same cause and state
    std::uint64_t last_patient = 0, times = 0;  // the patient at hand, and how often she has taken it
  };
  void add_way(std::int16_t cause, std::int16_t from, std::int16_t to);
  Counted& counted(std::int16_t cause, std::int16_t from, std::int16_t to);

  const PassagePlan* plan_;
  std::uint64_t patient_ = 0;
  std::vector<std::int64_t> steps_;  // by state and time: who comes less who leaves
  std::vector<std::int32_t> heads_;  // by cause and state: the first of counted_
  std::vector<Counted> counted_;
};

}  // namespace sojourn::outcomes
