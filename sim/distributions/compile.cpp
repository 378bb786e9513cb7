// How a law is compiled. Forward, from the exact H and h: kappa = d log H / d log s' is fitted on a piece of log s' by
// a polynomial (chebyshev.hpp) and integrated from the left; log H itself, at the same 15 points, fixes the constant
// and must be met everywhere. So differences of log H have the relative accuracy of kappa. Back: each forward piece is
// a polynomial x(y) that rises, whose inverse is found by Newton's method and fitted in the same way, from 1 / x'(y).
// A piece is as wide as three conditions allow, each of which is computed and not assumed:
//   1. the bound of the fit's error is below 1.5e-13 of the smallest slope on it;
//   2. at the 15 points log H (or log s', in units of log H) is met to 2e-13;
//   3. the slope changes by less than 100 within the piece, so that nothing cancels in the polynomial.
// Where even a narrow piece does not do, there is none: its arguments go to the exact law.
#include "distributions/compile.hpp"

#include <algorithm>

#include "distributions/compiled.hpp"
#include "distributions/compiled_piece.hpp"
#include "distributions/families.hpp"
#include "distributions/hazard_pair.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

namespace {

constexpr std::size_t nodes = chebyshev::nodes;
// Unit exponentials divided by ratios from 1e-6 to 1e6, and more
constexpr double least_hazard = 0x1p-125, most_hazard = 0x1p26;
constexpr double enough_hazard = 64;            // draws beyond are rare
constexpr double near_limit = 1 - 0x1p-12;      // of a bounded cumulative hazard
constexpr double near_end = 1 - 0x1p-11;        // of the support: a double resolves 4e-13 of what is left
constexpr double longest = 0x1p960;             // [years]
constexpr double narrow = 0x1p-7, widest = 16;  // pieces, in log H or log time
constexpr double flattest = 0x1p-24;            // slope below which so little happens that it is worth no table
constexpr double kink_width = 0x1p-40;  // about a jump of the hazard: on which side of it a time lies is not certain
constexpr std::size_t most_pieces = 80, most_rows = 150;
constexpr int most_fits = 1000;

using Piece = CompiledPiece;
using Samples = CompiledSamples;

class Compiler {
 public:
  Compiler(const Law& exact, Landmarks marks) : exact_(exact), marks_(std::move(marks)) {}

  std::optional<CompiledLaw> run() {
    if (!set_ends()) return std::nullopt;
    if (!march_forward() || !march_back()) return std::nullopt;
    return written();
  }

 private:
  [[nodiscard]] double time(double y) const { return marks_.origin + scale_ * exp(y); }
  [[nodiscard]] double log_time(double t) const { return log((t - marks_.origin) / scale_); }

  // kappa at a time
  [[nodiscard]] double slope_at(double t) const {
    const auto [cumulative, hazard] = hazards_at(exact_, t);
    return hazard * (t - marks_.origin) / cumulative;
  }

  bool set_ends() {
    const double limit = distributions::cumulative_hazard(exact_, longest);
    if (!(limit > 0x1p-60)) return false;
    const double origin = marks_.origin;
    const double typical = time_of(exact_, std::min(1.0, 0.5 * limit)) - origin;
    if (!(typical > 0x1p-900 && typical < 0x1p900)) return false;
    scale_ = from_word(word_of(typical) & std::uint64_t{0xfff0'0000'0000'0000U});
    const double least = std::max(0x1p-950, 0x1p-50 * origin);
    double first = std::max(time_of(exact_, least_hazard) - origin, least);
    while (first < typical && !(slope_at(origin + first) > 0x1p-10)) first *= 16;  // an atom at the origin
    double last = time_of(exact_, std::min(most_hazard, near_limit * limit)) - origin;
    if (marks_.end < longest) last = std::min(time_of(exact_, 8.0), near_end * marks_.end) - origin;
    from_ = log(first / scale_);
    to_ = log(last / scale_);
    return to_ > from_;
  }

  [[nodiscard]] Samples sample(double y, double width) const {
    Samples made;
    for (std::size_t k = 0; k < nodes; ++k) {
      const double at = y + width * chebyshev::zeros()[k], t = time(at);
      const auto [cumulative, hazard] = hazards_at(exact_, t);
      made.slope[k] = hazard * (t - marks_.origin) / cumulative;
      made.value[k] = log(cumulative) + made.slope[k] * (at - log_time(t));
    }
    return made;
  }

  // Where pieces end in any case: the kinks, and the end
  [[nodiscard]] std::vector<double> stops() const {
    std::vector<double> made;
    for (const double kink : marks_.kinks) {
      const double y = log_time(kink);
      if (y > from_ && y < to_) made.push_back(y);
    }
    made.push_back(to_);
    return made;
  }

  bool march_forward() {
    double y = from_, width = 0.8 * widest / slope_at(time(from_)), gap = narrow;
    for (const double stop : stops()) {
      while (y < stop) {
        if (++fits_ > most_fits || pieces_.size() > most_pieces) return shortened(y);
        double next = end_of_piece(y, width, stop);
        const Samples samples = sample(y, next - y);
        Piece piece = fitted(next - y, samples, Direction::forward, magnitude(log(time(y))));
        const double rise = samples.value.back() - samples.value.front();
        if (rise > widest) piece.excess = infinity;
        width = (next - y) * std::min(growth(piece.excess), 0.8 * widest / rise);
        const bool flat = std::ranges::max(samples.slope) < flattest;
        if (flat) {  // what happens here is worth no table
          piece.value = not_a_number;
          width = 2 * (next - y);
        } else if (!(piece.excess <= 1)) {
          if (next - y > narrow || rise > narrow) continue;
          piece.value = not_a_number;
          next = std::min(stop, y + gap);
          width = narrow;
          gap = std::min(2 * gap, 0.25);
        } else {
          gap = narrow;
        }
        piece.start = y;
        pieces_.push_back(piece);
        y = next;
      }
    }
    return true;
  }

  // Too many pieces: those so far do if only rare hazards lie beyond them.
  bool shortened(double y) {
    to_ = y;
    return !pieces_.empty() && pieces_.back().known() && pieces_.back().value > log(enough_hazard);
  }

  static double end_of_piece(double from, double width, double stop) {
    if (stop - from <= width) return stop;
    return stop - from < 2 * width ? 0.5 * (from + stop) : from + width;
  }

  bool march_back() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      const double bound = scale_ * exp(piece.start);
      if (!piece.known()) {
        const double reached = cumulative_hazard(exact_, marks_.origin + bound);
        push(forward_, unknown_row(bound, piece.start));
        push(back_, unknown_row(reached * (1 - kink_width), log(reached)));
        last_log_hazard_ = log(reached);
        continue;
      }
      push(forward_, {bound, piece.start, piece.value, piece.a});
      const bool joined = i + 1 < pieces_.size() && pieces_[i + 1].known();
      const double end = joined ? pieces_[i + 1].value : piece.value + piece.up_to(piece.width);
      if (!march_back_over(piece, end)) return false;
      if (joined && magnitude(piece.slope(piece.width) - pieces_[i + 1].a[0]) > 1e-9 * pieces_[i + 1].a[0]) {
        back_.push_back(unknown_row(exp(end) * (1 - kink_width), not_a_number));
      }
      last_log_hazard_ = end;
    }
    return true;
  }

  bool march_back_over(const Piece& piece, double stop) {
    double x = piece.value, width = stop - x, v = 0, gap = narrow;
    while (x < stop) {
      if (++fits_ > most_fits || back_.size() > most_rows) return false;
      double next = end_of_piece(x, width, stop);
      Samples samples;
      double at = v;
      for (std::size_t k = 0; k < nodes; ++k) {
        at = piece.place_of(x - piece.value + (next - x) * chebyshev::zeros()[k], at);
        samples.slope[k] = 1 / piece.slope(at);
        samples.value[k] = at - v;
      }
      const Piece back = fitted(next - x, samples, Direction::back, magnitude(v));
      const bool good = back.excess <= 1;
      width = (next - x) * growth(back.excess);
      if (!good) {
        if (next - x > narrow) continue;
        next = std::min(stop, x + gap);
        width = narrow;
        gap *= 2;
      } else {
        gap = narrow;
      }
      const bool after_kink = !back_.empty() && !back_.back().known();
      const double bound = after_kink ? exp(x) * (1 + kink_width) : exp(x);
      push(back_, good ? CompiledRow{bound, x, piece.start + v + back.value, back.a} : unknown_row(bound, x));
      v = piece.place_of(next - piece.value, at);
      x = next;
    }
    return true;
  }

  // A row without a polynomial goes on from one before it.
  static void push(std::vector<CompiledRow>& rows, const CompiledRow& row) {
    const bool goes_on =
        !row.known() && !rows.empty() && !rows.back().known() && rows.back().start == rows.back().start;
    if (!goes_on) rows.push_back(row);
  }

  // What the time is for all large hazards: the end of the support to the last bit, or never.
  [[nodiscard]] std::optional<CompiledRow> for_ever(double after) const {
    const double limit = distributions::cumulative_hazard(exact_, infinity);
    if (limit < infinity) {
      const double bound = (1 + 0x1p-30) * limit;
      return bound > after ? std::optional(CompiledRow{bound, log(bound), infinity, {}}) : std::nullopt;
    }
    if (!(marks_.end < longest)) return std::nullopt;
    const double value = log_time(marks_.end);
    for (int i = -8; i <= 8; ++i) {
      const double near_by = from_word(word_of(value) + static_cast<std::uint64_t>(i));
      if (time(near_by) == marks_.end) return CompiledRow{64, log(64.0), near_by, {}};
    }
    return std::nullopt;
  }

  CompiledLaw written() {
    CompiledLaw made;
    append_map(made.table, forward_, scale_ * exp(to_));
    const double position = static_cast<double>(made.table.size());
    double end = exp(last_log_hazard_);
    if (const auto rest = for_ever(end)) {
      back_.push_back(unknown_row(end, log(end)));
      back_.push_back(*rest);
      end = infinity;
    }
    append_map(made.table, back_, end);
    const double first = forward_.front().bound;
    made.law.family = index_of<Compiled>;
    made.law.c = {marks_.origin, scale_, 1 / scale_, first, 0x1p40 * exp(forward_.front().value), position};
    return made;
  }

  const Law& exact_;
  Landmarks marks_;
  double scale_ = 1, from_ = 0, to_ = 0;
  int fits_ = 0;
  std::vector<Piece> pieces_;
  std::vector<CompiledRow> forward_, back_;
  double last_log_hazard_ = 0;
};

}  // namespace

std::optional<CompiledLaw> compiled(const Law& exact) {
  Landmarks marks = landmarks(exact);
  if (!marks.smooth || !(marks.origin < infinity)) return std::nullopt;
  return Compiler(exact, std::move(marks)).run();
}

}  // namespace sojourn::distributions
