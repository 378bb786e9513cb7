// Lives cut into pieces, within which all that accrues is constant, and instants at which something is paid or lost.
// First lives are walked through (worth_walk.hpp), which only notes pieces and instants; then all their times are
// discounted together; then what each account got is added up, in the order of time. An instant is a piece, too, of
// length 1 and, discounted, D(t).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

// Rows of numbers, one an account, that stay where they are.
class Rows {
 public:
  explicit Rows(std::size_t accounts) : width_((accounts + 3) / 4 * 4) {}
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
  explicit WorthPieces(std::size_t accounts) : made_(accounts), plain_(made_.width()), discounted_(made_.width()) {}

  // Writing. Times rise within a life.
  void clear();
  void begin_life(double from);
  void moment(double time);  // [years]
  // What accrues from the latest moment to the next. `rates` [currency / year] by account; they stay.
  void piece(const double* rates, double weight);
  // Paid, or lost of QALYs, at the latest moment.
  void instant(const double* amounts, double lost);
  void leave(const InState& state);  // at the latest moment
  void end_life(const InState& state);
  [[nodiscard]] Rows& rows() { return made_; }  // until `clear`

  // Reading, after `discount` by the program that all lives were walked through with.
  void discount(const WorthProgram& program);
  [[nodiscard]] std::size_t lives() const { return lives_.size(); }
  // A stay in a state: QALYs and time in it, undiscounted and discounted [units of time].
  struct Stay {
    const InState* state;
    double qalys, discounted_qalys;
    std::int64_t years, discounted_years;
  };
  // What the accounts of a life get [currency x units of time]; `use(Stay)` for each stay.
  template <class Use>
  void add_up(std::size_t life, Use use);
  [[nodiscard]] double plain(std::size_t account) const { return plain_[account]; }
  [[nodiscard]] double discounted(std::size_t account) const { return discounted_[account]; }

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
    std::uint32_t first_moment, first_piece, first_left, counted;  // counted: the first moment that is not before `from`
  };
  struct Lengths {
    double plain, costs, effects;
  };
  void add_pieces(std::size_t from, std::size_t to, double& qalys, double& discounted_qalys);

  Rows made_;
  double from_ = 0;
  bool counting_ = false;
  std::vector<double> times_;  // of moments
  std::vector<double> plain_times_, costs_times_, effects_times_, costs_factors_, effects_factors_;
  std::vector<Piece> pieces_;
  std::vector<Lengths> lengths_;
  std::vector<Left> left_;
  std::vector<OneLife> lives_;
  std::vector<double> plain_, discounted_;
};

template <class Use>
void WorthPieces::add_up(std::size_t life, Use use) {
  const OneLife& one = lives_[life];
  std::fill(plain_.begin(), plain_.end(), 0.0);
  std::fill(discounted_.begin(), discounted_.end(), 0.0);
  std::size_t piece = one.first_piece, moment = one.counted;
  const std::size_t end = life + 1 < lives_.size() ? lives_[life + 1].first_left : left_.size();
  for (std::size_t k = one.first_left; k < end; ++k) {
    const Left& left = left_[k];
    Stay stay{left.state, 0, 0, 0, 0};
    add_pieces(piece, left.piece, stay.qalys, stay.discounted_qalys);
    piece = left.piece;
    if (left.moment > moment) {
      stay.years = static_cast<std::int64_t>(plain_times_[left.moment] - plain_times_[moment]);
      stay.discounted_years = static_cast<std::int64_t>(effects_times_[left.moment] - effects_times_[moment]);
      moment = left.moment;
    }
    use(stay);
  }
}

}  // namespace sojourn::outcomes
