// A square matrix, and the lower triangle L with L L' = it (Cholesky). + - * / and square roots only, so that the bits
// are the same everywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace sojourn {

// Row by row.
class SquareMatrix {
 public:
  SquareMatrix() = default;
  explicit SquareMatrix(std::size_t size) : size_(size), entries_(size * size, 0.0) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] double& at(std::size_t row, std::size_t column) { return entries_[row * size_ + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return entries_[row * size_ + column]; }

 private:
  std::size_t size_ = 0;
  std::vector<double> entries_;
};

// What came of factoring a symmetric matrix, of which the lower triangle is looked at.
struct Cholesky {
  std::optional<SquareMatrix> factor;  // nothing if the matrix is not positive definite
  std::size_t failed = 0;              // then: the first row that does not go with those before it
};

// Positive definite: every pivot is more than 1e-10 times its diagonal entry. A row that is 0 beside its diagonal is
// that of a diagonal matrix, to the bit.
[[nodiscard]] Cholesky cholesky(const SquareMatrix& matrix);

}  // namespace sojourn
