#include "engine/world.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "engine/cohort.hpp"
#include "engine/reference.hpp"
#include "program/lower.hpp"

namespace sojourn::engine::testing {

namespace {

template <class Items>
std::size_t position(const Items& items, const std::string& name) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].name == name) return i;
  }
  throw std::runtime_error("the model has no " + name);
}

template <class T>
std::vector<T> copy(std::span<const T> from) {
  return {from.begin(), from.end()};
}

}  // namespace

World::World(const std::string& yaml, const std::vector<model::EmbeddedFile>& files,
             const model::Overrides& overrides) {
  Diagnostics problems;
  auto loaded = model::load(model::MemorySources("model.yaml", yaml, files), overrides, problems);
  if (!loaded) throw std::runtime_error(problems.text());
  model = std::move(*loaded);
  for (const auto& one : model.strategies) {
    const auto values = model::parameter_values(model, &one, problems);
    if (!problems.ok()) throw std::runtime_error(problems.text());
    programs.push_back(program::lower(model, one, values));
  }
}

std::int16_t World::state(const std::string& name) const {
  return static_cast<std::int16_t>(position(model.states, name));
}
std::int16_t World::declaration(const std::string& name) const {
  return static_cast<std::int16_t>(position(model.declarations, name));
}
std::int16_t World::attribute(const std::string& name) const {
  return static_cast<std::int16_t>(position(model.attributes, name));
}
std::int16_t World::branch(const std::string& name) const {
  return static_cast<std::int16_t>(position(model.branches, name));
}
std::size_t World::strategy(const std::string& name) const {
  return position(model.strategies, name);
}
std::int16_t World::cause_of_branch(const std::string& name) const {
  return static_cast<std::int16_t>(model.declarations.size() + position(model.branches, name));
}

Life::Life(const history::PatientHistory& h)
    : state(copy(h.state)),
      cause(copy(h.cause)),
      start(copy(h.start)),
      stop(copy(h.stop)),
      event(copy(h.event)),
      event_time(copy(h.event_time)),
      attribute(copy(h.attribute)),
      change_time(copy(h.change_time)),
      change_value(copy(h.change_value)) {}

double Life::entry(std::int16_t which, int n) const {
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state[i] == which && n-- == 0) return start[i];
  }
  return forever;
}

double Life::time_of(std::int16_t which, int n) const {
  for (std::size_t i = 0; i < event.size(); ++i) {
    if (event[i] == which && n-- == 0) return event_time[i];
  }
  return forever;
}

double Life::value(std::int16_t which, double t, double before) const {
  for (std::size_t i = 0; i < attribute.size(); ++i) {
    if (attribute[i] == which && change_time[i] <= t) before = change_value[i];
  }
  return before;
}

std::int16_t state_at(const history::PatientHistory& history, double t) {
  std::size_t i = 0;
  while (i + 1 < history.state.size() && history.start[i + 1] <= t) ++i;
  return history.state[i];
}

Counts each_life(const World& world, std::int64_t patients, const See& see, int threads, std::int64_t first) {
  RunOptions options;
  options.first_patient = first;
  options.patients = patients;
  options.threads = threads;
  return run(world.programs, options, [&](const history::Block& block) {
    return [&see, &block] {
      for (std::int32_t p = 0; p < block.patients; ++p) {
        for (std::size_t s = 0; s < block.strategies.size(); ++s) {
          see(s, block.first_patient + p, block.patient(s, static_cast<std::size_t>(p)));
        }
      }
    };
  });
}

Lives lives(const World& world, std::int64_t patients, int threads, std::int64_t first) {
  Lives all(world.programs.size());
  each_life(
      world, patients, [&](std::size_t s, std::int64_t, const auto& history) { all[s].emplace_back(history); }, threads,
      first);
  return all;
}

std::vector<std::vector<std::int64_t>> occupancy(const World& world, std::int64_t patients,
                                                 const std::vector<double>& times) {
  std::vector<std::vector<std::int64_t>> counts(times.size(), std::vector<std::int64_t>(world.model.states.size()));
  each_life(world, patients, [&](std::size_t s, std::int64_t, const history::PatientHistory& history) {
    for (std::size_t i = 0; s == 0 && i < times.size(); ++i) {
      ++counts[i][static_cast<std::size_t>(state_at(history, times[i]))];
    }
  });
  return counts;
}

Life live_from(const program::Program& program, std::int64_t patient, const std::vector<double>& attributes,
               Observer* observer) {
  history::Trajectories out;
  Reference(program, observer).live(patient, attributes, out);
  history::Block block;
  block.first_patient = patient;
  block.patients = 1;
  block.strategies.push_back(std::move(out));
  return Life(block.patient(0, 0));
}

Life live(const program::Program& program, std::int64_t patient, Observer* observer) {
  std::vector<double> attributes(program.initial_attributes.size());
  draw_attributes(program, patient, attributes, observer);
  return live_from(program, patient, attributes, observer);
}

std::string error_of(const World& world, std::int64_t patients, int threads, std::int64_t first) {
  try {
    each_life(
        world, patients, [](auto, auto, const auto&) {}, threads, first);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

std::string data_text(const std::string& file) {
  std::ifstream in(std::string(SOJOURN_SOURCE_DIR) + "/tests/data/engine/" + file);
  if (!in) throw std::runtime_error("cannot read " + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::vector<std::string>> data_rows(const std::string& file) {
  std::istringstream in(data_text(file));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    std::istringstream cells(line);
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
  }
  return rows;
}

std::string exact(double value) {
  return number_text(value);
}

}  // namespace sojourn::engine::testing
