// How a cohort attribute is drawn: one draw, or cases.
#include <algorithm>

#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Node;

constexpr std::size_t most_levels = 1000;

// Reads one cohort attribute, whose earlier ones are in scope.
class DrawReader {
 public:
  DrawReader(Reading& reading, const Item& item) : reading_(reading), item_(item) {
    made_.name = item.key();
    made_.at = reading.source.at_key(item);
  }

  Attribute run() {
    const Fields fields(reading_.source, item_, shapes::drawn_attribute);
    made_.unit_text = reading_.source.text(fields["unit"]).value_or("");
    made_.description = reading_.source.text(fields["description"]).value_or("");
    if (!fields.ok()) return std::move(made_);
    collect_levels(item_);
    if (fields.has("cases")) {
      cases(fields);
    } else {
      draw(fields, std::nullopt);
    }
    if (type_) made_.type = *type_;
    return std::move(made_);
  }

 private:
  // The levels of all `categorical` draws, in the order in which they are first named.
  void collect_levels(const Item& item) {
    for (const Item& one : reading_.source.children(item)) {
      if (one.key() == "categorical" && one.is(Node::Kind::mapping)) {
        for (const Item& level : reading_.source.children(one)) add_level(level);
      } else if (one.key() == "draw") {
        collect_levels(one);
      } else if (one.key() == "cases") {
        for (const Item& single : reading_.source.children(one)) collect_levels(single);
      }
    }
    if (!levels_.empty()) type_ = category_of(levels_);
  }

  void add_level(const Item& item) {
    if (std::find(levels_.begin(), levels_.end(), item.key()) != levels_.end()) return;
    const NameProblem wrong = name_problem(item.key());
    if (!wrong.problem.empty()) {
      reading_.source.add_at_key(item, wrong.problem, wrong.why,
                                 item.key().find_first_not_of("0123456789") == std::string::npos
                                     ? "draw numbers with `cases` and `value`"
                                     : wrong.hint);
    } else if (levels_.size() < most_levels) {
      levels_.push_back(item.key());
    } else if (levels_.size() == most_levels && !excess_) {
      excess_ = true;
      reading_.source.add_at_key(item, "more than 1000 levels");
    }
  }

  void cases(const Fields& fields) {
    const auto list = reading_.source.children(fields["cases"]);
    for (const Item& one : reading_.source.children(item_)) {
      if (one.key() != "cases" && one.key() != "unit" && one.key() != "description") {
        reading_.source.add_at_key(one, "a draw beside `cases`", "", "move it into a case");
      }
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Fields one(reading_.source, list[i], shapes::draw_case);
      const bool last = i + 1 == list.size();
      if (one.ok() && last && one.has("when")) {
        reading_.source.add_at_key(one["when"] ? one["when"] : list[i], "the last case has a condition",
                                   "every patient needs a value", "let the last case have none");
      }
      if (one.ok() && !last && !one.has("when")) {
        reading_.source.add(list[i], "the cases after this one never hold", "it has no `when`", "");
      }
      const auto when = reading_.expression(one["when"], Type::boolean(), drawn_at_start);
      if (one["draw"]) draw(Fields(reading_.source, one["draw"], shapes::draw), when);
    }
  }

  void draw(const Fields& fields, const std::optional<Expression>& when) {
    if (!fields.ok()) return;
    std::optional<std::string_view> chosen;
    for (const auto& key : shapes::draw.keys) {
      if (!fields.has(key.name)) continue;
      if (chosen) {
        reading_.source.add(fields.item(), "more than one draw",
                            "`" + std::string(*chosen) + "` and `" + std::string(key.name) + "`");
        return;
      }
      chosen = key.name;
    }
    if (!chosen) {
      if (!only_remarks(fields.item())) return;  // an unknown key, which has been reported
      reading_.source.add_at_key(fields.item(), "how it is drawn is missing", "",
                                 "write e.g. {uniform: {min: 0, max: 1}}");
      return;
    }
    DrawCase made;
    made.when = when;
    if (fields[*chosen] && fill(*chosen, fields[*chosen], made.draw)) made_.draws.push_back(std::move(made));
  }

  bool only_remarks(const Item& item) const {
    const auto all = reading_.source.children(item);
    return std::all_of(all.begin(), all.end(),
                       [](const Item& one) { return one.key() == "unit" || one.key() == "description"; });
  }

  bool fill(std::string_view kind, const Item& item, Draw& draw) {
    if (kind == "categorical") return categorical(item, draw);
    if (kind == "value") {
      draw.kind = DrawKind::value;
      return one(item, type_, draw) && agree(item, draw.values[0].type());
    }
    if (kind == "probability") {
      draw.kind = DrawKind::probability;
      if (!one(item, Type::number(), draw)) return false;
      reading_.require(draw.values[0], item, is_probability, "from 0 to 1");
      return agree(item, Type::boolean());
    }
    const auto type = read_continuous_draw(reading_, kind, item, draw);
    return type && agree(item, *type);
  }

  bool categorical(const Item& item, Draw& draw) {
    draw.kind = DrawKind::categorical;
    draw.values.assign(levels_.size(), Expression::constant(0));
    std::vector<const Expression*> over;
    for (const Item& level : reading_.source.children(item)) {
      const auto weight = reading_.expression(level, Type::number(), drawn_at_start);
      const auto found = std::find(levels_.begin(), levels_.end(), level.key());
      if (!weight || found == levels_.end()) return false;
      reading_.require(*weight, level, is_not_negative, "0 or more");
      draw.values[static_cast<std::size_t>(found - levels_.begin())] = *weight;
    }
    for (const Expression& weight : draw.values) over.push_back(&weight);
    reading_.rule(over, [&reading = reading_, weights = draw.values, item](const Values& values) {
      double sum = 0;
      for (const Expression& weight : weights) {
        const auto value = reading.value(weight, values);
        if (!value) return;
        sum += *value;
      }
      if (!(sum > 0)) reading.report(item, values, "the weights add up to " + shown(sum, Type::number()));
    });
    return agree(item, category_of(levels_));
  }

  bool one(const Item& item, const std::optional<Type>& expected, Draw& draw) {
    const auto value = reading_.expression(item, expected, drawn_at_start);
    if (value) draw.values.push_back(*value);
    return value.has_value();
  }

  // All cases of an attribute have one type.
  bool agree(const Item& item, const Type& type) {
    if (!type_) type_ = type;
    if (same_type(*type_, type)) return true;
    reading_.source.add(
        item, "this case is " + expression::describe(type) + ", an earlier one " + expression::describe(*type_));
    return false;
  }

  Reading& reading_;
  Item item_;
  Attribute made_;
  std::vector<std::string> levels_;
  bool excess_ = false;
  std::optional<Type> type_;
};

}  // namespace

Attribute read_drawn_attribute(Reading& reading, const Item& item) {
  return DrawReader(reading, item).run();
}

}  // namespace sojourn::model
