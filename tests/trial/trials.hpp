// Models from text to the results of their trials, and what tests look up in them.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/experiment.hpp"
#include "analysis/simulate.hpp"
#include "model/load.hpp"
#include "trial/results.hpp"

namespace sojourn::trial::testing {

inline model::Model model_of(const std::string& yaml) {
  Diagnostics problems;
  auto loaded = model::load(model::MemorySources("model.yaml", yaml, {}), {}, problems);
  if (!loaded) throw std::runtime_error(problems.text());
  return std::move(*loaded);
}

inline analysis::Simulated simulated(const std::string& yaml, std::int64_t patients, int threads = 1,
                                     std::vector<std::string> strategies = {}) {
  const analysis::Experiment experiment = analysis::prepare(model_of(yaml), {std::move(strategies), patients, -1});
  analysis::SimulateOptions options;
  options.threads = threads;
  return analysis::simulate(experiment, {}, options);
}

inline Results trials(const std::string& yaml, std::int64_t patients, int threads = 1) {
  return simulated(yaml, patients, threads).trials;
}

// Exponential deaths: rate 0.5 a year under `control`, `rate` under `treat`; then the trials.
inline std::string exponential_model(const std::string& rate, const std::string& trials) {
  return "sojourn: 1\ntitle: t\nhorizon: 10 years\n"
         "parameters: {h: 0.5 per year}\n"
         "states: {alive: {initial: true}, dead: {absorbing: true}}\n"
         "transitions: [{from: alive, to: dead, time: {exponential: {rate: h}}}]\n"
         "strategies: {control: {}, treat: {parameters: {h: " +
         rate + " per year}}}\noutcomes: {os: {time_to: dead, at: 1 year}}\ntrials:\n" + trials;
}

inline const Row& row_of(const Results& results, const std::string& measure, int arm = 0, std::size_t trial = 0) {
  for (const Row& row : results.rows) {
    if (row.trial == trial && row.measure == measure && row.arm == arm) return row;
  }
  throw std::runtime_error("no row " + measure);
}

}  // namespace sojourn::trial::testing
