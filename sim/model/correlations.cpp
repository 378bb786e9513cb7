// Rank correlations between attributes of the cohort.
#include <algorithm>
#include <map>
#include <utility>

#include "base/copula.hpp"
#include "base/similar.hpp"
#include "model/reading.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_correlated = 100;  // attributes

class CorrelationReader {
 public:
  CorrelationReader(Reading& reading, Item list, std::size_t cohort)
      : reading_(reading), list_(std::move(list)), cohort_(cohort) {}

  void run() {
    for (const Item& item : reading_.source.children(list_)) {
      if (reading_.source.full()) return;
      complete_ = entry(item) && complete_;
    }
    if (attributes_.size() > most_correlated) {
      reading_.source.add(list_, "more than 100 attributes with correlations");
      return;
    }
    if (complete_ && !reading_.model.correlations.empty()) hold_together();
  }

 private:
  bool entry(const Item& item) {
    const auto parts = item.is(config::Node::Kind::sequence) ? reading_.source.children(item) : std::vector<Item>();
    if (parts.size() != 3) {
      const bool bare = item.is(config::Node::Kind::scalar);
      reading_.source.add(item, "a correlation is [attribute, attribute, rank correlation]", "",
                          bare ? "write a list of such lists: [[age, weight, 0.3]]" : "");
      return false;
    }
    const auto first = drawn(parts[0]), second = drawn(parts[1]);
    const auto rho = reading_.expression(parts[2], Type::number(), parameters_only);
    if (rho) {
      reading_.require(
          *rho, parts[2], [](double x) { return x > -1 && x < 1; }, "between -1 and 1, both excluded");
    }
    if (!first || !second || !rho || !new_pair(item, *first, *second)) return false;
    reading_.model.correlations.push_back({*first, *second, *rho});
    return true;
  }

  std::optional<AttributeId> drawn(const Item& item) {
    if (!item.is(config::Node::Kind::scalar)) {
      reading_.source.add(item, "expected an attribute, found " + config::describe(*item.node));
      return std::nullopt;
    }
    const auto found = reading_.attribute(item);
    if (!found) return std::nullopt;
    const Attribute& one = reading_.model.attributes[found->index()];
    if (one.from_rows) {
      reading_.source.add(item, "the attribute " + quoted(one.name) + " comes from the rows of a file",
                          "its correlations are those of the rows", "remove the pair");
      return std::nullopt;
    }
    if (found->index() >= cohort_) {
      reading_.source.add(item, "the attribute " + quoted(one.name) + " is set on the way, not drawn",
                          "only draws of the cohort can be correlated");
      return std::nullopt;
    }
    const bool random = std::any_of(one.draws.begin(), one.draws.end(),
                                    [](const DrawCase& single) { return single.draw.kind != DrawKind::value; });
    if (random || one.draws.empty()) return found;  // empty: what is wrong with it has been said
    reading_.source.add(item, "the attribute " + quoted(one.name) + " is computed, not drawn",
                        "correlate what it is computed from");
    return std::nullopt;
  }

  bool new_pair(const Item& item, AttributeId first, AttributeId second) {
    const std::string name = reading_.model.attributes[first.index()].name;
    if (first == second) {
      reading_.source.add(item, "a correlation of " + quoted(name) + " with itself", "it is 1");
      return false;
    }
    const std::string other = reading_.model.attributes[second.index()].name;
    const auto [entry, fresh] =
        pairs_.try_emplace(std::pair(std::min(first, second).index(), std::max(first, second).index()), item);
    if (!fresh) {
      reading_.source.add(item, "the correlation of " + quoted(name) + " and " + quoted(other) + " is there twice",
                          "line " + std::to_string(reading_.source.at(entry->second).line));
      return false;
    }
    for (const AttributeId id : {first, second}) {
      const auto place = std::lower_bound(attributes_.begin(), attributes_.end(), id.index());
      if (place == attributes_.end() || *place != id.index()) attributes_.insert(place, id.index());
    }
    return true;
  }

  void hold_together() {
    std::vector<const Expression*> over;
    for (const Correlation& one : reading_.model.correlations) over.push_back(&one.rho);
    const auto row = [this](AttributeId id) {
      return static_cast<std::size_t>(std::lower_bound(attributes_.begin(), attributes_.end(), id.index()) -
                                      attributes_.begin());
    };
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const Correlation& one : reading_.model.correlations) places.emplace_back(row(one.first), row(one.second));
    reading_.rule(over, [&reading = reading_, places, list = list_, attributes = attributes_](const Values& values) {
      SquareMatrix ranks(attributes.size());
      for (std::size_t i = 0; i < places.size(); ++i) {
        const auto rho = reading.value(reading.model.correlations[i].rho, values);
        if (!rho || !(*rho > -1 && *rho < 1)) return;  // has been said
        ranks.at(places[i].first, places[i].second) = ranks.at(places[i].second, places[i].first) = *rho;
      }
      if (!copula_factor(ranks)) refuse(reading, list, values, ranks, attributes);
    });
  }

  static void refuse(Reading& reading, const Item& list, const Values& values, const SquareMatrix& ranks,
                     const std::vector<std::size_t>& attributes) {
    const auto rows = contradiction(ranks);
    std::string names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string between = i == 0 ? "" : i + 1 == rows.size() ? " and " : ", ";
      names += between + quoted(reading.model.attributes[attributes[rows[i]]].name);
    }
    const std::string why = "their matrix is not positive definite";
    reading.source.add(list, "the correlations of " + names + " cannot hold together",
                       values.under.empty() ? why : why + ", " + values.under,
                       "make them smaller: at " + shown(feasible_share(ranks), Type::number()) +
                           " times their size they would (pairs that are not listed have 0)");
  }

  Reading& reading_;
  Item list_;
  std::size_t cohort_;  // attributes of the cohort; later ones are set on the way
  std::map<std::pair<std::size_t, std::size_t>, Item> pairs_;
  std::vector<std::size_t> attributes_;  // that are correlated, in drawing order
  bool complete_ = true;
};

}  // namespace

void read_correlations(Reading& reading, const Item& correlation, std::size_t cohort) {
  if (correlation) CorrelationReader(reading, correlation, cohort).run();
}

}  // namespace sojourn::model
