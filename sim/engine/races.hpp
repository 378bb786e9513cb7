// The batched engine for models that are nothing but races: whoever comes into a state draws a time for each
// transition out of it, the first is taken, and nothing else happens or changes. A life is then a patient, a state and
// a time, which stand in columns by state; what has been lived through are rows, sorted by patient at the end.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/batch_kernels.hpp"
#include "engine/batches.hpp"

namespace sojourn::engine {

// Whether the lives of a program are nothing but races.
[[nodiscard]] bool only_races(const program::Program& program);

class Races final : public Batches {
 public:
  // `alike`: so many strategies live the same lives.
  Races(const program::Program& program, std::size_t alike, const BatchKernels& kernels);

  [[nodiscard]] int patients() const override { return most; }
  [[nodiscard]] bool live(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes,
                          std::span<history::Trajectories* const> outs, std::uint16_t* lived_as, std::size_t stride,
                          const std::atomic<bool>* stop) override;
  [[nodiscard]] std::uint64_t draws() const override { return draws_made_ * alike_; }
  [[nodiscard]] std::uint64_t draws_made() const override { return draws_made_; }

 private:
  static constexpr int most = 512;

  struct Race {
    std::vector<Competitor> competitors;
    // By number of the competitor, from 1; 0: the horizon comes before.
    std::vector<std::int16_t> cause;
    std::vector<std::size_t> to;
  };
  // Lives in a state, or about to enter it.
  struct Waiting {
    std::size_t count = 0;
    std::vector<std::uint64_t> patient;
    std::vector<double> now;
  };
  struct Stay {
    double start, stop;
    std::uint32_t patient, number;  // position in the batch; among the patient's stays
    std::int16_t state, cause;
  };

  void add_competitor(Race& race, std::size_t declaration);
  [[nodiscard]] bool run(std::size_t state);
  [[nodiscard]] bool find_ratios(std::size_t component, const Waiting& lives, std::uint64_t& drawing);
  void find_visits(std::size_t declaration, const Waiting& lives);
  void go_apart(std::size_t state, const Waiting& lives);
  void stay_for_good(std::size_t state, const Waiting& lives);
  [[nodiscard]] Stay* add_stays(std::size_t count);
  [[nodiscard]] std::size_t position(std::uint64_t patient) const { return patient - first_patient_; }
  void write(std::size_t patients, history::Trajectories& out);

  const program::Program& program_;
  std::size_t alike_;
  const BatchKernels& kernels_;
  std::vector<Race> races_;                         // by state
  std::vector<std::vector<std::uint64_t>> visits_;  // by declaration that may come at risk again, by patient
  std::vector<std::vector<double>> ratios_;         // by component whose ratio differs between patients, by patient
  std::uint64_t draws_made_ = 0;

  std::uint64_t first_patient_ = 0;
  std::vector<Waiting> waiting_;  // by state; then those who go nowhere
  Waiting going_on_;
  std::vector<Stay> stays_;
  std::vector<std::uint32_t> count_, first_row_;  // of a patient's stays: how many, and where they go
  std::vector<double> next_, which_, drawn_, few_now_, ratio_;
  std::vector<std::int32_t> few_;
  std::vector<std::uint64_t> visit_;
};

}  // namespace sojourn::engine
