#include "distributions/royston_parmar.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

struct Piece {
  double a, b, c, e;  // a + b u + c u^2 + e u^3
  [[nodiscard]] double slope(double u) const { return b + u * (2 * c + 3 * u * e); }
};

std::vector<Piece> pieces_of(std::span<const double> gamma, std::span<const double> knots) {
  const std::size_t n = knots.size();
  double third = 0;
  for (std::size_t j = 2; j < n; ++j) {
    third -= gamma[j] * ((knots[n - 1] - knots[j - 1]) / (knots[n - 1] - knots[0]));
  }
  std::vector<Piece> pieces{{gamma[0] + gamma[1] * knots[0], gamma[1], 0, third}};
  for (std::size_t i = 1; i < n; ++i) {
    const Piece& p = pieces.back();
    const double w = knots[i] - knots[i - 1];
    const bool last = i + 1 == n;
    pieces.push_back({p.a + w * (p.b + w * (p.c + w * p.e)), p.slope(w), last ? 0 : p.c + 3 * w * p.e,
                      last ? 0 : p.e + gamma[i + 1]});
  }
  return pieces;
}

// The smallest slope on the piece
double least_slope(const Piece& piece, double width) {
  double least = std::min(piece.b, piece.slope(width));
  if (piece.e != 0) {
    const double turn = -piece.c / (3 * piece.e);
    if (turn > 0 && turn < width) least = std::min(least, piece.slope(turn));
  }
  return least;
}

// From t in `unit` to t in years
void in_years(std::vector<double>& gamma, std::vector<double>& knots, SplineTime time, double unit) {
  const bool logarithm = time == SplineTime::log;
  const double log_unit = log(unit);
  for (double& knot : knots) knot = logarithm ? knot + log_unit : knot * unit;
  if (gamma.size() < 2) return;
  if (logarithm) {
    gamma[0] -= gamma[1] * log_unit;
  } else {
    gamma[1] /= unit;
    for (std::size_t j = 2; j < gamma.size(); ++j) gamma[j] /= unit * unit * unit;
  }
}

}  // namespace

std::variant<std::vector<double>, LowerProblem> spline_table(std::span<const double> gamma_given,
                                                             std::span<const double> knots_given, SplineTime time,
                                                             double unit) {
  std::vector<double> gamma(gamma_given.begin(), gamma_given.end()), knots(knots_given.begin(), knots_given.end());
  if (unit != 1) in_years(gamma, knots, time, unit);
  const std::size_t n = knots.size();
  if (n < 2 || gamma.size() != n) return LowerProblem{0, "a spline has two knots or more, and as many gammas", ""};
  for (std::size_t i = 0; i < n; ++i) {
    const int at = static_cast<int>(i);
    if (!std::isfinite(knots[i]) || !std::isfinite(gamma[i])) return LowerProblem{at, "a value is not finite", ""};
    if (i > 0 && !(knots[i] > knots[i - 1])) return LowerProblem{at, "the knots must rise", ""};
  }
  const std::vector<Piece> pieces = pieces_of(gamma, knots);
  if (time == SplineTime::log && !(gamma[1] > 0)) {
    return LowerProblem{0, "the spline does not rise before the first knot", "the second gamma must be positive"};
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double width = i + 1 < n ? knots[i + 1] - knots[i] : 0;
    const double scale = std::abs(pieces[i].b) + width * (std::abs(pieces[i].c) + width * std::abs(pieces[i].e));
    if (least_slope(pieces[i], width) < -1e-12 * scale) {
      return LowerProblem{static_cast<int>(i), "the spline falls after this knot",
                          "a cumulative hazard cannot; the fit is not a distribution"};
    }
  }
  std::vector<double> table(knots.begin(), knots.end());
  for (double Piece::*const term : {&Piece::a, &Piece::b, &Piece::c, &Piece::e}) {
    for (const Piece& piece : pieces) table.push_back(piece.*term);
  }
  if (!std::ranges::all_of(table, [](double x) { return std::isfinite(x); })) {
    return LowerProblem{0, "the spline overflows", ""};
  }
  return table;
}

Law spline_law(std::span<const double> table, SplineScale scale, SplineTime time) {
  Law law = law_of(static_cast<double>(scale), static_cast<double>(time));
  law.family = find_family(RoystonParmar::info.name).value();
  law.table = table;
  return law;
}

}  // namespace sojourn::distributions
