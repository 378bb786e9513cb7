// The probabilities of a branch's options, of the model or of a strategy.
#include <algorithm>
#include <cmath>

#include "base/similar.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

using config::Node;

constexpr double sum_tolerance = 1e-9;
constexpr std::size_t most_options = 1000;

// Shares written as per cent: they make 100, or leave something of it to the rest.
std::string percent_hint(double sum, double first, bool rest) {
  const bool percent = rest ? sum >= 2 && sum < 100 : std::abs(sum - 100) < 1e-6;
  if (!percent) return rest ? "" : "write `rest` for one of them";
  return "probabilities are from 0 to 1: write " + shown(first / 100, Type::number()) + " for " +
         shown(first, Type::number()) + "%";
}

// Together they make 1, where parameters alone decide them.
void sum_rule(Reading& reading, const Probabilities& made, const Item& probabilities, bool rest) {
  std::vector<const Expression*> over;
  for (const Expression& one : made.of_option) over.push_back(&one);
  reading.rule(over, [&reading, of_option = made.of_option, probabilities, rest](const Values& values) {
    double sum = 0, first = 0;
    for (const Expression& one : of_option) {
      const auto value = one ? reading.value(one, values) : std::optional(0.0);
      if (!value) return;
      sum += *value;
      if (first == 0) first = *value;
    }
    if (rest ? sum <= 1 + sum_tolerance : std::abs(sum - 1) <= sum_tolerance) return;
    reading.report(probabilities, values,
                   "the probabilities add up to " + shown(sum, Type::number()) +
                       (rest ? ", nothing is left for the rest" : ", not to 1"),
                   percent_hint(sum, first, rest));
  });
}

}  // namespace

std::optional<Choice> read_probabilities(Reading& reading, const Item& probabilities, const Item& odds_ratio,
                                         const std::vector<Option>& options, const Allowed& allowed,
                                         const std::string& what) {
  if (!probabilities) return std::nullopt;
  if (probabilities.node->children.size() > most_options) {
    reading.source.add(probabilities, "more than 1000 " + what + "s");
    return std::nullopt;
  }
  Probabilities made;
  made.of_option.assign(options.size(), Expression::constant(0));
  made.left_out.assign(options.size(), true);
  std::vector<std::string> names;
  for (const Option& one : options) names.push_back(one.name);
  const auto items = reading.source.children(probabilities);
  bool good = true, rest = false;
  for (const Item& item : items) {
    const auto found = std::find(names.begin(), names.end(), item.key());
    if (found == names.end()) {
      reading.source.add_at_key(item, "there is no " + what + " " + quoted(item.key()), "",
                                did_you_mean(item.key(), names));
      good = false;
      continue;
    }
    const auto option = static_cast<std::size_t>(found - names.begin());
    made.left_out[option] = false;
    Expression& target = made.of_option[option];
    if (item.is(Node::Kind::scalar) && item.node->text == "rest") {
      if (rest) reading.source.add(item, "a second `rest`");
      rest = true;
      target = Expression();
      continue;
    }
    const auto value = reading.expression(item, Type::number(), allowed);
    good = good && value;
    if (!value) continue;
    target = *value;
    reading.require(*value, item, is_probability, "from 0 to 1");
  }
  made.odds_ratio = reading.expression(odds_ratio, Type::number(), at_an_instant);
  if (made.odds_ratio) reading.require(*made.odds_ratio, odds_ratio, is_not_negative, "0 or more");
  if (odds_ratio && options.size() != 2) {
    reading.source.add_at_key(odds_ratio, "an odds ratio needs two options", std::to_string(options.size()) + " here",
                              "");
  }
  if (!good || items.empty()) return std::nullopt;
  sum_rule(reading, made, probabilities, rest);
  return made;
}

}  // namespace sojourn::model
