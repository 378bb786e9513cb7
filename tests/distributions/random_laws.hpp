// Laws of the families that are compiled, with parameters at random over a plausible range.
#pragma once

#include <deque>

#include "../base/precise.hpp"
#include "distributions/tables.hpp"

namespace sojourn::test {

struct RandomLaw {
  std::string kind, label;
  distributions::Law law;
};

class RandomLaws {
 public:
  explicit RandomLaws(std::uint64_t seed) : in(seed) {}

  // Kinds take turns with i. What a law looks at lives as long as this.
  [[nodiscard]] RandomLaw draw(int i);

  Inputs in;

 private:
  distributions::Law named(RandomLaw& one, const std::string& family, const std::vector<double>& values);
  distributions::Law simple(RandomLaw& one);
  distributions::Law mixture(RandomLaw& one);
  distributions::Law truncated(RandomLaw& one);
  distributions::Law spline(RandomLaw& one);

  std::deque<std::vector<double>> tables_;
  std::deque<std::vector<distributions::Law>> parts_;
};

}  // namespace sojourn::test
