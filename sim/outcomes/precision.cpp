#include "outcomes/precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "base/units.hpp"
#include "base/words.hpp"
#include "outcomes/measured.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

constexpr double per_interval = 2 * 1.959963984540054;  // widths of a 95% interval in standard errors

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes the last word off if it is this one.
bool drop_word(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  const std::string_view rest = text.substr(0, text.size() - word.size());
  if (!rest.ends_with(' ') && !rest.ends_with(')')) return false;
  text = trimmed(rest);
  return true;
}

std::optional<double> time_of(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const ParsedNumber number = parse_number(text.substr(0, space));
  const auto unit = time_unit(trimmed(text.substr(space)));
  if (!number || !unit) return std::nullopt;
  return years_from(*number.value, *unit);
}

template <class Of>
std::vector<std::string> names(const std::vector<Row>& rows, Of of) {
  std::vector<std::string> all;
  for (const Row& row : rows) {
    const std::string name = of(row);
    if (!name.empty() && std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
  return all;
}

}  // namespace

void Precision::refuse(const std::string& why) const {
  throw InputError("--until '" + text_ + "': " + why);
}

Precision::Precision(std::string_view text) : text_(trimmed(text)) {
  std::string_view what = text_;
  const std::size_t less = what.find('<');
  if (less == std::string_view::npos)
    refuse("say WHAT se < NUMBER UNIT, such as \"rmst(os, 5 years) se < 0.005 years\"");
  read_limit(trimmed(what.substr(less + 1)));
  what = trimmed(what.substr(0, less));
  if (!drop_word(what, "se")) refuse("before < stands `se`, the standard error, or `difference se`");
  difference_ = drop_word(what, "difference");
  read_what(what);
}

void Precision::read_what(std::string_view what) {
  const std::size_t open = what.find('(');
  if (open == std::string_view::npos) {
    outcome_ = what;
  } else {
    if (!what.ends_with(')')) refuse("a ) is missing before `se`");
    measure_ = trimmed(what.substr(0, open));
    if (measure_ == "rmst") measure_ = "restricted_mean";
    const std::string_view inside = what.substr(open + 1, what.size() - open - 2);
    const std::size_t comma = inside.find(',');
    outcome_ = trimmed(inside.substr(0, comma));
    if (comma != std::string_view::npos) {
      level_ = trimmed(inside.substr(comma + 1));
      time_ = time_of(level_);
      if (level_.empty()) refuse("after the comma stands a time or a level");
    }
  }
  if (outcome_.empty()) refuse("which outcome?");
}

void Precision::read_limit(std::string_view limit) {
  const Measured found = measured(limit);
  if (!found.ok) refuse("after < stands a number and, where the outcome has one, its unit");
  if (!(found.value > 0)) refuse("the error must be above 0");
  most_ = found.value;
  unit_ = found.unit;
}

bool Precision::at_place(const Row& row) const {
  if (level_.empty()) return true;
  return time_ ? row.time == *time_ : row.level == level_;
}

bool Precision::means(const Row& row) const {
  return row.name == outcome_ && (measure_.empty() || row.measure == measure_) && at_place(row);
}

void Precision::check(const Results& results) const {
  const std::vector<Row>& rows = results.rows;
  const auto outcomes = names(rows, [](const Row& r) { return r.name; });
  if (std::find(outcomes.begin(), outcomes.end(), outcome_) == outcomes.end()) {
    const std::string hint = did_you_mean(outcome_, outcomes);
    refuse("there is no outcome '" + outcome_ + "'" + (hint.empty() ? "" : "; " + hint));
  }
  const auto own = [this](const Row& r, const std::string& text) { return r.name == outcome_ ? text : std::string(); };
  const auto measures = names(rows, [&](const Row& r) { return own(r, r.measure); });
  if (!measure_.empty() && std::find(measures.begin(), measures.end(), measure_) == measures.end()) {
    refuse(outcome_ + " has no " + measure_ + "; it has: " + listed(measures));
  }
  if (std::none_of(rows.begin(), rows.end(), [this](const Row& r) { return means(r); })) {
    refuse(outcome_ + " is not computed at " + level_ +
           (time_ ? "" : "; a time is written with its unit, as 12 months"));
  }
  const auto units = names(rows, [this](const Row& r) { return means(r) ? r.unit : std::string(); });
  if (units.size() > 1) refuse("several measures with different units; say which: " + listed(measures));
  const bool plain = unit_.empty() && units.front() != "years";
  if (!plain && unit_ != units.front()) {
    refuse("the error is in " + (units.front() == "1" ? "no unit, or %" : units.front()));
  }
  if (difference_ && results.strategies.size() < 2) refuse("a difference needs two strategies");
}

double Precision::error(const Row& row) const {
  const double se = difference_ ? row.difference_se : row.se;
  if (!std::isnan(se)) return se;
  const double width = difference_ ? row.difference_upper - row.difference_lower : row.upper - row.lower;
  return std::isnan(width) ? std::numeric_limits<double>::infinity() : width / per_interval;
}

Precision::Worst Precision::worst(const Results& results) const {
  Worst worst;
  for (const Row& row : results.rows) {
    if (!means(row) || (difference_ && row.strategy == results.reference)) continue;
    const double excess = error(row) / most_;
    if (!worst.where.empty() && excess <= worst.excess) continue;
    worst.excess = excess;
    worst.where = row.measure + " of " + row.name;
    if (!row.level.empty()) worst.where += ", " + row.level;
    if (!row.group.empty()) worst.where += ", group " + row.group;
    if (!std::isnan(row.time)) worst.where += " at " + time_text(row.time);
    worst.where += " under " + results.strategies[row.strategy].name;
  }
  return worst;
}

}  // namespace sojourn::outcomes
