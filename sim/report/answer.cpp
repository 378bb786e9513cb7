#include "report/answer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/number_text.hpp"
#include "base/special.hpp"
#include "outcomes/text.hpp"
#include "report/cells.hpp"

namespace sojourn::report {

namespace {

struct Scale {
  double factor;
  std::string unit, of_difference;  // "%" of estimates, "percentage points" of differences
};

Scale scale_of(const Cell& cell) {
  if (cell.unit == "1" && cell.method == "mean") return {1, "", ""};  // numbers of times
  if (cell.unit == "1") return {100, " %", " percentage points"};
  if (cell.unit == "years" && cell.time <= 5) return {12, " months", " months"};
  return {1, " " + cell.unit, " " + cell.unit};
}

// Half goes away from 0 in decimals, as in the page's tables; the product with a factor may lie a bit below it.
std::string shown(double value, int decimals) {
  return fixed_text(value * (1 + 4 * std::numeric_limits<double>::epsilon()), decimals);
}

std::string with_sign(double value, int decimals) {
  const std::string text = shown(value, decimals);
  if (text.front() == '-') return "\u2212" + text.substr(1);
  return value > 0 ? "+" + text : text;
}

struct Largest {
  std::size_t strategy = 0, compared = 0;
  double difference = 0, se = 0;
};

Largest largest(const Rows& rows, const Cell& cell, std::size_t reference) {
  Largest found;
  found.strategy = reference;
  for (std::size_t s = 0; s < cell.rows.size(); ++s) {
    const double difference = rows.number(cell.rows[s], "difference");
    if (s == reference || std::isnan(difference)) continue;
    ++found.compared;
    if (found.strategy != reference && std::abs(difference) <= std::abs(found.difference)) continue;
    found.strategy = s;
    found.difference = difference;
    found.se = rows.number(cell.rows[s], "difference_se");
  }
  return found;
}

std::string in_quotes(const std::string& label) {
  return "\u201c" + label + "\u201d";
}

std::string what(const Cell& cell) {
  std::string text = cell.label;
  if (cell.measure == "restricted_mean") text += ", restricted mean";
  if (cell.time > 0) text += (cell.measure == "survival" ? " at " : ", ") + outcomes::time_text(cell.time);
  return text + (cell.extrapolated ? " (extrapolated)" : "");
}

std::string alone(const Result& result, const Cell& cell, const Scale& scale) {
  const double estimate = result.outcomes().number(cell.rows.front(), "estimate");
  const double se = result.outcomes().number(cell.rows.front(), "se");
  const int decimals = std::isnan(se) ? 1 : outcomes::decimals_for(se * scale.factor);
  return what(cell) + " is " + shown(estimate * scale.factor, decimals) + scale.unit + " under " +
         in_quotes(result.strategies().front().label) + ".";
}

// "81.4 % against 74.3 % under B, a difference of +7.1 percentage points (95 % interval +6.8 to +7.4)"
std::string comparison(const Result& result, const Cell& cell, const Scale& scale, const Largest& found, double z) {
  const Rows& rows = result.outcomes();
  const int decimals = outcomes::decimals_for(found.se * scale.factor);
  const auto estimate = [&](std::size_t s) {
    return shown(rows.number(cell.rows[s], "estimate") * scale.factor, decimals) + scale.unit;
  };
  const auto bound = [&](double side) {
    return with_sign((found.difference + side * z * found.se) * scale.factor, decimals);
  };
  const std::string allowing =
      found.compared > 1 ? ", allowing for " + std::to_string(found.compared) + " comparisons" : "";
  return estimate(found.strategy) + " against " + estimate(result.reference()) + " under " +
         in_quotes(result.strategies()[result.reference()].label) + ", a difference of " +
         with_sign(found.difference * scale.factor, decimals) + scale.of_difference + " (95 % interval " + bound(-1) +
         " to " + bound(1) + allowing + ")";
}

std::string sentence(const Result& result, const Cell& cell) {
  const Scale scale = scale_of(cell);
  if (result.strategies().size() < 2) return alone(result, cell, scale);
  const Largest found = largest(result.outcomes(), cell, result.reference());
  const std::string reference = in_quotes(result.strategies()[result.reference()].label);
  const std::string other = in_quotes(result.strategies()[found.strategy].label);
  if (found.compared == 0) return what(cell) + ": there is no difference to report.";
  if (std::isnan(found.se) || found.se == 0) {
    return what(cell) + ": no patient fares differently from " + reference + " under any other strategy.";
  }
  const double z = normal_quantile(1 - 0.025 / static_cast<double>(found.compared));
  const std::string numbers = comparison(result, cell, scale, found, z) + ".";
  if (std::abs(found.difference) <= z * found.se) {
    return what(cell) + ": no strategy differs from " + reference + " by more than chance may explain. Largest under " +
           other + ": " + numbers;
  }
  return what(cell) + (found.compared > 1 ? " differs most under " : " under ") + other + ": " + numbers;
}

// Over the other sets of parameters: how the same difference moves.
std::string over_fits(const Inputs& inputs, const Cell& cell) {
  const Result& main = inputs.result();
  if (inputs.others.empty() || main.strategies().size() < 2) return "";
  const Largest found = largest(main.outcomes(), cell, main.reference());
  if (found.strategy == main.reference()) return "";
  const std::string& name = main.strategies()[found.strategy].name;
  double low = found.difference, high = found.difference;
  std::size_t results = 1;
  for (const Result& other : inputs.others) {
    for (const Cell& one : cells_of(other)) {
      if (!one.is(cell)) continue;
      for (const std::size_t row : one.rows) {
        const double difference = other.outcomes().number(row, "difference");
        if (other.outcomes().text(row, "strategy") != name || std::isnan(difference)) continue;
        low = std::min(low, difference);
        high = std::max(high, difference);
        ++results;
      }
    }
  }
  if (results < 2) return "";
  const Scale scale = scale_of(cell);
  return "Over " + std::to_string(results) + " sets of parameters this difference runs from " +
         with_sign(low * scale.factor, 1) + " to " + with_sign(high * scale.factor, 1) + scale.of_difference +
         (low < 0 && high > 0 ? ": its sign is not settled." : ".");
}

}  // namespace

std::vector<Statement> answer(const Inputs& inputs) {
  std::vector<Statement> made;
  for (const Cell& cell : main_cells(inputs.result())) {
    made.push_back({cell.outcome, sentence(inputs.result(), cell), over_fits(inputs, cell), cell.measure, cell.time});
  }
  return made;
}

}  // namespace sojourn::report
