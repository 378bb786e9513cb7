#include "sweep/resolution_table.hpp"

#include <limits>

#include "base/number_text.hpp"
#include "outcomes/text.hpp"

namespace sojourn::sweep {

namespace {

// "efs, restricted_mean, at 60 months"
std::string words(const outcomes::WantedNumber& number) {
  std::string text = number.outcome;
  if (!number.measure.empty()) text += ", " + number.measure;
  if (!number.level.empty()) text += ", level " + number.level;
  if (number.time) text += ", at " + outcomes::time_text(*number.time);
  return text;
}

}  // namespace

Table resolution_table(const Resolve& wanted, const std::vector<Resolution>& found,
                       const std::vector<std::string>& strategies) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::int64_t> scenario, looks;
  std::vector<std::string> status, best, not_told, nearest;
  std::vector<double> difference, lower, upper;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Resolution& one = found[i];
    const bool any = one.looks > 0;
    scenario.push_back(static_cast<std::int64_t>(i + 1));
    status.emplace_back(verdict_name(one.verdict));
    best.push_back(any ? strategies[one.best] : "");
    auto& names = not_told.emplace_back();
    for (const std::size_t other : one.not_told) names += (names.empty() ? "" : ", ") + strategies[other];
    looks.push_back(static_cast<std::int64_t>(one.looks));
    nearest.push_back(any ? strategies[one.nearest] : "");
    difference.push_back(any ? one.difference : missing);
    lower.push_back(any ? one.interval.lower : missing);
    upper.push_back(any ? one.interval.upper : missing);
  }
  return {"resolution",
          "which strategy is best on " + words(wanted.number) +
              "; of a scenario all is right together with probability " + number_text(1 - wanted.error),
          {{"scenario", "", "as in scenarios", std::move(scenario)},
           {"status", "",
            "resolved; equal: those not told from the best differ by less than matters; not_resolved; "
            "unfinished",
            std::move(status)},
           {"best", "", "strategy; at the last look", std::move(best)},
           {"not_told", "", "strategies not told from it, with commas between", std::move(not_told)},
           {"looks", "", "how many", std::move(looks)},
           {"nearest", "", "the strategy that comes nearest to the best", std::move(nearest)},
           {"difference", "", "the best less the nearest; the other way round where lower is better",
            std::move(difference)},
           {"lower", "", "interval that holds at all looks and against all strategies at once", std::move(lower)},
           {"upper", "", "interval that holds at all looks and against all strategies at once", std::move(upper)}}};
}

}  // namespace sojourn::sweep
