#include "outcomes/worth.hpp"

#include "base/error.hpp"
#include "base/exact_sum.hpp"
#include "base/number_text.hpp"

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

void Worth::value(const Life& life, double from, double until, std::size_t place, WorthColumns& columns) {
  columns_ = &columns;
  walk_.go(life, from, until, pieces_);
  asked_.push_back({life.patient_id(), until, place});
  if (asked_.size() == together) finish();
}

void Worth::finish() {
  pieces_.discount(walk_.program());
  for (std::size_t k = 0; k < asked_.size(); ++k) {
    const Asked& asked = asked_[k];
    for (AmountColumns* amounts : {&columns_->qalys, &columns_->life_years}) {
      for (auto& column : amounts->plain) column[asked.place] = 0;
      for (auto& column : amounts->discounted) column[asked.place] = 0;
    }
    pieces_.add_up(k, [&](const WorthPieces::Stay& stay) { put_stay(stay, asked); });
    put_costs(asked);
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
  for (const std::uint32_t r : stay.state->regions) {
    columns_->qalys.plain[r][asked.place] += nearest(stay.qalys);
    columns_->qalys.discounted[r][asked.place] += nearest(stay.discounted_qalys);
    columns_->life_years.plain[r][asked.place] += stay.years;
    columns_->life_years.discounted[r][asked.place] += stay.discounted_years;
  }
}

void Worth::put_costs(const Asked& asked) {
  const WorthProgram& program = walk_.program();
  const double scale = binary_power(money_bits) / program.units_per_year;
  for (std::size_t c = 0; c < program.cost_names.size(); ++c) {
    const double plain = pieces_.plain(c) * scale, discounted = pieces_.discounted(c) * scale;
    if (too_large(plain) || too_large(discounted)) {
      throw RunError("costs." + program.cost_names[c] + ": " +
                     number_text(pieces_.plain(c) / program.units_per_year) + " for " + who(asked) +
                     " is too much to be added up exactly (limit 2^31)" + "; write the costs in thousands");
    }
    columns_->costs.plain[c][asked.place] = nearest(plain);
    columns_->costs.discounted[c][asked.place] = nearest(discounted);
  }
}

std::string Worth::who(const Asked& asked) {
  return "patient " + std::to_string(asked.patient) + " at " + number_text(asked.until) + " years";
}

}  // namespace sojourn::outcomes
