// Costs, and the discounting of costs and effects.
#include <algorithm>

#include "model/occasion.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

class CostReader {
 public:
  CostReader(Reading& reading, const Item& item) : reading_(reading), fields_(reading.source, item, shapes::cost) {
    made_.name = item.key();
    made_.at = reading.source.at_key(item);
  }

  void run() {
    check_worth_name(reading_, fields_.item(), made_.name);
    if (!fields_.ok()) return;
    const config::Source& source = reading_.source;
    made_.category = source.text(fields_["category"]).value_or("");
    if (!made_.category.empty()) check_worth_name(reading_, fields_["category"], made_.category);
    made_.credit = source.boolean(fields_["credit"]).value_or(false);
    made_.source = source.text(fields_["source"]).value_or("");
    made_.status = reading_.status(fields_["status"]);
    made_.description = source.text(fields_["description"]).value_or("");
    made_.occasion = read_occasion(reading_, fields_);
    how_much();
    reading_.model.costs.push_back(std::move(made_));
  }

 private:
  void how_much() {
    const auto given = fields_.written(shapes::cost_forms);
    if (given.size() != 1) {
      reading_.source.add_at_key(fields_.item(), "a cost is an `amount` or a `rate`", given.empty() ? "" : "not both",
                                 given.empty() ? "write e.g. rate: 473 per month" : "write an entry for each");
      return;
    }
    if (given[0] == "rate") {
      rate();
    } else {
      amount();
    }
  }

  void rate() {
    const Item& item = fields_["rate"];
    const bool instants = !fields_.written(shapes::instants).empty();
    if (instants && !fields_.has("for")) {
      reading_.source.add_at_key(fields_.item(), "how long the rate lasts is not said", "it begins at an instant",
                                 "write e.g. `for: 28 days`, or an amount");
    }
    auto product = read_product(reading_, item, {instants, is_not_negative, must()});
    if (!product) return;
    made_.product = std::move(product->factors);
    if (product->time_power == -1) return;
    const std::string found = expression::describe(Type::number(product->time_power));
    reading_.source.add(item, "the rate of a cost is money per time, found " + found, "",
                        "write e.g. 473 per month, or on_entry and an amount");
  }

  void amount() {
    const Item& item = fields_["amount"];
    if (fields_.out_of_place("amount")) {
      reading_.source.add_at_key(item, "when the amount is paid is not said", "",
                                 "write on_entry, on_transition or on_event; or a rate");
      return;
    }
    if (fields_.has("for")) {
      reading_.source.add_at_key(fields_["for"], "an amount is paid at once", "", "write a rate, e.g. 100 per day");
    }
    auto value = reading_.expression(item, Type::number(), at_an_instant);
    if (!value) return;
    reading_.require(*value, item, is_not_negative, must());
    made_.product.emplace_back(std::move(*value));
  }

  [[nodiscard]] std::string must() const {
    return made_.credit ? "0 or more" : "0 or more (money that comes back is a `credit`)";
  }

  Reading& reading_;
  Fields fields_;
  Cost made_;
};

void refuse_names_twice(Reading& reading, const Item& costs) {
  for (const Item& item : reading.source.children(costs)) {
    for (const Cost& other : reading.model.costs) {
      if (other.category != item.key()) continue;
      reading.source.add_at_key(item, "a cost is called like a category, " + quoted(item.key()), "",
                                "outcomes could not tell them apart");
      break;
    }
  }
}

}  // namespace

void read_costs(Reading& reading, const Item& costs) {
  for (const Item& item : reading.source.children(costs)) CostReader(reading, item).run();
  refuse_names_twice(reading, costs);
}

void read_discounting(Reading& reading, const Item& discounting) {
  if (!discounting) return;
  const Fields fields(reading.source, discounting, shapes::discounting);
  if (!fields.ok()) return;
  Discounting& made = reading.model.discounting;
  const auto rate = [&](const Item& item) -> std::optional<Expression> {
    if (item.is(config::Node::Kind::scalar) && item.node->text.ends_with('%')) {
      reading.source.add(item, "a rate of discounting is a number, found " + quoted(item.node->text), "",
                         "write 0.035 for 3.5%");
      return std::nullopt;
    }
    auto value = reading.expression(item, Type::number(), parameters_only);
    if (!value) return std::nullopt;
    reading.require(*value, item, is_probability, "from 0 to 1 (a year)");
    reading.rule({&*value}, [&reading, item](const Values& values) {
      if (values.under.empty()) return;
      reading.report(item, values, "the rate of discounting is another", "strategies are compared at the same rate");
    });
    return value;
  };
  made.costs = rate(fields["costs"]);
  made.effects = rate(fields["effects"]);
  const auto method = reading.source.text(fields["method"]);
  if (!method || *method == "continuous") return;
  made.method = Discounting::Method::yearly;
  if (*method != "yearly") {
    reading.source.add(fields["method"], quoted(*method) + " is no method of discounting",
                       config::alternatives(shapes::discount_methods));
  }
}

}  // namespace sojourn::model
