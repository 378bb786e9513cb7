// Models written as text, and the lives that the engine makes of them: what the tests of the engine are written with.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "engine/observer.hpp"
#include "engine/run.hpp"
#include "history/block.hpp"
#include "model/load.hpp"
#include "program/program.hpp"

namespace sojourn::engine::testing {

inline constexpr double forever = std::numeric_limits<double>::infinity();

// A model with one program a strategy. Throws std::runtime_error with all problems of the text.
class World {
 public:
  explicit World(const std::string& yaml, const std::vector<model::EmbeddedFile>& files = {},
                 const model::Overrides& overrides = {});

  model::Model model;
  std::vector<program::Program> programs;

  [[nodiscard]] std::int16_t state(const std::string& name) const;
  [[nodiscard]] std::int16_t declaration(const std::string& name) const;
  [[nodiscard]] std::int16_t attribute(const std::string& name) const;
  [[nodiscard]] std::int16_t branch(const std::string& name) const;
  [[nodiscard]] std::size_t strategy(const std::string& name) const;
  // The number that stands for a branch in a sojourn's cause.
  [[nodiscard]] std::int16_t cause_of_branch(const std::string& name) const;
};

// A copy of one patient's history under one strategy.
struct Life {
  std::vector<std::int16_t> state, cause;
  std::vector<double> start, stop;
  std::vector<std::int16_t> event;
  std::vector<double> event_time;
  std::vector<std::int16_t> attribute;
  std::vector<double> change_time, change_value;

  Life() = default;
  explicit Life(const history::PatientHistory& history);
  friend bool operator==(const Life&, const Life&) = default;

  // Time of the n-th entry into a state, or of the n-th occurrence of an event; infinity: never.
  [[nodiscard]] double entry(std::int16_t state, int n = 0) const;
  [[nodiscard]] double time_of(std::int16_t event, int n = 0) const;
  // The last value set at or before t; `before` where none was.
  [[nodiscard]] double value(std::int16_t attribute, double t, double before) const;
};

// The state at time t: sojourns are closed on the left.
[[nodiscard]] std::int16_t state_at(const history::PatientHistory& history, double t);

using See = std::function<void(std::size_t strategy, std::int64_t patient, const history::PatientHistory&)>;
// Every life in order of patients, then strategies.
Counts each_life(const World& world, std::int64_t patients, const See& see, int threads = 1, std::int64_t first = 1);

using Lives = std::vector<std::vector<Life>>;  // [strategy][patient]
[[nodiscard]] Lives lives(const World& world, std::int64_t patients, int threads = 1, std::int64_t first = 1);

// How many patients are in each state at each time: counts[time][state], of the first strategy.
[[nodiscard]] std::vector<std::vector<std::int64_t>> occupancy(const World& world, std::int64_t patients,
                                                               const std::vector<double>& times);

// One patient, with an observer.
[[nodiscard]] Life live(const program::Program& program, std::int64_t patient, Observer* observer = nullptr);
// The same, starting from these attributes.
[[nodiscard]] Life live_from(const program::Program& program, std::int64_t patient,
                             const std::vector<double>& attributes, Observer* observer = nullptr);

// The message of the error that simulating gives; empty where there is none.
[[nodiscard]] std::string error_of(const World& world, std::int64_t patients, int threads = 1, std::int64_t first = 1);

// Everything that an observer is told, in order.
struct Recorder : Observer {
  struct Drawn {
    std::int32_t attribute;
    double u, value;
  };
  struct Budget {
    std::int32_t declaration;
    std::uint32_t visit;
    double u, budget, t;
  };
  struct Scheduled {
    std::int32_t declaration;
    double t, time, remaining;
  };
  struct Fired {
    std::int32_t declaration;
    double t;
  };
  struct Branched {
    std::int32_t branch;
    double t;
    std::uint32_t visit;
    double u;
    std::int32_t option;
  };
  struct PassedOver {
    std::int32_t branch;
    double t;
    bool wrong_state;
  };
  std::vector<Drawn> drawn;
  std::vector<Budget> budgets;
  std::vector<Scheduled> schedules;
  std::vector<Fired> firings;
  std::vector<Branched> branchings;
  std::vector<PassedOver> passed;

  void attribute_drawn(std::int32_t a, double u, double value) override { drawn.push_back({a, u, value}); }
  void entered(std::int32_t, double) override {}
  void budget_drawn(std::int32_t d, std::uint32_t visit, double u, double budget, double t) override {
    budgets.push_back({d, visit, u, budget, t});
  }
  void scheduled(std::int32_t d, double t, double time, double remaining) override {
    schedules.push_back({d, t, time, remaining});
  }
  void fired(std::int32_t d, double t, std::span<const Pending>) override { firings.push_back({d, t}); }
  void branched(std::int32_t b, double t, std::uint32_t visit, double u, std::int32_t option) override {
    branchings.push_back({b, t, visit, u, option});
  }
  void passed_over(std::int32_t b, double t, bool wrong_state) override { passed.push_back({b, t, wrong_state}); }
  void attribute_set(std::int32_t, double, double, double) override {}
  void finished(std::int32_t, double, std::span<const Pending>) override {}
};

// A table of tests/data/engine: cells by row, without the header.
[[nodiscard]] std::vector<std::vector<std::string>> data_rows(const std::string& file);
[[nodiscard]] std::string data_text(const std::string& file);

// A number as text with all its digits.
[[nodiscard]] std::string exact(double value);

}  // namespace sojourn::engine::testing
