// Utilities: the weights of time, what multiplies them, what is lost. Of the weights exactly one holds at each moment.
#include <algorithm>

#include "model/occasion.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

bool is_weight(double value) {
  return value >= -1 && value <= 1;
}

class UtilityReader {
 public:
  UtilityReader(Reading& reading, const Item& item)
      : reading_(reading), fields_(reading.source, item, shapes::utility) {
    made_.name = item.key();
    made_.at = reading.source.at_key(item);
  }

  void run() {
    check_worth_name(reading_, fields_.item(), made_.name);
    if (!fields_.ok()) return;
    made_.source = reading_.source.text(fields_["source"]).value_or("");
    made_.status = reading_.status(fields_["status"]);
    made_.description = reading_.source.text(fields_["description"]).value_or("");
    made_.occasion = read_occasion(reading_, fields_);
    const auto given = fields_.written(shapes::utility_forms);
    if (given.size() != 1) {
      reading_.source.add_at_key(fields_.item(), "a utility is a `value`, a `multiply` or a `loss`",
                                 given.empty() ? "" : "one of them", given.empty() ? "write e.g. value: 0.91" : "");
      return;
    }
    constexpr Utility::Kind kinds[] = {Utility::Kind::value, Utility::Kind::multiply, Utility::Kind::loss};
    made_.kind = kinds[std::find(std::begin(shapes::utility_forms), std::end(shapes::utility_forms), given[0]) -
                       std::begin(shapes::utility_forms)];
    refuse_instants();
    how_much(fields_[given[0]]);
    reading_.model.utilities.push_back(std::move(made_));
  }

 private:
  void refuse_instants() {
    for (const std::string_view key : shapes::instants) {
      if (!fields_.has(key) || !fields_.out_of_place(key)) continue;
      reading_.source.add_at_key(fields_[key], "`" + std::string(key) + "` goes with a loss",
                                 "a weight holds in states");
    }
  }

  void how_much(const Item& item) {
    const bool instants = !fields_.written(shapes::instants).empty();
    ProductRead wanted{instants, is_not_negative, "0 or more"};
    if (made_.kind == Utility::Kind::value) wanted = {instants, nullptr, ""};
    auto product = read_product(reading_, item, wanted);
    if (!product) return;
    if (made_.kind == Utility::Kind::value) require_weight(item, product->factors);
    made_.product = std::move(product->factors);
    const bool at_once = instants && !fields_.has("for") && made_.kind == Utility::Kind::loss;
    if (product->time_power == (at_once ? 1 : 0)) return;
    const std::string found = expression::describe(Type::number(product->time_power));
    if (at_once) {
      reading_.source.add(item, "how long the loss lasts is not said, or how much time it costs at once",
                          "found " + found, "write `for: 28 days` beside it, or a time, e.g. 5 days");
    } else {
      reading_.source.add(item, "a utility is a plain number, found " + found);
    }
  }

  // A single factor is the weight itself.
  void require_weight(const Item& item, const std::vector<Factor>& factors) {
    if (factors.size() != 1) return;
    constexpr const char* must = "from -1 to 1";
    if (const auto* value = std::get_if<Expression>(factors.data()))
      return reading_.require(*value, item, is_weight, must);
    for (const Expression& one : std::get<Piecewise>(factors[0]).values) {
      if (one) reading_.require(one, item, is_weight, must);
    }
  }

  Reading& reading_;
  Fields fields_;
  Utility made_;
};

// Every state that is left has a weight, and no two hold in a state always.
void check_weights(Reading& reading, const Item& utilities) {
  const Model& model = reading.model;
  std::vector<std::vector<const Utility*>> weights(model.states.size());
  for (const Utility& one : model.utilities) {
    if (one.kind != Utility::Kind::value) continue;
    for (const StateId s : one.occasion.states) weights[s.index()].push_back(&one);
  }
  const auto report = [&](const Utility& one, std::string problem, std::string why, std::string hint) {
    reading.source.problems().add(
        {one.at, "utilities." + one.name, std::move(problem), std::move(why), std::move(hint)});
  };
  std::string without;
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    const auto& here = weights[s];
    const std::string state = "the state " + quoted(model.states[s].name);
    const auto always = [](const Utility* one) { return !one->occasion.when; };
    const bool certain = std::any_of(here.begin(), here.end(), always);
    if (here.empty() && !model.states[s].absorbing) without += (without.empty() ? "" : ", ") + model.states[s].name;
    if (here.size() == 1 && !certain) {
      report(*here[0], state + " has a weight only sometimes", "where `when` is false, there is none",
             "add another with the opposite `when`");
    }
    if (here.size() > 1 && certain) {
      report(*here[1], "a second weight of " + state,
             quoted(here[0]->name) + " is one already, " + line_of(here[0]->at, here[1]->at),
             "write `multiply` or `loss`, or a `when` on both");
    }
  }
  if (!without.empty()) {
    reading.source.add_at_key(utilities, "no weight for the time in: " + without, "every state that is left needs one",
                              "write e.g. {in: ..., value: 0.8}");
  }
}

}  // namespace

void read_utilities(Reading& reading, const Item& utilities) {
  if (!utilities) return;
  const std::size_t before = reading.source.problems().size();
  for (const Item& item : reading.source.children(utilities)) UtilityReader(reading, item).run();
  reading.weighed.assign(reading.model.states.size(), false);
  for (const Utility& one : reading.model.utilities) {
    if (one.kind != Utility::Kind::value) continue;
    for (const StateId s : one.occasion.states) reading.weighed[s.index()] = true;
  }
  if (reading.source.problems().size() == before && !utilities.node->children.empty())
    check_weights(reading, utilities);
}

}  // namespace sojourn::model
