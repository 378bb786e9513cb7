// Outcomes and trials of lives that are stored: the same estimators, the same bits as while they were simulated.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "analysis/estimators.hpp"
#include "store/reader.hpp"

namespace sojourn::analysis {

struct ReestimateOptions {
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t done)> progress;  // patients seen, in order; with exact times all are seen twice
  bool exact = false;                               // curves and quantiles from exact times instead of a grid
  outcomes::WithCurves curves = outcomes::WithCurves::no;
};

// `experiment`: of the file's own model, strategies and overrides; its outcomes may be others. Over the patients whose
// trajectories are stored. Throws InputError if none are, or if stays in some states are missing.
// Memory with exact times: 8 bytes a time and outcome and 16 a strategy, up to as many times as there are lives.
[[nodiscard]] Estimates reestimate(const Experiment& experiment, const store::Reader& file,
                                   const ReestimateOptions& options);

}  // namespace sojourn::analysis
