#include "base/copula.hpp"

#include <numeric>

#include "base/elementary_sin.hpp"

namespace sojourn {
namespace {

constexpr double sixth_of_pi = 0x1.0c152382d7366p-1;  // pi / 6

SquareMatrix part_of(const SquareMatrix& whole, const std::vector<std::size_t>& rows) {
  SquareMatrix part(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) part.at(i, j) = whole.at(rows[i], rows[j]);
  }
  return part;
}

}  // namespace

double latent_correlation(double rank_correlation) {
  return 2 * sin_within_sixth_of_pi(sixth_of_pi * rank_correlation);
}

std::optional<SquareMatrix> copula_factor(const SquareMatrix& rank_correlations) {
  SquareMatrix latent(rank_correlations.size());
  for (std::size_t i = 0; i < latent.size(); ++i) {
    latent.at(i, i) = 1;
    for (std::size_t j = 0; j < i; ++j) latent.at(i, j) = latent_correlation(rank_correlations.at(i, j));
  }
  return cholesky(latent).factor;
}

std::vector<std::size_t> contradiction(const SquareMatrix& rank_correlations) {
  std::vector<std::size_t> rows(rank_correlations.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  for (std::size_t i = rows.size(); i-- > 0;) {
    std::vector<std::size_t> fewer = rows;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (!copula_factor(part_of(rank_correlations, fewer))) rows = std::move(fewer);
  }
  return rows;
}

double feasible_share(const SquareMatrix& rank_correlations) {
  int holds = 0, fails = 100;  // [1/100]
  while (fails - holds > 1) {
    const int share = (holds + fails) / 2;
    SquareMatrix scaled = rank_correlations;
    for (std::size_t i = 0; i < scaled.size(); ++i) {
      for (std::size_t j = 0; j < scaled.size(); ++j) scaled.at(i, j) *= share / 100.0;
    }
    (copula_factor(scaled) ? holds : fails) = share;
  }
  return holds / 100.0;
}

}  // namespace sojourn
