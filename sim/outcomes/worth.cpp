#include "outcomes/worth.hpp"

#include <cmath>

#include "base/error.hpp"
#include "base/exact_sum.hpp"
#include "base/number_text.hpp"
#include "base/wide.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::size_t together = 64;  // lives: many enough to be discounted side by side, few enough for the cache

std::int64_t nearest(double units) {
  return static_cast<std::int64_t>(units < 0 ? units - 0.5 : units + 0.5);
}

bool too_large(double units) {
  return !(units > -most_units && units < most_units);
}

}  // namespace

Worth::Worth(std::shared_ptr<const WorthProgram> program)
    : walk_(std::move(program)), pieces_(walk_.program().cost_names.size()) {}

void Worth::value(const history::Block& block, LifePlace life, double from, double until, std::size_t place,
                  WorthColumns& columns) {
  columns_ = &columns;
  walk_.go(block, life, from, until, pieces_);
  asked_.push_back({block.first_patient + life.patient, until, place});
  if (asked_.size() == together) finish();
}

void Worth::finish() {
  pieces_.add_up(walk_.program());
  round_costs();
  for (std::size_t k = 0; k < asked_.size(); ++k) {
    const Asked& asked = asked_[k];
    for (const WorthPieces::Stay& stay : pieces_.stays(k)) put_stay(stay, asked);
    put_costs(k, asked);
    columns_->known[asked.place] = 1;
    columns_->patient[asked.place] = asked.patient;
    columns_->until[asked.place] = asked.until;
  }
  asked_.clear();
  pieces_.clear();
}

void Worth::put_stay(const WorthPieces::Stay& stay, const Asked& asked) {
  if (too_large(stay.qalys) || too_large(stay.discounted_qalys)) {
    throw RunError("utilities: the QALYs of " + who(asked) + " are too many to be added up exactly");
  }
  const auto add = [&asked](std::vector<std::int64_t>& column, std::int64_t units) { column[asked.place] += units; };
  for (const std::uint32_t r : stay.state->regions) {
    add(columns_->qalys.plain[r], nearest(stay.qalys));
    add(columns_->qalys.discounted[r], nearest(stay.discounted_qalys));
    add(columns_->life_years.plain[r], static_cast<std::int64_t>(stay.years));
    add(columns_->life_years.discounted[r], static_cast<std::int64_t>(stay.discounted_years));
  }
}

// `nearest` of all sums.
void Worth::round_costs() {
  units_.resize(pieces_.sums().size());
  const double scale = binary_power(money_bits) / walk_.program().units_per_year;
  std::int64_t large = 0;
  wide([scale, &large, sums = pieces_.sums().data(), units = units_.data(), count = units_.size()] {
    std::int64_t too_many_units = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double value = sums[i] * scale, size = std::abs(value), whole = whole_part(size + 0.5);
      too_many_units += size < most_units ? 0 : 1;
      units[i] = static_cast<std::int64_t>(nearest_integer(std::copysign(whole, value)));
    }
    large = too_many_units;
  });
  if (large > 0) refuse_costs(scale);
}

void Worth::refuse_costs(double scale) const {
  const WorthProgram& program = walk_.program();
  for (std::size_t k = 0; k < asked_.size(); ++k) {
    const double* const plain = pieces_.sums().data() + 2 * k * pieces_.width();
    for (std::size_t c = 0; c < program.cost_names.size(); ++c) {
      if (!too_large(plain[c] * scale) && !too_large(plain[pieces_.width() + c] * scale)) continue;
      throw RunError("costs." + program.cost_names[c] + ": " + number_text(plain[c] / program.units_per_year) +
                     " for " + who(asked_[k]) + " is too much to be added up exactly (limit 2^31)" +
                     "; write the costs in thousands");
    }
  }
}

void Worth::put_costs(std::size_t life, const Asked& asked) {
  const std::int64_t *const plain = units_.data() + 2 * life * pieces_.width(), *const discounted =
                                                                                    plain + pieces_.width();
  for (std::size_t c = 0; c < columns_->costs.plain.size(); ++c) {
    columns_->costs.plain[c][asked.place] = plain[c];
    columns_->costs.discounted[c][asked.place] = discounted[c];
  }
}

std::string Worth::who(const Asked& asked) {
  return "patient " + std::to_string(asked.patient) + " at " + number_text(asked.until) + " years";
}

}  // namespace sojourn::outcomes
