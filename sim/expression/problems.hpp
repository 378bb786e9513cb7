// The problems found in one expression, up to a limit, so that hostile input costs little.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "expression/expression.hpp"

namespace sojourn::expression {

class Problems {
 public:
  void add(std::size_t offset, std::string problem, std::string why = {}, std::string hint = {}) {
    if (!full()) found_.push_back({offset, std::move(problem), std::move(why), std::move(hint)});
  }
  [[nodiscard]] bool none() const { return found_.empty(); }
  [[nodiscard]] bool full() const { return found_.size() >= 100; }
  [[nodiscard]] std::vector<ExpressionProblem> sorted() &&;

 private:
  std::vector<ExpressionProblem> found_;
};

}  // namespace sojourn::expression
