// The patients of a trial cut into replicates: the first n of each arm are the first replicate's, the next n the
// second's.
#pragma once

#include <cstdint>
#include <vector>

#include "trial/replicate.hpp"

namespace sojourn::trial {

class Sample {
 public:
  explicit Sample(std::vector<std::vector<Candidate>> arms) : arms_(std::move(arms)) {}

  // Whole replicates with so many patients in each arm.
  [[nodiscard]] std::int64_t replicates(const std::vector<std::int64_t>& sizes) const;
  [[nodiscard]] Arms replicate(const std::vector<std::int64_t>& sizes, std::int64_t number) const;  // from 0
  [[nodiscard]] Arms first(const std::vector<std::int64_t>& sizes,
                           std::int64_t replicates) const;  // all of these together

 private:
  std::vector<std::vector<Candidate>> arms_;
};

}  // namespace sojourn::trial
