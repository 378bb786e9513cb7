#include "outcomes/worth_pieces.hpp"

#include <algorithm>

#include "base/wide.hpp"

namespace sojourn::outcomes {

double* RateRows::add() {
  if (used_ / together == chunks_.size()) chunks_.push_back(std::make_unique<double[]>(together * width_));
  double* const row = chunks_[used_ / together].get() + used_ % together * width_;
  ++used_;
  std::fill_n(row, width_, 0.0);
  return row;
}

double* RateRows::add(const double* copied) {
  double* const row = add();
  std::copy_n(copied, width_, row);
  return row;
}

void WorthPieces::clear() {
  made_.clear();
  times_.clear();
  pieces_.clear();
  left_.clear();
  lives_.clear();
}

void WorthPieces::begin_life(double from) {
  from_ = from;
  counting_ = false;
  lives_.push_back({static_cast<std::uint32_t>(times_.size()), static_cast<std::uint32_t>(pieces_.size()),
                    static_cast<std::uint32_t>(left_.size()), 0});
}

void WorthPieces::discount(const WorthProgram& program) {
  const std::size_t moments = times_.size();
  for (auto* column : {&plain_times_, &costs_times_, &effects_times_, &costs_factors_, &effects_factors_}) {
    column->resize(std::max(column->size(), moments));
  }
  program.no_discount.at(times_.data(), moments, plain_times_.data(), costs_factors_.data());
  program.costs_discount.at(times_.data(), moments, costs_times_.data(), costs_factors_.data());
  if (program.one_discount) {
    std::copy_n(costs_times_.data(), moments, effects_times_.data());
    std::copy_n(costs_factors_.data(), moments, effects_factors_.data());
  } else {
    program.effects_discount.at(times_.data(), moments, effects_times_.data(), effects_factors_.data());
  }
}

void WorthPieces::add_up(const WorthProgram& program) {
  discount(program);
  lengths_.resize(pieces_.size());
  stays_.resize(left_.size());
  sums_.resize(2 * lives_.size() * made_.width());
  wide([this] {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const std::size_t m = pieces_[i].moment;
      lengths_[i] = pieces_[i].instant
                        ? Lengths{1, costs_factors_[m], effects_factors_[m]}
                        : Lengths{plain_times_[m + 1] - plain_times_[m], costs_times_[m + 1] - costs_times_[m],
                                  effects_times_[m + 1] - effects_times_[m]};
    }
    add_weights();
    std::size_t from = 0;
    for (; from + 12 <= made_.width(); from += 12) add_accounts<3>(from);
    if (made_.width() - from == 8) add_accounts<2>(from);
    if (made_.width() - from == 4) add_accounts<1>(from);
  });
}

// Of 4 Fours accounts, in registers.
template <std::size_t Fours>
inline void WorthPieces::add_accounts(std::size_t from) {
  typedef double Four __attribute__((vector_size(32), aligned(8), may_alias));
  for (std::size_t life = 0; life < lives_.size(); ++life) {
    const std::size_t end = life + 1 < lives_.size() ? lives_[life + 1].first_piece : pieces_.size();
    Four plain[Fours] = {}, discounted[Fours] = {};
    for (std::size_t i = lives_[life].first_piece; i < end; ++i) {
      const double* const rates = pieces_[i].rates + from;
      const double length = lengths_[i].plain, discounted_length = lengths_[i].costs;
      for (std::size_t k = 0; k < Fours; ++k) {
        const Four rate = *reinterpret_cast<const Four*>(rates + 4 * k);
        plain[k] += rate * length;
        discounted[k] += rate * discounted_length;
      }
    }
    double* const sums = sums_.data() + 2 * life * made_.width() + from;
    for (std::size_t k = 0; k < Fours; ++k) {
      *reinterpret_cast<Four*>(sums + 4 * k) = plain[k];
      *reinterpret_cast<Four*>(sums + made_.width() + 4 * k) = discounted[k];
    }
  }
}

inline void WorthPieces::add_weights() {
  std::size_t left = 0;
  for (std::size_t life = 0; life < lives_.size(); ++life) {
    std::size_t i = lives_[life].first_piece, moment = lives_[life].counted;
    const std::size_t end = life + 1 < lives_.size() ? lives_[life + 1].first_left : left_.size();
    for (; left < end; ++left) {
      const Left& one = left_[left];
      Stay& stay = stays_[left];
      stay = {one.state, 0, 0, 0, 0};
      for (; i < one.piece; ++i) {
        stay.qalys += pieces_[i].weight * lengths_[i].plain;
        stay.discounted_qalys += pieces_[i].weight * lengths_[i].effects;
      }
      if (one.moment <= moment) continue;
      stay.years = plain_times_[one.moment] - plain_times_[moment];
      stay.discounted_years = effects_times_[one.moment] - effects_times_[moment];
      moment = one.moment;
    }
  }
}

}  // namespace sojourn::outcomes
