// Random numbers: budgets of risk episodes and numbers of branches, four at a time where several are due together, and
// none twice for strategies that share them.
#include <cmath>

#include "base/uniform.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

// The budgets of episodes that start together, four at a time.
void Reference::draw_budgets(const std::vector<std::size_t>& declarations) {
  if (declarations.size() < 2) return;
  FourDraws draws;
  std::array<std::size_t, 4> of{};
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    const std::size_t d = declarations[i];
    if (life_.risks[d].hazard && !known_budget(d)) {
      of[draws.n] = d;
      draws.add(program_.declarations[d].name_hash, life_.risks[d].visit);
    }
    if (draws.n < 2 || (draws.n < 4 && i + 1 < declarations.size())) continue;
    const auto u = first_uniforms({program_.seed, program_.replicate}, static_cast<std::uint64_t>(patient_), draws);
    for (std::size_t k = 0; k < draws.n; ++k) take_budget(of[k], u[k]);
    draws.n = 0;
  }
}

// Takes a budget that an earlier strategy has drawn.
bool Reference::known_budget(std::size_t declaration) {
  Risk& risk = life_.risks[declaration];
  if (risk.visit > 0 || first_draws_.budgets.empty()) return false;
  const double budget = first_draws_.budgets[declaration];
  if (std::isnan(budget)) return false;
  risk.remaining = budget;
  draws_ += members_.size();
  return true;
}

void Reference::draw_budget(std::size_t declaration) {
  if (known_budget(declaration)) return;
  const DrawAddress address{static_cast<std::uint64_t>(patient_), 0, program_.declarations[declaration].name_hash,
                            life_.risks[declaration].visit};
  take_budget(declaration, uniforms({program_.seed, program_.replicate}, address).first);
}

void Reference::take_budget(std::size_t declaration, double u) {
  Risk& risk = life_.risks[declaration];
  ++draws_made_;
  risk.remaining = unit_exponential(u);
  if (risk.visit == 0 && !first_draws_.budgets.empty()) first_draws_.budgets[declaration] = risk.remaining;
  draws_ += members_.size();
  if (observer_) {
    observer_->budget_drawn(static_cast<std::int32_t>(declaration), risk.visit, u, risk.remaining, life_.now);
  }
}

// The numbers of the branches' next firings, four at a time; those that will not fire are not used.
void Reference::draw_ahead(const std::vector<std::int32_t>& branches) {
  if (branches.size() < 2) return;
  FourDraws draws;
  std::array<std::size_t, 4> of{};
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const auto b = at(branches[i]);
    if (program_.branches[b].choice != program::ChoiceKind::rule && !known_number(b)) {
      of[draws.n] = b;
      draws.add(program_.branches[b].name_hash, life_.firings[b]);
    }
    if (draws.n < 2 || (draws.n < 4 && i + 1 < branches.size())) continue;
    const auto u = first_uniforms({program_.seed, program_.replicate}, static_cast<std::uint64_t>(patient_), draws);
    for (std::size_t k = 0; k < draws.n; ++k) keep_number(of[k], draws.visit[k], u[k]);
    draws.n = 0;
  }
}

// Whether the number of the branch's next firing has been drawn, perhaps by an earlier strategy.
bool Reference::known_number(std::size_t branch) {
  if (life_.ahead[branch].visit == life_.firings[branch]) return true;
  if (life_.firings[branch] > 0 || first_draws_.numbers.empty() || std::isnan(first_draws_.numbers[branch]))
    return false;
  life_.ahead[branch] = {0, first_draws_.numbers[branch]};
  return true;
}

void Reference::keep_number(std::size_t branch, std::uint32_t visit, double u) {
  ++draws_made_;
  life_.ahead[branch] = {visit, u};
  if (visit == 0 && !first_draws_.numbers.empty()) first_draws_.numbers[branch] = u;
}

// The number of the branch's next firing.
double Reference::number(std::size_t branch) {
  if (!known_number(branch)) {
    const DrawAddress address{static_cast<std::uint64_t>(patient_), 0, program_.branches[branch].name_hash,
                              life_.firings[branch]};
    keep_number(branch, life_.firings[branch], uniforms({program_.seed, program_.replicate}, address).first);
  }
  return life_.ahead[branch].u;
}

}  // namespace sojourn::engine
