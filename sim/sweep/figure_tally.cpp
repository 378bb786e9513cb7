#include "sweep/figure_tally.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/similar.hpp"
#include "base/words.hpp"

namespace sojourn::sweep {

namespace {

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace

std::string words_of(const Figure& figure, const Reached& reached) {
  const std::string wanted = ", wanted " + short_number(reached.wanted) + " within " + short_number(reached.tolerance);
  if (std::isnan(reached.value)) return figure.name + " is of nobody" + wanted;
  return figure.name + " " + short_number(reached.value) +
         (reached.se > 0 ? " (standard error " + short_number(reached.se) + ")" : "") + wanted;
}

void FigureTally::note(std::size_t scenario, const Solution& found) {
  solved_ = solved_ || !found.unknowns.empty();
  if (failed_.contains(scenario)) return;
  if (!standings_.emplace(scenario, found.standing()).second || found.standing() != Standing::missed) return;
  Far far;
  double most = -1;
  for (std::size_t f = 0; f < found.reached.size(); ++f) {
    const Reached& one = found.reached[f];
    if (standing_of(one) != Standing::missed) continue;
    ++far.missed;
    const double distance = std::isnan(one.value) ? HUGE_VAL : std::abs(one.residual()) / one.tolerance;
    if (distance <= most) continue;
    most = distance;
    far.figure = f;
    far.reached = one;
  }
  missed_.emplace(scenario, far);
}

void FigureTally::fail(std::size_t scenario) {
  failed_.insert(scenario);
  standings_.erase(scenario);
  missed_.erase(scenario);
}

std::string FigureTally::sentence(const Recalibration& wanted) const {
  const std::string under = " wanted under " + quoted(wanted.strategy);
  const bool one = wanted.figures.size() == 1;
  const std::string number = counted(wanted.figures.size(), "figure", "figures");
  const std::string all = (one ? "the figure" : "all " + number) + under;
  const auto unresolved = static_cast<std::size_t>(std::count_if(
      standings_.begin(), standings_.end(), [](const auto& each) { return each.second == Standing::unresolved; }));
  std::string text;
  if (!missed_.empty()) {
    text = with_commas(missed_.size()) + " of " + counted(standings_.size(), "scenario", "scenarios") +
           (missed_.size() == 1 ? " does" : " do") + " not give " + all;
  } else if (unresolved > 0) {
    text = "no scenario is shown to miss " + (one ? "the figure" : "any of the " + number) + under;
  } else {
    text = (standings_.size() == 1 ? "the scenario gives "
                                   : "each of " + with_commas(standings_.size()) + " scenarios gives ") +
           all;
  }
  text += ", within the tolerance and Monte Carlo error";
  if (solved_) {
    text += "; " + counted(wanted.unknowns.size(), "parameter is", "parameters are") +
            " solved for in each, and errors are those given what was found";
  } else if (!wanted.solves()) {
    text += "; nothing is solved for";
  }
  if (unresolved > 0) {
    text += "; " + with_commas(unresolved) + (missed_.empty() ? "" : " more") + (unresolved == 1 ? " is" : " are") +
            " too near to tell";
  }
  if (!failed_.empty()) text += "; " + counted(failed_.size(), "other", "others") + " failed";
  return text;
}

std::vector<std::string> FigureTally::lines(const Scenarios& scenarios) const {
  std::vector<std::string> made;
  for (const auto& [scenario, far] : missed_) {
    std::string line = std::to_string(scenario + 1) + " (" + id_text(scenarios.id(scenario)) + ": " +
                       scenarios.words(scenario) +
                       "): " + words_of(scenarios.recalibration().figures[far.figure], far.reached);
    if (far.missed > 1) line += "; and " + counted(far.missed - 1, "other figure", "other figures");
    made.push_back(std::move(line));
  }
  return made;
}

}  // namespace sojourn::sweep
