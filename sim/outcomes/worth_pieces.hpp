// Lives cut into pieces, within which all that accrues is constant, and instants at which something is paid or lost.
// First lives are walked through (worth_walk.hpp), which only notes pieces and instants; then all their times are
// discounted together; then what each account got is added up, in the order of time. An instant is a piece, too, of
// length 1 and, discounted, D(t).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

// RateRows of numbers, one an account and zeros up to a multiple of four, that stay where they are.
class RateRows {
 public:
  explicit RateRows(std::size_t accounts) : width_((accounts + 3) / 4 * 4) {}
  [[nodiscard]] std::size_t width() const { return width_; }  // a multiple of 4
  [[nodiscard]] double* add();                                // zeros
  [[nodiscard]] double* add(const double* copied);
  void clear() { used_ = 0; }

 private:
  static constexpr std::size_t together = 64;
  std::size_t width_, used_ = 0;
  std::vector<std::unique_ptr<double[]>> chunks_;
};

class WorthPieces {
 public:
  explicit WorthPieces(std::size_t accounts) : made_(accounts) {}

  // Writing. Times rise within a life.
  void clear();
  void begin_life(double from);
  void moment(double time);  // [years]
  // What accrues from the latest moment to the next. `rates` [currency / year] by account; they stay.
  void piece(const double* rates, double weight);
  // Paid, or lost of QALYs, at the latest moment.
  void instant(const double* amounts, double lost);
  void leave(const InState& state);                 // at the latest moment; at the end of the life, too
  [[nodiscard]] RateRows& rows() { return made_; }  // until `clear`

  // Reading: discounted and added up by the program that all lives were walked through with.
  void add_up(const WorthProgram& program);
  // A stay in a state: QALYs and time in it, undiscounted and discounted [units of time].
  struct Stay {
    const InState* state;
    double qalys, discounted_qalys;
    double years, discounted_years;  // whole numbers
  };
  [[nodiscard]] std::span<const Stay> stays(std::size_t life) const {
    const std::size_t end = life + 1 < lives_.size() ? lives_[life + 1].first_left : left_.size();
    return std::span(stays_).first(end).subspan(lives_[life].first_left);
  }
  // What the accounts get [currency x units of time]: by life, undiscounted by account, then discounted; `width` each.
  [[nodiscard]] const std::vector<double>& sums() const { return sums_; }
  [[nodiscard]] std::size_t width() const { return made_.width(); }

 private:
  struct Piece {
    const double* rates;
    double weight;
    std::uint32_t moment;
    bool instant;
  };
  struct Left {  // before its next piece
    const InState* state;
    std::uint32_t piece, moment;
  };
  struct OneLife {
    std::uint32_t first_moment, first_piece, first_left,
        counted;  // counted: the first moment that is not before `from`
  };
  struct Lengths {
    double plain, costs, effects;
  };
  void discount(const WorthProgram& program);
  template <std::size_t Fours>
  void add_accounts(std::size_t from);
  void add_weights();

  RateRows made_;
  double from_ = 0;
  bool counting_ = false;
  std::vector<double> times_;  // of moments
  std::vector<double> plain_times_, costs_times_, effects_times_, costs_factors_, effects_factors_;
  std::vector<Piece> pieces_;
  std::vector<Lengths> lengths_;
  std::vector<Left> left_;
  std::vector<Stay> stays_;  // by left_
  std::vector<OneLife> lives_;
  std::vector<double> sums_;  // by life: undiscounted by account, discounted by account
};

// Times rise.
inline void WorthPieces::moment(double time) {
  if (!counting_) {
    counting_ = time >= from_;
    lives_.back().counted = static_cast<std::uint32_t>(times_.size());
  }
  times_.push_back(time);
}

inline void WorthPieces::piece(const double* rates, double weight) {
  if (counting_) pieces_.push_back({rates, weight, static_cast<std::uint32_t>(times_.size() - 1), false});
}

inline void WorthPieces::instant(const double* amounts, double lost) {
  pieces_.push_back({amounts, -lost, static_cast<std::uint32_t>(times_.size() - 1), true});
}

inline void WorthPieces::leave(const InState& state) {
  left_.push_back({&state, static_cast<std::uint32_t>(pieces_.size()), static_cast<std::uint32_t>(times_.size() - 1)});
}

}  // namespace sojourn::outcomes
