// Lives of many patients at once, to the bits of the reference engine, which lives those whom this one cannot.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "history/block.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

struct BatchKernels;

class Batches {
 public:
  virtual ~Batches() = default;

  [[nodiscard]] virtual int patients() const = 0;  // at most, in one call

  // Appends the histories of patients from `first_patient` on, whose attributes stand patient by patient, to `outs`,
  // one a program. lived_as[m * stride + p]: the first program under which she lives the same life. False, and nothing
  // appended, where something is not valid or too much happens. Looks at `stop` all the time and throws Stopped.
  [[nodiscard]] virtual bool live(std::int64_t first_patient, std::size_t patients, std::span<const double> attributes,
                                  std::span<history::Trajectories* const> outs, std::uint16_t* lived_as,
                                  std::size_t stride, const std::atomic<bool>* stop) = 0;

  // Random numbers that lives used, by each strategy on its own account, and those that were computed.
  [[nodiscard]] virtual std::uint64_t draws() const = 0;
  [[nodiscard]] virtual std::uint64_t draws_made() const = 0;
};

// Of programs that differ only in what strategies decide (Reference); null: they are not lived in batches.
[[nodiscard]] std::unique_ptr<Batches> batches_of(const std::vector<const program::Program*>& alike,
                                                  const BatchKernels& kernels);

}  // namespace sojourn::engine
