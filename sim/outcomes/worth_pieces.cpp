#include "outcomes/worth_pieces.hpp"

#include <algorithm>

namespace sojourn::outcomes {

double* Rows::add() {
  if (used_ / together == chunks_.size()) chunks_.push_back(std::make_unique<double[]>(together * width_));
  double* const row = chunks_[used_ / together].get() + used_ % together * width_;
  ++used_;
  std::fill_n(row, width_, 0.0);
  return row;
}

double* Rows::add(const double* copied) {
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

void WorthPieces::moment(double time) {
  if (!counting_) {
    counting_ = time >= from_;
    lives_.back().counted = static_cast<std::uint32_t>(times_.size());
  }
  times_.push_back(time);
}

void WorthPieces::piece(const double* rates, double weight) {
  if (counting_) pieces_.push_back({rates, weight, static_cast<std::uint32_t>(times_.size() - 1), false});
}

void WorthPieces::instant(const double* amounts, double lost) {
  pieces_.push_back({amounts, -lost, static_cast<std::uint32_t>(times_.size() - 1), true});
}

void WorthPieces::leave(const InState& state) {
  left_.push_back(
      {&state, static_cast<std::uint32_t>(pieces_.size()), static_cast<std::uint32_t>(times_.size() - 1)});
}

void WorthPieces::end_life(const InState& state) {
  leave(state);
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
  lengths_.resize(pieces_.size());
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const std::size_t m = pieces_[i].moment;
    lengths_[i] = pieces_[i].instant
                      ? Lengths{1, costs_factors_[m], effects_factors_[m]}
                      : Lengths{plain_times_[m + 1] - plain_times_[m], costs_times_[m + 1] - costs_times_[m],
                                effects_times_[m + 1] - effects_times_[m]};
  }
}

void WorthPieces::add_pieces(std::size_t from, std::size_t to, double& qalys, double& discounted_qalys) {
  for (std::size_t i = from; i < to; ++i) {
    const Piece& piece = pieces_[i];
    const Lengths& length = lengths_[i];
    for (std::size_t a = 0; a < plain_.size(); ++a) {
      plain_[a] += piece.rates[a] * length.plain;
      discounted_[a] += piece.rates[a] * length.costs;
    }
    qalys += piece.weight * length.plain;
    discounted_qalys += piece.weight * length.effects;
  }
}

}  // namespace sojourn::outcomes
