// The records of a batch's lives: room for all that there can be, as each strategy may go a way of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/batch_layout.hpp"
#include "engine/batch_record.hpp"

namespace sojourn::engine {

// Room for numbers, as yet without values, that begins with a whole line of a cache. It is aligned here, by a few
// numbers too many, and not by the allocator: glibc before 2.38 does not find freed room for aligned requests again, so
// that a sweep, which asks for each scenario, would grow without end
// (https://sourceware.org/bugzilla/show_bug.cgi?id=14581).
class AlignedNumbers {
 public:
  explicit AlignedNumbers(std::size_t count);
  [[nodiscard]] double* data() const { return first_; }
  [[nodiscard]] std::span<double> all() const { return {first_, count_}; }

 private:
  std::size_t count_;
  std::unique_ptr<double[]> room_;
  double* first_;
};

class BatchLives {
 public:
  // `strategies`: of programs that are alike.
  BatchLives(const program::Program& program, const BatchLayout& layout, std::size_t strategies);

  [[nodiscard]] int patients() const { return patients_; }  // in a batch, at most
  [[nodiscard]] std::size_t most() const { return most_; }  // lives, at most
  // A record that nobody lives: what fills up packs.
  [[nodiscard]] LifeRecord nobody() const { return records_.data(); }

  void clear() { count_ = 0; }
  // A patient before her life, for all strategies. Her record begins like nobody's, made by the first.
  [[nodiscard]] LifeRecord begin(std::int64_t patient, std::span<const double> attributes);
  // A life that has been the same so far, for no strategy.
  [[nodiscard]] LifeRecord part(const double* life);

  // Strategies that live it.
  [[nodiscard]] std::size_t first_member(const double* life) const;
  [[nodiscard]] Place member(std::size_t strategy) const { return {layout_.members, strategy}; }
  void hand_over(std::size_t strategy, LifeRecord from, LifeRecord to) const;

 private:
  void fill(LifeRecord life, std::int64_t patient, std::span<const double> attributes) const;
  [[nodiscard]] LifeRecord next();

  const program::Program& program_;
  const BatchLayout& layout_;
  std::size_t strategies_, most_, count_ = 0;
  int patients_;
  AlignedNumbers records_;
};

}  // namespace sojourn::engine
