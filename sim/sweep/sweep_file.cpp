#include "sweep/sweep_file.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/elementary.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "model/names.hpp"
#include "model/parameter_unit.hpp"
#include "sweep/shapes.hpp"

namespace sojourn::sweep {

namespace {

using config::Fields;
using config::Item;
using config::Node;
using config::Source;

class SweepReader {
 public:
  explicit SweepReader(const Source& source) : source_(source) {}

  SweepFile run() {
    const Item root = source_.root();
    const auto is_version = [](const Item& one) { return one.key() == "sweep"; };
    const std::vector<Item> keys = source_.children(root);
    if (root.is(Node::Kind::mapping) && std::none_of(keys.begin(), keys.end(), is_version)) {
      source_.add(root, "`sweep` is missing", "version of the language of sweeps", "a sweep begins with `sweep: 1`");
      return std::move(made_);
    }
    const Fields fields(source_, source_.root(), shapes::sweep);
    (void)fields.whole_number("sweep");
    made_.title = source_.text(fields["title"]).value_or("");
    made_.description = source_.text(fields["description"]).value_or("");
    made_.model = source_.text(fields["model"]).value_or("");
    made_.patients = fields.whole_number("patients").value_or(0);
    made_.seed = fields.whole_number("seed").value_or(-1);
    made_.model_item = fields["model"];
    made_.strategies = names(fields["strategies"]);
    made_.strategies_item = fields["strategies"];
    made_.outcomes = names(fields["outcomes"]);
    made_.outcomes_item = fields["outcomes"];
    made_.common_random_numbers = source_.boolean(fields["common_random_numbers"]).value_or(true);
    made_.lives_a_shard = fields.whole_number("lives_a_shard").value_or(1000000);
    for (const Item& one : source_.children(fields["set"])) made_.set.emplace_back(one.key(), one);
    for (const Item& one : source_.children(fields["axes"])) axis(one);
    if (made_.axes.size() > 100) source_.add(fields["axes"], "more than 100 axes", "the limit");
    for (const Item& one : source_.children(fields["designs"])) design(one);
    made_.exclude = source_.children(fields["exclude"]);
    made_.targets = fields["targets"];
    made_.recalibrate = fields["recalibrate"];
    if (fields["resolve"]) made_.resolve = read_resolve(source_, fields["resolve"]);
    return std::move(made_);
  }

 private:
  std::vector<std::string> names(const Item& item) {
    std::vector<std::string> found;
    for (const Item& one : source_.one_or_more(item)) {
      const auto name = source_.text(one);
      if (!name) continue;
      if (std::find(found.begin(), found.end(), *name) != found.end()) {
        source_.add(one, quoted(*name) + " is named twice");
      } else {
        found.push_back(*name);
      }
    }
    return found;
  }

  void axis(const Item& item) {
    if (const auto problem = model::name_problem(item.key()); !problem.problem.empty()) {
      source_.add_at_key(item, problem.problem, problem.why, problem.hint);
    }
    if (std::find(std::begin(shapes::columns), std::end(shapes::columns), item.key()) != std::end(shapes::columns)) {
      source_.add_at_key(item, quoted(item.key()) + " cannot be the name of an axis", "a column of the results has it");
    }
    const Fields fields(source_, item, shapes::axis);
    if (!fields.ok()) return;
    Axis made;
    made.name = item.key();
    made.item = item;
    made.label = source_.text(fields["label"]).value_or(made.name);
    made.unit = source_.text(fields["unit"]).value_or("");
    target(fields, made);
    if (fields.written(shapes::ways).size() > 1) {
      source_.add(item, "values are given in two ways", config::alternatives(shapes::ways), "keep one");
    }
    for (const std::string_view key : {"cases", "from", "to", "steps", "scale", "unit"}) {
      if (fields.out_of_place(key)) source_.add(item, "`" + std::string(key) + "` has no meaning here", why_not(key));
    }
    listed(fields, made);
    if (fields["from"] && fields["to"]) span(fields, made);
    made.broken = !fields.written(shapes::ways).empty() && made.values.empty() && !made.span;
    made_.axes.push_back(std::move(made));
  }

  static std::string why_not(std::string_view key) {
    if (key == "cases") return "cases stand for values at a path";
    if (key == "unit") return "it is that of a parameter";
    return key == "from" ? "`to` is missing" : "`from` is missing";
  }

  void target(const Fields& fields, Axis& made) {
    const auto written = fields.written(shapes::changes);
    if (written.size() != 1) {
      source_.add(fields.item(), written.empty() ? "what the axis changes is not said" : "an axis changes one thing",
                  config::alternatives(shapes::changes));
    }
    if (written.empty()) return;
    made.target_item = fields[written.front()];
    if (written.front() == "path") {
      made.target = Target::path;
      made.path = source_.text(made.target_item).value_or("");
      return;
    }
    made.target = written.front() == "multiply" ? Target::multiply : Target::parameter;
    made.parameters = names(made.target_item);
  }

  void listed(const Fields& fields, Axis& made) {
    made.cases = fields.has("cases");
    std::set<std::string> seen;
    for (const Item& one : source_.children(made.cases ? fields["cases"] : fields["values"])) {
      if (made.cases) {
        if (const auto problem = model::name_problem(one.key()); !problem.problem.empty()) {
          source_.add_at_key(one, problem.problem, problem.why, problem.hint);
        }
        made.values.push_back({one.key(), one.node});
        continue;
      }
      const auto text = source_.text(one);
      if (!text || !source_.plain_value(one)) continue;
      if (text->find('\n') != std::string::npos) {
        source_.add(one, "a value of several lines", "values are told by their text", "give it a name under `cases`");
      } else if (!seen.insert(*text).second) {
        source_.add(one, "the value is there twice");
      }
      made.values.push_back({*text, one.node});
    }
  }

  void span(const Fields& fields, Axis& made) {
    Span one;
    const auto low = end(fields["from"]), high = end(fields["to"]);
    if (!low || !high) return;
    if (!(model::unit_of_number(source_.text(fields["from"]).value_or("")) ==
          model::unit_of_number(source_.text(fields["to"]).value_or("")))) {
      return source_.add(fields["to"], "`from` and `to` have different units", "", "write both in the same unit");
    }
    one.from = low->first;
    one.to = high->first;
    one.suffix = high->second;
    one.steps = fields.whole_number("steps").value_or(0);
    const auto scale = source_.text(fields["scale"]).value_or("linear");
    one.log = scale == "log";
    if (!one.log && scale != "linear") {
      source_.add(fields["scale"], quoted(scale) + " is no scale", config::alternatives(shapes::scales));
    }
    if (!(one.from < one.to)) source_.add(fields["to"], "`to` must be more than `from`");
    if (one.log && !(one.from > 0)) source_.add(fields["from"], "on a log scale numbers are more than 0");
    made.span = one;
  }

  // A number and what comes after it.
  std::optional<std::pair<double, std::string>> end(const Item& item) {
    const auto text = source_.text(item);
    if (!text || !source_.plain_value(item)) return std::nullopt;
    const std::size_t blank = std::min(text->find(' '), text->size());
    const ParsedNumber parsed = parse_number(std::string_view(*text).substr(0, blank));
    const std::string suffix = text->substr(blank);
    if (!parsed || (!suffix.empty() && !model::unit_of_number(*text))) {
      source_.add(item, "expected a number, with its unit if it has one, found " + quoted(*text), parsed.why,
                  parsed.hint);
      return std::nullopt;
    }
    return std::pair(*parsed.value, suffix);
  }

  void design(const Item& item) {
    const Fields fields(source_, item, shapes::design);
    if (!fields.ok()) return;
    const auto written = fields.written(shapes::designs);
    if (written.size() != 1) {
      source_.add(item, "a design is one of " + config::alternatives(shapes::designs));
      return;
    }
    Design made;
    made.item = item;
    made.kind =
        static_cast<Design::Kind>(std::find(std::begin(shapes::designs), std::end(shapes::designs), written.front()) -
                                  std::begin(shapes::designs));
    const Item& value = fields[written.front()];
    if (made.kind == Design::Kind::zip) {
      made.axes = axes(value);
      if (made.axes.size() == 1) source_.add(value, "one axis alone cannot be zipped");
    } else if (made.kind == Design::Kind::table) {
      made.file = source_.text(value).value_or("");
    } else {
      const bool sobol = made.kind == Design::Kind::sobol;
      const Fields drawn(source_, value, sobol ? shapes::sobol : shapes::hypercube);
      made.axes = axes(drawn["axes"]);
      made.points = drawn.whole_number("points").value_or(0);
      if (!sobol) made.seed = static_cast<std::uint32_t>(drawn.whole_number("seed").value_or(1));
    }
    made_.designs.push_back(std::move(made));
  }

  std::vector<std::size_t> axes(const Item& item) {
    std::vector<std::size_t> found;
    std::vector<std::string> known;
    for (const Axis& one : made_.axes) known.push_back(one.name);
    for (const Item& one : source_.one_or_more(item)) {
      const auto name = source_.text(one);
      if (!name) continue;
      const auto place = std::find(known.begin(), known.end(), *name);
      if (place == known.end()) {
        source_.add(one, "there is no axis " + quoted(*name), "", did_you_mean(*name, known));
      } else {
        found.push_back(static_cast<std::size_t>(place - known.begin()));
      }
    }
    return found;
  }

  const Source& source_;
  SweepFile made_;
};

}  // namespace

std::string Span::at(double u) const {
  const double exact = u <= 0   ? from
                       : u >= 1 ? to
                       : log    ? from * exp(u * sojourn::log(to / from))
                                : from + (to - from) * u;
  char digits[40];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, exact, std::chars_format::general, 12);
  const ParsedNumber rounded = parse_number(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  return number_text(error == std::errc() && rounded ? *rounded.value : exact) + suffix;
}

std::optional<SweepFile> read_sweep_file(const std::string& name, const std::string& text, Diagnostics& problems) {
  auto document = config::read_document(name, text, problems, {"a sweep begins with `sweep: 1`"});
  if (!document) return std::nullopt;
  const auto kept = std::make_shared<const config::Document>(std::move(*document));
  SweepFile made = SweepReader(Source(*kept, problems)).run();
  made.document = kept;
  return made;
}

std::string Axis::what() const {
  std::string text = path;
  for (const std::string& one : parameters) text += (text.empty() ? "" : ", ") + one;
  return text;
}

}  // namespace sojourn::sweep
