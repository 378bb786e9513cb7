// `time`: a family with one of its forms of parameters, read from the list in distributions, and what needs more than
// numbers: piecewise rates, life tables, fixed times, cure mixtures.
#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "base/units.hpp"
#include "model/families.hpp"
#include "model/given_times.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Node;
using distributions::Dimension;
using distributions::FamilyInfo;
using distributions::ParameterForm;

Type type_of(Dimension dimension) {
  return Type::number(dimension == Dimension::time ? 1 : dimension == Dimension::rate ? -1 : 0);
}

std::string describe(const ParameterForm& form) {
  std::string text;
  for (const auto& one : form.parameters) text += (text.empty() ? "" : ", ") + std::string(one.name);
  return "{" + text + "}";
}

// What the family stands in; some cannot be part of others.
enum class Inside : std::uint8_t { nothing, cure, another_family };

class DistributionReader {
 public:
  DistributionReader(Reading& reading, Clock::Kind clock) : reading_(reading), clock_(clock) {}

  // One entry of `item` names a family; `beside` may stand next to it.
  std::optional<Distribution> run(const Item& item, const std::vector<std::string>& beside, Inside inside) {
    if (!item.is(Node::Kind::mapping)) {
      if (item)
        reading_.source.add(item, "expected a family with its parameters, found " + config::describe(*item.node));
      return std::nullopt;
    }
    std::optional<Item> chosen;
    for (const Item& one : reading_.source.children(item)) {
      if (std::find(beside.begin(), beside.end(), one.key()) != beside.end()) continue;
      if (chosen) {
        reading_.source.add_at_key(one, "a second family beside " + quoted(chosen->key()), "a time has one", "");
        return std::nullopt;
      }
      chosen = one;
    }
    if (!chosen) {
      reading_.source.add(item, "a family is missing", "", "write e.g. {exponential: {rate: 0.1 per year}}");
      return std::nullopt;
    }
    return family(*chosen, inside);
  }

 private:
  std::optional<Distribution> family(const Item& item, Inside inside) {
    made_.at = reading_.source.at_key(item);
    if (item.key() == "cure" && inside == Inside::nothing) return cure(item);
    if (inside == Inside::another_family && !has_place(item)) return std::nullopt;
    if (inside == Inside::cure && item.key() == "fixed") {
      reading_.source.add_at_key(item, quoted("fixed") + " cannot be part of another family", "it has no hazard",
                                 "let a branch with `probabilities` decide who has the event");
      return std::nullopt;
    }
    const auto found = distributions::find_family(item.key());
    if (!found) return unknown(item);
    made_.family = *found;
    info_ = &distributions::families()[*found];
    if (item.key() == "piecewise_exponential") return piecewise_exponential(item);
    if (item.key() == "life_table") return life_table(item);
    if (item.key() == "fixed") return fixed(item);
    if (info_->given_by != distributions::GivenBy::parameters) return given(item);
    return plain(item);
  }

  std::optional<Distribution> given(const Item& item) {
    const ReadPart part = [this](const Item& one, const std::vector<std::string>& beside) {
      return DistributionReader(reading_, clock_).run(one, beside, Inside::another_family);
    };
    using distributions::GivenBy;
    if (info_->given_by == GivenBy::spline) return read_spline(reading_, item, made_);
    if (info_->given_by == GivenBy::curve) return read_curve(reading_, item, made_, part);
    if (info_->given_by == GivenBy::mixture) return read_mixture(reading_, item, made_, part);
    return read_truncated(reading_, item, made_, part);
  }

  bool has_place(const Item& item) {
    for (const std::string_view name : shapes::never_a_part) {
      if (item.key() != name) continue;
      reading_.source.add_at_key(item, quoted(name) + " cannot be part of another family", "",
                                 item.key() == "cure" ? "write the other family as its `uncured`" : "");
      return false;
    }
    return true;
  }

  std::optional<Distribution> unknown(const Item& item) {
    std::vector<std::string> known{"cure"};
    for (const auto& one : distributions::families()) known.emplace_back(one.name);
    std::string list;
    for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
    const std::string hint = did_you_mean(item.key(), known);
    reading_.source.add_at_key(item, "there is no family " + quoted(item.key()), hint.empty() ? list : "", hint);
    return std::nullopt;
  }

  // The form whose parameters are exactly those given (besides `unit`).
  const ParameterForm* form_for(const Item& item, const std::vector<Item>& given) {
    std::vector<std::string> known{"unit"};
    std::string forms;
    for (std::size_t f = 0; f < info_->forms.size(); ++f) {
      const ParameterForm& form = info_->forms[f];
      const auto in_form = [&](const Item& one) {
        return std::any_of(form.parameters.begin(), form.parameters.end(),
                           [&](const auto& p) { return p.name == one.key(); });
      };
      if (given.size() == form.parameters.size() && std::all_of(given.begin(), given.end(), in_form)) {
        made_.form = static_cast<int>(f);
        return &form;
      }
      for (const auto& one : form.parameters) known.emplace_back(one.name);
      forms += (forms.empty() ? "" : " or ") + describe(form);
    }
    bool unknown_key = false;
    for (const Item& one : given) {
      if (std::find(known.begin(), known.end(), one.key()) != known.end()) continue;
      unknown_key = true;
      reading_.source.add_at_key(one, "unknown key in " + std::string(info_->name), forms,
                                 did_you_mean(one.key(), known));
    }
    if (!unknown_key) {
      reading_.source.add_at_key(item, "these parameters do not make " + quoted(info_->name), "it takes " + forms, "");
    }
    return nullptr;
  }

  std::optional<Distribution> plain(const Item& item) {
    if (!item.is(Node::Kind::mapping)) {
      reading_.source.add(
          item, "expected the parameters of " + std::string(info_->name) + ", found " + config::describe(*item.node),
          "", info_->forms.empty() ? "" : "write " + describe(info_->forms[0]));
      return std::nullopt;
    }
    std::vector<Item> given;
    Item unit;
    for (const Item& one : reading_.source.children(item)) {
      const auto same = [&](const Item& other) { return other.key() == one.key(); };
      if (one.key() == "unit") {
        unit = one;
      } else if (std::none_of(given.begin(), given.end(), same)) {  // a second one has been reported with the tree
        given.push_back(one);
      }
    }
    const ParameterForm* form = form_for(item, given);
    if (form == nullptr) return std::nullopt;
    return parameters(item, *form, given, unit);
  }

  std::optional<Distribution> parameters(const Item& item, const ParameterForm& form, const std::vector<Item>& given,
                                         const Item& unit) {
    std::vector<Item> items;
    bool good = true;
    for (const auto& wanted : form.parameters) {
      const auto found =
          std::find_if(given.begin(), given.end(), [&](const Item& one) { return one.key() == wanted.name; });
      items.push_back(*found);
      const auto value = reading_.expression(*found, type_of(wanted.dimension), parameters_only);
      made_.values.push_back(value.value_or(Expression()));
      good = good && value;
    }
    if (!good || !in_unit(item, form, items, unit)) return std::nullopt;
    lower_rule(items, item);
    return made_;
  }

  bool in_unit(const Item& item, const ParameterForm& form, const std::vector<Item>& items, const Item& unit) {
    if (!needs_unit(*info_, form)) {
      if (unit) reading_.source.add_at_key(unit, "a unit does not belong here", "the parameters carry theirs", "");
      return !unit;
    }
    if (!unit) {
      reading_.source.add_at_key(item, "`unit` is missing in " + std::string(info_->name),
                                 "its parameters depend on the unit of time", "write e.g. `unit: years`");
      return false;
    }
    const auto word = reading_.source.text(unit);
    const auto found = word ? time_unit(*word) : std::nullopt;
    if (!found) {
      if (word) reading_.source.add(unit, quoted(*word) + " is not a unit of time", "", "days, weeks, months or years");
      return false;
    }
    if (*found == TimeUnit::year) return true;
    const std::string per_year = "(1 year / 1 " + std::string(time_unit_name(*found)) + ")";
    const bool ph = info_->name == "weibull_ph";
    const std::string text = ph ? "(" + items[1].node->text + ") * " + per_year + " ^ (" + items[0].node->text + ")"
                                : "(" + items[0].node->text + ") - log(" + per_year + ")";
    const auto value = reading_.expression(text, reading_.source.at(item), item.path, Type::number(), parameters_only);
    if (value) made_.values[ph ? 1 : 0] = *value;
    return value.has_value();
  }

  // The family itself says which values it can use.
  void lower_rule(const std::vector<Item>& items, const Item& item) {
    std::vector<const Expression*> over;
    for (const Expression& one : made_.values) over.push_back(&one);
    reading_.rule(over, [&reading = reading_, made = made_, items, item](const Values& values) {
      std::vector<double> numbers;
      for (const Expression& one : made.values) numbers.push_back(reading.value(one, values).value_or(std::nan("")));
      const auto law = distributions::lower(made.family, made.form, numbers);
      const auto* problem = std::get_if<distributions::LowerProblem>(&law);
      if (problem == nullptr) return;
      const auto which = static_cast<std::size_t>(problem->parameter);
      const Item& place = which < items.size() ? items[which] : item;
      std::string why = problem->why;
      if (!values.under.empty()) why += (why.empty() ? "" : ", ") + values.under;
      reading.source.add(place, problem->problem, why);
    });
  }

  std::optional<Distribution> fixed(const Item& item) {
    Item time = item;
    if (item.is(Node::Kind::mapping)) {
      const Fields fields(reading_.source, item, shapes::fixed_time);
      time = fields["time"];
      if (!if_past(fields["if_past"]) || !time) return std::nullopt;
    }
    const auto value = reading_.expression(time, Type::number(1), parameters_only);
    if (!value) return std::nullopt;
    made_.values.push_back(*value);
    lower_rule({time}, item);
    return made_;
  }

 public:
  bool if_past(const Item& item) {
    if (!item) return true;
    const auto text = reading_.source.text(item);
    if (!text) return false;
    made_.if_past_now = *text == "now";
    made_.if_past_never = *text == "never";
    if (made_.if_past_now || made_.if_past_never) return true;
    reading_.source.add(item, quoted(*text) + " does not say what happens", "", config::alternatives(shapes::if_past));
    return false;
  }

 private:
  std::optional<Distribution> piecewise_exponential(const Item& item) {
    const Fields fields(reading_.source, item, shapes::piecewise_exponential);
    const auto times = reading_.source.children(fields["time"]);
    const auto rates = reading_.source.children(fields["rate"]);
    if (!fields["time"] || !fields["rate"]) return std::nullopt;
    if (times.size() != rates.size() || times.empty()) {
      reading_.source.add_at_key(item, "as many times as rates are needed",
                                 counted(times.size(), "time") + ", " + counted(rates.size(), "rate"), "");
      return std::nullopt;
    }
    for (const Item& one : times)
      made_.breaks.push_back(reading_.expression(one, Type::number(1), parameters_only).value_or(Expression()));
    for (const Item& one : rates)
      made_.rates.push_back(reading_.expression(one, Type::number(-1), parameters_only).value_or(Expression()));
    const auto bad = [](const Expression& one) { return !one; };
    if (std::any_of(made_.breaks.begin(), made_.breaks.end(), bad)) return std::nullopt;
    if (std::any_of(made_.rates.begin(), made_.rates.end(), bad)) return std::nullopt;
    for (std::size_t i = 0; i < rates.size(); ++i) {
      reading_.require(made_.rates[i], rates[i], is_not_negative, "0 or more [per year]");
    }
    rising_rule(times);
    return made_;
  }

  void rising_rule(const std::vector<Item>& times) {
    std::vector<const Expression*> over;
    for (const Expression& one : made_.breaks) over.push_back(&one);
    const bool any_first = clock_ == Clock::Kind::calendar;
    reading_.rule(over, [&reading = reading_, breaks = made_.breaks, times, any_first](const Values& values) {
      double last = 0;
      for (std::size_t i = 0; i < breaks.size(); ++i) {
        const auto time = reading.value(breaks[i], values);
        if (!time) return;
        if (i == 0 && *time != 0 && !any_first)
          reading.report(times[i], values, "the first interval must begin at 0 days");
        if (i > 0 && !(*time > last)) reading.report(times[i], values, "the times must rise");
        last = *time;
      }
    });
  }

  std::optional<Distribution> life_table(const Item& item) {
    return read_life_table(reading_, item, made_) ? std::optional(made_) : std::nullopt;
  }

  std::optional<Distribution> cure(const Item& item) {
    const Fields fields(reading_.source, item, shapes::cure);
    const Item& uncured = fields["uncured"];
    const auto fraction = reading_.expression(fields["fraction"], Type::number(), at_risk_entry);
    const auto odds = reading_.expression(fields["odds_ratio"], Type::number(), at_risk_entry);
    if (fraction) reading_.require(*fraction, fields["fraction"], is_probability, "from 0 to 1");
    if (odds) reading_.require(*odds, fields["odds_ratio"], is_not_negative, "0 or more");
    Item ratio;
    for (const Item& one : reading_.source.children(uncured)) {
      if (one.key() == "hazard_ratio") ratio = one;
    }
    const auto hazard = reading_.expression(ratio, Type::number(), at_risk_entry);
    if (hazard) reading_.require(*hazard, ratio, is_not_negative, "0 or more");
    if (!uncured) return std::nullopt;
    auto made = DistributionReader(reading_, clock_).run(uncured, {"hazard_ratio"}, Inside::cure);
    if (!made || !fraction) return std::nullopt;
    if (ratio && !distributions::families()[made->family].scales) {
      reading_.source.add_at_key(ratio, "a hazard ratio cannot act on this family", "it has no hazard to multiply", "");
    }
    made->cure = Cure{*fraction, odds, hazard};
    return made;
  }

  Reading& reading_;
  Clock::Kind clock_;  // of the component
  const FamilyInfo* info_ = nullptr;
  Distribution made_;
};

}  // namespace

std::optional<Distribution> read_distribution(Reading& reading, const Item& time, Clock::Kind clock) {
  DistributionReader reader(reading, clock);
  bool good = true, fixed = false;
  Item past;
  for (const Item& one : reading.source.children(time)) {
    if (one.key() == "if_past") past = one;
    fixed = fixed || one.key() == "fixed";
  }
  if (past && fixed) good = reader.if_past(past);
  auto made =
      reader.run(time, fixed ? std::vector<std::string>{"if_past"} : std::vector<std::string>{}, Inside::nothing);
  return good ? std::move(made) : std::nullopt;
}

}  // namespace sojourn::model
