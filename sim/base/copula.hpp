// A Gaussian copula: rank correlations between attributes through correlated normal variables.
//   Spearman's rho between two attributes is that of their latent normals, whose correlation is r = 2 sin(pi rho / 6)
//   (Kruskal, J Am Stat Assoc 1958;53:814-61). Latent normals y = L z, z independent, L L' = R (Cholesky).
// + - * / and square roots only, so that the bits are the same everywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/square_matrix.hpp"

namespace sojourn {

// Correlation of the latent normals for a rank correlation from -1 to 1.
[[nodiscard]] double latent_correlation(double rank_correlation);

// The lower triangle L with L L' = the matrix of latent correlations of these rank correlations (diagonal: 1); nothing
// if that is not positive definite (a pivot of 1e-10 or less). A row without correlations to earlier ones is that of
// the unit matrix, to the bit.
[[nodiscard]] std::optional<SquareMatrix> copula_factor(const SquareMatrix& rank_correlations);

// Of rank correlations that cannot hold together: a set of rows that already cannot, while it could without any one of
// them.
[[nodiscard]] std::vector<std::size_t> contradiction(const SquareMatrix& rank_correlations);

// The largest of 0.99, 0.98, ... by which all rank correlations can be multiplied so that they hold together.
[[nodiscard]] double feasible_share(const SquareMatrix& rank_correlations);

}  // namespace sojourn
