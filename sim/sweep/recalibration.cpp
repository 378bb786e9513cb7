#include "sweep/recalibration.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>

#include "analysis/experiment.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "sweep/figure_check.hpp"
#include "sweep/numbers.hpp"
#include "sweep/quantities.hpp"
#include "sweep/shapes.hpp"

namespace sojourn::sweep {

namespace {

constexpr int rules = 2;  // one more whenever other numbers may be found, or are kept in another form

using config::Fields;
using config::Item;
using config::Source;
using expression::Type;

class RecalibrationReader {
 public:
  RecalibrationReader(const Source& source, const SweepFile& file, const model::Model& model)
      : source_(source), file_(file), model_(model) {}

  Recalibration run() {
    targets();
    for (const Item& one : source_.children(file_.recalibrate)) unknown(one);
    check_counts();
    return std::move(made_);
  }

 private:
  void targets() {
    made_.patients = file_.recalibrate ? shapes::patients_to_solve : shapes::patients_to_look;
    made_.strategy = standard_strategy();
    if (!file_.targets) return figures_of_model();
    const Fields fields(source_, file_.targets, shapes::targets);
    if (!fields.ok()) return;
    if (const auto name = source_.text(fields["strategy"])) strategy(*name, fields["strategy"]);
    made_.patients = fields.whole_number("patients").value_or(made_.patients);
    if (!fields.has("figures")) return figures_of_model();
    for (const Item& one : source_.children(fields["figures"])) {
      one.is(config::Node::Kind::mapping) ? figure(one) : figures_of(one);
    }
  }

  // Of a sweep that names none that is known nothing is to be said here: checking the scenarios does.
  [[nodiscard]] std::string standard_strategy() const {
    try {
      return model_.strategies[analysis::choose_strategies(model_, file_.strategies).reference.index()].name;
    } catch (const InputError&) {
      return model_.strategies.empty() ? "" : model_.strategies[model_.reference_strategy().index()].name;
    }
  }

  void strategy(const std::string& name, const Item& item) {
    if (find_named(source_, item, "strategy", model_.strategies, name) != nullptr) made_.strategy = name;
  }

  void figures_of_model() {
    for (const model::Outcome& one : model_.outcomes) figures_of(one);
    if (!made_.any() && file_.targets) {
      source_.add(file_.targets, "the model has no targets", "", "say under `figures` what is wanted");
    }
  }

  void figures_of(const model::Outcome& outcome) {
    for (const model::Target& one : outcome.targets) add(outcome, one, {}, {});
  }

  [[nodiscard]] const model::Outcome* outcome(const Item& item) const {
    const auto name = source_.text(item);
    return name ? find_named(source_, item, "outcome", model_.outcomes, *name) : nullptr;
  }

  void figures_of(const Item& item) {
    const model::Outcome* const found = outcome(item);
    if (found == nullptr) return;
    if (found->targets.empty()) {
      source_.add(item, "the outcome " + quoted(found->name) + " has no targets in the model", "",
                  "say what is wanted: {outcome: " + found->name + ", value: ..., tolerance: ...}");
    }
    figures_of(*found);
  }

  void add(const model::Outcome& outcome, const model::Target& target, std::optional<double> value,
           std::optional<double> tolerance, const Item& item = {}) {
    Figure made{name_part(outcome.name), outcome.name, {}, target.at, target.level, value, tolerance, target.source};
    if (!target.level.empty()) made.name += "." + name_part(target.level);
    if (target.at > 0) made.name += "." + time_part(target.at);
    keep(std::move(made), item);
  }

  void keep(Figure made, const Item& item) {
    for (const Figure& other : made_.figures) {
      if (other.name != made.name) continue;
      const Item& place = item ? item : file_.targets;
      if (place) source_.add(place, "the figure " + quoted(made.name) + " is there twice");
      return;
    }
    made_.figures.push_back(std::move(made));
  }

  void figure(const Item& item) {
    const Fields fields(source_, item, shapes::figure);
    if (!fields.ok()) return;
    const auto written = fields.written(shapes::subjects);
    if (written.size() != 1) {
      return source_.add(item, "a figure is of one of " + config::alternatives(shapes::subjects));
    }
    for (const std::string_view key : {"at", "group", "level"}) {
      if (!fields.out_of_place(key)) continue;
      source_.add(item, "`" + std::string(key) + "` has no meaning here", "a parameter has one value");
    }
    written.front() == "parameter" ? of_parameter(fields) : of_outcome(fields);
  }

  std::optional<double> number(const Item& item, const Type& type) {
    const auto text = source_.text(item);
    if (!text || !source_.plain_value(item)) return std::nullopt;
    const double found = number_of(source_, item, *text, type);
    return std::isnan(found) ? std::nullopt : std::optional(found);
  }

  std::optional<double> tolerance(const Fields& fields, const Type& type) {
    const auto found = number(fields["tolerance"], type);
    if (found && !(*found > 0)) source_.add(fields["tolerance"], "a tolerance is more than 0");
    return found;
  }

  void of_outcome(const Fields& fields) {
    const model::Outcome* const found = outcome(fields["outcome"]);
    if (found == nullptr) return;
    const auto value = number(fields["value"], Type::number()), near = tolerance(fields, Type::number());
    if (value && !fields.has("tolerance")) {
      return source_.add(fields.item(), "`tolerance` is missing", "how far from the value is near enough?");
    }
    const auto at = number(fields["at"], Type::number(1));
    const auto level = source_.text(fields[fields.has("group") ? "group" : "level"]);
    if (!check_level(source_, fields, model_, *found)) return;
    if (value) {
      check_value(source_, fields["value"], *found, *value);
      if (!found->at.empty() && std::find(found->at.begin(), found->at.end(), at.value_or(-1)) == found->at.end()) {
        return source_.add(at ? fields["at"] : fields.item(),
                           at ? "the outcome is not computed at this time" : "`at` is missing in a figure",
                           "one of the times of " + quoted(found->name));
      }
      return add(*found, {at.value_or(0), level.value_or(""), 0, 0, ""}, value, near, fields.item());
    }
    bool any = false;
    for (const model::Target& one : found->targets) {
      if ((at && *at != one.at) || (level && *level != one.level)) continue;
      add(*found, one, {}, near, fields.item());
      any = true;
    }
    if (any) return;
    source_.add(fields.item(), "the model has no such target of " + quoted(found->name), "",
                "say what is wanted: `value` and `tolerance`");
  }

  void of_parameter(const Fields& fields) {
    const auto name = source_.text(fields["parameter"]);
    if (!name) return;
    const auto* const found = find_named(source_, fields["parameter"], "parameter", model_.parameters, *name);
    if (found == nullptr) return;
    for (const char* key : {"value", "tolerance"}) {
      if (!fields.has(key)) return source_.add(fields.item(), "`" + std::string(key) + "` is missing");
    }
    const Type& type = found->value.type();
    const auto value = number(fields["value"], type), near = tolerance(fields, type);
    keep({*name, "", id_of(*found), 0, "", value, near, ""}, fields.item());
  }

  [[nodiscard]] ParameterId id_of(const model::Parameter& one) const {
    return make_id<ParameterId>(static_cast<std::size_t>(&one - model_.parameters.data()));
  }

  void unknown(const Item& item) {
    const Fields fields(source_, item, shapes::unknown);
    const auto* const found = find_named(source_, item, "parameter", model_.parameters, item.key());
    if (found == nullptr || !fields.ok()) return;
    if (found->name == "scenario" || found->name == "evaluations" || found->name == "ended") {
      return source_.add(item, quoted(found->name) + " cannot be solved for", "a column of the results has this name");
    }
    const Type& type = found->value.type();
    if (type.kind != Type::Kind::number) {
      return source_.add(item, "a boolean cannot be solved for", quoted(found->name) + " is one");
    }
    const auto low = fields.has("from") ? number(fields["from"], type) : found->low,
               high = fields.has("to") ? number(fields["to"], type) : found->high;
    for (const auto& [key, bound] : {std::pair("from", low), std::pair("to", high)}) {
      if (bound && fields.has(key)) check_range(source_, fields[key], *found, *bound);
      if (bound || fields.has(key)) continue;
      source_.add(item, "`" + std::string(key) + "` is missing",
                  quoted(found->name) + " has no `range` in the model that would say it");
    }
    if (!low || !high) return;
    if (!(*low < *high)) return source_.add(item, "`to` must be more than `from`");
    made_.unknowns.push_back({found->name, unit_of(type), id_of(*found), *low, *high, item});
  }

  void check_counts() {
    if (!made_.solves()) return;
    if (!made_.any()) {
      return source_.add(file_.recalibrate, "there is nothing to solve for", "the model has no targets",
                         "say under `targets` what is wanted");
    }
    if (made_.unknowns.size() <= made_.figures.size()) return;
    source_.add(file_.recalibrate,
                std::to_string(made_.unknowns.size()) + " parameters cannot be found from " +
                    std::to_string(made_.figures.size()) + (made_.figures.size() == 1 ? " figure" : " figures"),
                "many values would do", "solve for fewer, or say near which value one is wanted");
  }

  const Source& source_;
  const SweepFile& file_;
  const model::Model& model_;
  Recalibration made_;
};

// Which NLopt solves. Compilers round a product and a sum once where the processor can, unless they are told not to, as
// we tell them; those that built NLopt for 64-bit Arm were not, and its steps end in other bits than those of x86-64.
#if defined(__x86_64__)
constexpr const char* rounding = "";
#else
constexpr const char* rounding = " with roundings of its own";
#endif

}  // namespace

std::int64_t Recalibration::evaluations() const {
  return solves() ? 10 + 4 * static_cast<std::int64_t>(unknowns.size()) : 1;
}

std::string Recalibration::text() const {
  if (!any()) return "";
  std::string text = strategy + " " + std::to_string(patients);
  const auto said = [](const std::optional<double>& one) { return one ? number_text(*one) : "own"; };
  for (const Figure& one : figures) {
    text += "\nfigure " + one.name + " " + (one.outcome.empty() ? "parameter" : "outcome") + " " + number_text(one.at) +
            " " + one.level + " " + said(one.value) + " " + said(one.tolerance);
  }
  for (const Unknown& one : unknowns) {
    text += "\nunknown " + one.parameter + " " + number_text(one.low) + " " + number_text(one.high);
  }
  text += "\nrules " + std::to_string(rules);
  if (!solves()) return text;
  int major = 0, minor = 0, fix = 0;  // another version may take other steps
  nlopt_version(&major, &minor, &fix);
  return text + "\nnlopt " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(fix) + rounding;
}

Recalibration read_recalibration(const Source& source, const SweepFile& file, const model::Model& model) {
  return RecalibrationReader(source, file, model).run();
}

}  // namespace sojourn::sweep
