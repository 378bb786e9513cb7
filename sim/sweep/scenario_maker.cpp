// From what a sweep file says to its scenarios: what each sets in the model, which are left out, and their ids.
#include <algorithm>
#include <unordered_map>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "model/parameter_unit.hpp"
#include "model/reading.hpp"
#include "store/digest.hpp"
#include "sweep/numbers.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

namespace {

using config::Item;
using expression::Expression;
using expression::Type;

constexpr const char* with_axes_only = "only the axes of the sweep";
const expression::Allowed axes_only{false, false, false, false, with_axes_only, with_axes_only, with_axes_only};

// A value and all below it, so that equal values have equal texts.
void flatten(const config::Node& node, std::string& to) {
  const auto sized = [&](std::string_view text) { to += std::to_string(text.size()) + ":" + std::string(text); };
  to += static_cast<char>('0' + static_cast<int>(node.kind));
  sized(node.key);
  sized(node.text);
  to += std::to_string(node.children.size()) + ";";
  for (const config::Node& child : node.children) flatten(child, to);
}

ScenarioKey key_of(const std::string& content) {
  store::ColumnHash hash;
  hash.add(content.data(), content.size());
  return *id_of(hash.hex().substr(0, 16));
}

}  // namespace

class ScenarioMaker {
 public:
  ScenarioMaker(SweepFile file, Points points, const model::Model& base, Diagnostics& problems)
      : base_(base), problems_(problems) {
    made_.file_ = std::move(file);
    made_.points_ = std::move(points);
    Diagnostics ignored;
    base_values_ = model::parameter_values(base, nullptr, ignored);
  }

  Scenarios run() {
    const config::Source source(*made_.file_.document, problems_);
    source_ = &source;
    for (const auto& [name, item] : made_.file_.set) set(name, item);
    for (std::size_t a = 0; a < made_.file_.axes.size(); ++a) axis(a);
    made_.recalibration_ = read_recalibration(source, made_.file_, base_);
    for (const Unknown& one : made_.recalibration_.unknowns) solve_for(one);
    if (made_.points_.size() == 0) return std::move(made_);  // what is wrong has been said
    if (problems_.ok()) exclude();
    if (problems_.ok()) identify();
    source_ = nullptr;
    return std::move(made_);
  }

 private:
  void give(const Given& given, const Item& item) {
    for (const Given& other : made_.given_) {
      if (other.parameter != given.parameter) continue;
      source_->add(item, "the parameter " + quoted(given.parameter) + " is set twice",
                   other.axis == no_axis ? "by `set`" : "by the axis " + quoted(made_.file_.axes[other.axis].name));
      return;
    }
    made_.given_.push_back(given);
  }

  void set(const std::string& name, const Item& item) {
    const model::Parameter* target = find_named(*source_, item, "parameter", base_.parameters, name);
    const auto text = source_->text(item);
    if (target == nullptr || !text || !source_->plain_value(item)) return;
    const double value = number_of(*source_, item, *text, target->value.type());
    check_range(*source_, item, *target, value);
    give({name, no_axis, value}, item);
  }

  // It begins at the model's own value; what is found in a scenario takes its place (Scenarios::values).
  void solve_for(const Unknown& unknown) {
    for (const Given& other : made_.given_) {
      if (other.parameter != unknown.parameter) continue;
      source_->add(unknown.item, "the parameter " + quoted(unknown.parameter) + " is solved for",
                   other.axis == no_axis ? "`set` gives it a value"
                                         : "the axis " + quoted(made_.file_.axes[other.axis].name) + " changes it");
      return;
    }
    made_.given_.push_back({unknown.parameter, no_axis, base_values_[unknown.id.index()]});
  }

  void axis(std::size_t a) {
    const Axis& axis = made_.file_.axes[a];
    auto& numbers = made_.numbers_.emplace_back();
    auto& type = made_.types_.emplace_back();
    if (axis.target == Target::path) {
      made_.path_axes_.push_back(a);
      return free_values(a);
    }
    const model::Parameter* target = nullptr;
    for (const std::string& name : axis.parameters) {
      target = find_named(*source_, axis.target_item, "parameter", base_.parameters, name);
      if (target == nullptr) return;
      const Type& own = target->value.type();
      if (axis.target == Target::multiply && own.kind != Type::Kind::number) {
        source_->add(axis.target_item, "a boolean cannot be multiplied", quoted(name) + " is one");
      }
      give({name, a, base_values_[static_cast<std::size_t>(target - base_.parameters.data())]}, axis.target_item);
    }
    if (target == nullptr) return;
    type = axis.target == Target::multiply ? Type::number() : target->value.type();
    const auto unit = axis.unit.empty() ? std::nullopt : model::parameter_unit(axis.unit);
    if (!axis.unit.empty() && !unit) {
      source_->add(axis.item, quoted(axis.unit) + " is no unit of a parameter");
      return;
    }
    for (const AxisValue& one : made_.points_.values[a]) {
      const Item item{one.node, axis.item.path + ".values"};
      const bool plain = unit && model::is_plain_number(one.text);
      numbers.push_back(number_of(*source_, item, plain ? model::with_unit(one.text, *unit) : one.text, *type));
      if (axis.target == Target::parameter) check_range(*source_, item, *target, numbers.back());
    }
  }

  // Of a path: numbers if all are of one type, texts otherwise.
  void free_values(std::size_t a) {
    auto& numbers = made_.numbers_[a];
    std::optional<Type> common;
    bool all = !made_.file_.axes[a].cases;
    for (const AxisValue& one : made_.points_.values[a]) {
      numbers.push_back(no_number);
      if (!all) continue;
      const auto parsed = expression::parse(one.text, {}, std::nullopt, model::parameters_only);
      const auto* found = std::get_if<Expression>(&parsed);
      all = found != nullptr && found->type().kind != Type::Kind::category &&
            (!common || model::same_type(*common, found->type()));
      if (!all) continue;
      common = found->type();
      numbers.back() = expression::compile(*found, {}, 0).value;
    }
    if (all) {
      made_.types_[a] = common;
    } else {
      std::fill(numbers.begin(), numbers.end(), no_number);
    }
  }

  void exclude() {
    expression::Scope scope;
    for (std::size_t a = 0; a < made_.file_.axes.size(); ++a) {
      std::vector<std::string> levels;
      for (const AxisValue& one : made_.points_.values[a]) levels.push_back(one.text);
      scope.parameters.push_back(
          {made_.file_.axes[a].name, made_.types_[a].value_or(model::category_of(std::move(levels)))});
    }
    std::vector<Expression> rules;
    for (const Item& item : made_.file_.exclude) {
      const auto text = source_->text(item);
      if (!text) continue;
      auto parsed = expression::parse(*text, scope, Type::boolean(), axes_only);
      if (auto* found = std::get_if<Expression>(&parsed)) {
        rules.push_back(std::move(*found));
        continue;
      }
      for (const auto& one : std::get<std::vector<expression::ExpressionProblem>>(parsed)) {
        source_->add_at_offset(item, one.offset, one.problem, one.why, one.hint);
      }
    }
    if (rules.empty() || !problems_.ok()) return;
    drop(rules);
  }

  void drop(const std::vector<Expression>& rules) {
    Points& points = made_.points_;
    const std::size_t axes = points.axes(), size = points.size();
    std::size_t kept = 0;
    std::vector<double> values(axes);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t a = 0; a < axes; ++a) {
        const std::int32_t index = points.of(i)[a];
        values[a] = made_.types_[a] ? made_.number(a, index) : index;
      }
      const auto holds = [&](const Expression& one) { return expression::compile(one, values, 0).value != 0; };
      if (std::any_of(rules.begin(), rules.end(), holds)) continue;
      std::copy_n(points.of(i), axes, points.index.data() + kept++ * axes);
    }
    points.index.resize(kept * axes);
    if (kept == 0) source_->add(made_.file_.exclude.front(), "every scenario is excluded");
  }

  // The model's own value of each given parameter; NaN where it is derived from others.
  void find_own_values() {
    for (const Given& given : made_.given_) {
      own_.push_back(no_number);
      for (std::size_t p = 0; p < base_.parameters.size(); ++p) {
        const model::Parameter& one = base_.parameters[p];
        if (one.name == given.parameter && one.value.parameters_used().empty()) own_.back() = base_values_[p];
      }
    }
  }

  [[nodiscard]] std::string content(std::size_t scenario) const {
    std::vector<std::string> lines;
    const std::vector<double> values = made_.values(scenario);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == own_[i]) continue;
      lines.push_back("parameter " + made_.given_[i].parameter + " " + number_text(values[i]));
    }
    for (const std::size_t a : made_.path_axes_) {
      std::string line = "path " + made_.file_.axes[a].path + " ";
      config::Node node = *made_.points_.value(scenario, a).node;
      node.key.clear();
      flatten(node, line);
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  void identify() {
    find_own_values();
    std::unordered_map<ScenarioKey, std::size_t> known;
    const std::size_t size = made_.points_.size();
    known.reserve(size);
    for (std::size_t i = 0; i < size && problems_.size() < 20; ++i) {
      const std::string text = content(i);
      const ScenarioKey key = key_of(text);
      made_.ids_.push_back(key);
      const auto [place, fresh] = known.try_emplace(key, i);
      if (fresh) continue;
      const bool same = content(place->second) == text;
      source_->add(source_->root(),
                   "scenarios " + std::to_string(place->second + 1) + " and " + std::to_string(i + 1) +
                       (same ? " are the same" : " have the same id " + id_text(key) + " by chance"),
                   made_.words(place->second) + "; " + made_.words(i), same ? "" : "change a value a little");
    }
  }

  const model::Model& base_;
  Diagnostics& problems_;
  const config::Source* source_ = nullptr;
  std::vector<double> base_values_, own_;
  Scenarios made_;
};

std::optional<Scenarios> Scenarios::make(SweepFile file, Points points, const model::Model& base,
                                         Diagnostics& problems) {
  Diagnostics own;
  Scenarios made = ScenarioMaker(std::move(file), std::move(points), base, own).run();
  for (const Problem& one : own.problems()) problems.add(one);
  return own.ok() ? std::optional(std::move(made)) : std::nullopt;
}

}  // namespace sojourn::sweep
