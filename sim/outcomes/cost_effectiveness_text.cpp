#include "outcomes/cost_effectiveness_text.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "outcomes/columns.hpp"
#include "outcomes/entries.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

// A number with the digits that its error warrants; without an error those of the unit.
Entry with_error(double value, double se, int without_error, bool sign) {
  if (std::isnan(value)) return {"-", ""};
  const int decimals = se > 0 ? decimals_for(se) : without_error;
  return {sign ? signed_text(value, decimals) : fixed_text(value, decimals),
          se > 0 ? " ± " + fixed_text(se, decimals) : ""};
}

// Of 100000: "100000".
std::string threshold_text(double threshold) {
  return threshold == std::floor(threshold) ? fixed_text(threshold, 0) : number_text(threshold);
}

class Block {
 public:
  Block(const Results& results, const CostEffectiveness& of) : results_(results), of_(of) {}

  [[nodiscard]] std::string text(int width) const {
    const auto room = static_cast<std::size_t>(std::max(width, 40));
    std::string text = "\n" + laid_out(strategies(), width);
    if (!of_.thresholds.empty()) text += "\n" + laid_out(net_benefits(), width);
    for (const NetBenefits& at : of_.thresholds) {
      if (results_.strategies.size() > 1) text += wrapped(best(at), room);
    }
    return text;
  }

 private:
  [[nodiscard]] const std::string& name(std::size_t strategy) const { return results_.strategies[strategy].name; }
  [[nodiscard]] std::string per_effect() const {
    return of_.currency + "/" + (of_.effect_unit == "QALYs" ? "QALY" : "year");
  }

  [[nodiscard]] TextColumns strategies() const {
    const bool several = results_.strategies.size() > 1;
    TextColumns columns{joined({of_.label, of_.group, of_.discounted ? "discounted" : "",
                                of_.at_end ? "" : "by " + time_text(of_.time)}),
                        {"cost [" + of_.currency + "]", of_.effect_unit},
                        {}};
    if (several) {
      for (const char* header : {"more cost", "more effect"}) columns.headers.emplace_back(header);
      columns.headers.push_back(per_effect() + " (95%)");
      columns.headers.emplace_back("status");
    }
    for (const StrategyWorth& one : of_.strategies) {
      Line line{name(one.strategy), {}, ""};
      const JointEstimate& estimate = one.estimate;
      line.entries.push_back(with_error(estimate.cost.estimate, std::sqrt(estimate.cost.variance), 0, false));
      line.entries.push_back(with_error(estimate.effect.estimate, std::sqrt(estimate.effect.variance), 4, false));
      if (several) add_increments(one, line.entries);
      columns.lines.push_back(std::move(line));
    }
    return columns;
  }

  void add_increments(const StrategyWorth& one, std::vector<Entry>& entries) const {
    if (one.placed.against == nobody) {
      entries.resize(entries.size() + 3);
    } else {
      const Contrast& more = one.increment;
      entries.push_back(with_error(more.cost, std::sqrt(more.cost_variance), 0, true));
      entries.push_back(with_error(more.effect, std::sqrt(more.effect_variance), 4, true));
      entries.push_back(ratio(one));
    }
    entries.push_back({"", status(one)});
  }

  [[nodiscard]] static Entry ratio(const StrategyWorth& one) {
    if (std::isnan(one.ratio)) return {};
    using Form = RatioInterval::Form;
    const RatioInterval& interval = one.interval;
    const int decimals = interval.form == Form::bounded ? decimals_for((interval.upper - interval.lower) / 4) : 0;
    const auto text = [decimals](double value) { return fixed_text(value, decimals); };
    const std::string ends = text(interval.lower) + " to " + text(interval.upper);
    Entry made{text(one.ratio), ""};
    if (interval.form == Form::bounded) made.right = " (" + ends + ")";
    if (interval.form == Form::all_but) made.right = " (all but " + ends + ")";
    if (interval.form == Form::everything) made.right = " (any)";
    return made;
  }

  [[nodiscard]] std::string status(const StrategyWorth& one) const {
    std::string text(words_of(one.placed.standing));
    if (one.placed.standing == Standing::equal) text += " to " + name(one.placed.by);
    if (one.placed.standing == Standing::dominated) text += " by " + name(one.placed.by);
    if (one.placed.and_by != nobody) text += " by " + name(one.placed.by) + " and " + name(one.placed.and_by);
    return text + (one.resolved || one.placed.standing == Standing::unknown ? "" : "?");
  }

  [[nodiscard]] TextColumns net_benefits() const {
    TextColumns columns{"Net benefit [" + of_.currency + "] at", {}, {}};
    for (const StrategyName& strategy : results_.strategies) columns.headers.push_back(strategy.name);
    for (const NetBenefits& at : of_.thresholds) {
      Line line{threshold_text(at.threshold) + " " + per_effect(), {}, ""};
      for (const StrategyNetBenefit& one : at.strategies) {
        line.entries.push_back(with_error(one.value, one.se, 0, false));
      }
      columns.lines.push_back(std::move(line));
    }
    return columns;
  }

  [[nodiscard]] std::string best(const NetBenefits& at) const {
    const StrategyNetBenefit *first = nullptr, *second = nullptr;
    std::string others;
    for (const StrategyNetBenefit& one : at.strategies) {
      if (one.best) {
        first = &one;
      } else if (!std::isnan(one.behind)) {
        if (second == nullptr || one.behind < second->behind) second = &one;
        if (one.may_be_best) others += (others.empty() ? "" : ", ") + name(one.strategy);
      }
    }
    std::string text = "At " + threshold_text(at.threshold) + " " + per_effect() + ": ";
    if (first == nullptr) return text + "no patients";
    text += name(first->strategy) + " is best";
    if (second == nullptr) return text;
    const int decimals = second->behind_se > 0 ? decimals_for(second->behind_se) : 0;
    const auto figure = [decimals](double value) { return fixed_text(value, decimals); };
    text += ", by " + figure(second->behind);
    if (second->behind_se > 0) {
      text += " (" + figure(second->behind_interval.lower) + " to " + figure(second->behind_interval.upper) + ")";
    }
    text += " before " + name(second->strategy);
    return others.empty() ? text : text + "; not told apart: " + others;
  }

  const Results& results_;
  const CostEffectiveness& of_;
};

std::string footnotes(const Results& results, std::size_t room) {
  if (results.strategies.size() < 2) return "";
  std::string text = "\n" + wrapped(
                                "more cost, more effect: than the one before on the efficiency frontier, or than "
                                "the one that dominates; intervals (a to b) are 95% by Monte Carlo error alone, "
                                "those of the best for all strategies together",
                                room);
  const auto any = [&results](auto holds) {
    return std::ranges::any_of(results.cost_effectiveness, [&](const CostEffectiveness& one) {
      return std::ranges::any_of(one.strategies, holds);
    });
  };
  using Form = RatioInterval::Form;
  if (any([](const StrategyWorth& one) { return !one.resolved; })) {
    text += wrapped("?: Monte Carlo error leaves the status open", room);
  }
  if (any([](const StrategyWorth& one) {
        return one.interval.form == Form::all_but || one.interval.form == Form::everything;
      })) {
    text +=
        wrapped("(all but), (any): the effects are not told apart, so that the ratio has no bounded interval", room);
  }
  return text;
}

}  // namespace

std::string cost_effectiveness_text(const Results& results, int width) {
  std::string text;
  for (const CostEffectiveness& one : results.cost_effectiveness) text += Block(results, one).text(width);
  return text.empty() ? "" : text + footnotes(results, static_cast<std::size_t>(std::max(width, 40)));
}

}  // namespace sojourn::outcomes
