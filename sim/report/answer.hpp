// The answer in words: for the main outcomes, which strategy differs most from the reference, by how much, how sure.
// Main are the survival outcomes over all patients (else whatever outcome comes first), each at the last time that was
// observed and at the last of all. The interval of the largest of k differences allows for having been picked:
// difference -+ z(1 - 0.025/k) se (Bonferroni; Miller, Simultaneous Statistical Inference, 2nd ed. 1981).
#pragma once

#include <string>
#include <vector>

#include "report/section.hpp"

namespace sojourn::report {

struct Statement {
  std::string outcome, text;
  std::string over_fits;  // how the difference moves over the other sets of parameters
  std::string measure;
  double time = 0;  // [years]
};

// The first is the answer, the others stand beside it; none if the file has no outcomes.
[[nodiscard]] std::vector<Statement> answer(const Inputs& inputs);

}  // namespace sojourn::report
