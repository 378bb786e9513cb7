// Random attributes: drawn in every way, from rows of a file, or set on the way; and the files that models read.
#include <cmath>

#include "base/number_text.hpp"
#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

Term draw(std::string text, std::vector<Term> parts, std::string simplest = {}) {
  return {Sort::draw, std::move(text), std::move(parts), {}, std::move(simplest)};
}

// Draws of one attribute, which all have its sort.
class Draws {
 public:
  Draws(Making& making, const Attribute& attribute) : m_(making), dice_(making.dice), attribute_(attribute) {}

  // Levels are known by the last case, which draws them all.
  Term run(bool last) {
    if (attribute_.sort == Sort::boolean) return boolean();
    if (attribute_.sort == Sort::category) return category(last);
    time_ = attribute_.sort == Sort::time;
    using Make = Term (Draws::*)();
    std::vector<Make> can{&Draws::uniform, &Draws::lognormal,  &Draws::gamma, &Draws::exponential,
                          &Draws::weibull, &Draws::triangular, &Draws::normal};
    if (!time_)
      for (const Make one : {&Draws::logit_normal, &Draws::beta, &Draws::poisson, &Draws::negative_binomial})
        can.push_back(one);
    can.push_back(&Draws::value);
    Term made = (this->*dice_.pick(can))();
    made.simplest = time_ ? "value: 1 year" : "value: 1";
    return made;
  }

 private:
  Term value() {
    if (time_) return draw("value: $", {m_.time(at_the_start)});
    return draw("value: $", {m_.bounded(at_the_start)});
  }
  Term boolean() {
    if (dice_.chance(0.25)) return draw("value: $", {m_.boolean(at_the_start)}, "probability: 0.5");
    return draw("probability: $", {m_.probability(at_the_start)}, "probability: 0.5");
  }
  Term category(bool last) {
    std::string simplest = "categorical: {", text = simplest;
    std::vector<Term> weights;
    for (std::size_t l = 0; l < attribute_.levels.size(); ++l) {
      const std::string& level = attribute_.levels[l];
      const std::string comma = l == 0 ? "" : ", ";
      simplest += comma + level + ": 1";
      text += comma + level + ": $";
      weights.push_back(l > 0 && dice_.chance(0.1) ? number_term(0) : m_.ratio(at_the_start));
    }
    if (!last && dice_.chance(0.6)) return draw("value: $", {m_.level(attribute_, at_the_start)}, simplest + "}");
    return draw(text + "}", weights, simplest + "}");
  }
  Term uniform() { return draw("uniform: {min: $, max: $}", {size(0.1), size(3)}); }
  Term triangular() { return draw("triangular: {min: $, mode: $, max: $}", {size(0.1), size(1), size(4)}); }
  Term normal() {
    const Term mean = time_ ? time_term(2) : Term{Sort::number, "max(-2, min(2, $))", {m_.number(at_the_start)}};
    return truncated("normal: {mean: $, sd: $", {mean, size(dice_.between(0.5, 1.5))}, -0.5, 1.5);
  }
  Term lognormal() { return truncated("lognormal: {median: $, sdlog: $", {positive(), m_.about(0.5)}, 0.2, 4); }
  Term logit_normal() {
    return truncated("logit_normal: {median: $, sd: $", {m_.probability(at_the_start, 0.9), m_.about(0.8)}, 0.1, 0.95);
  }
  Term beta() {
    if (dice_.chance(0.5))
      return truncated("beta: {mean: $, sd: $",
                       {number_term(dice_.between(0.3, 0.6)), number_term(dice_.between(0.1, 0.3))}, 0.15, 0.8);
    return truncated("beta: {shape1: $, shape2: $", {m_.ratio(at_the_start), m_.about(2)}, 0.15, 0.8);
  }
  Term gamma() { return truncated("gamma: {mean: $, shape: $", {positive(), m_.about(1.5)}, 0.2, 4); }
  Term exponential() { return truncated("exponential: {mean: $", {positive()}, 0.2, 4); }
  Term weibull() { return truncated("weibull: {shape: $, scale: $", {m_.about(1.2), positive()}, 0.2, 4); }
  Term poisson() { return truncated("poisson: {mean: $", {m_.ratio(at_the_start)}, 1, 6); }
  Term negative_binomial() {
    return truncated("negative_binomial: {mean: $, dispersion: $", {m_.ratio(at_the_start), m_.about(0.5)}, 1, 6);
  }

  // A number, or a time of so many years.
  [[nodiscard]] Term size(double value) const { return time_ ? time_term(value) : number_term(value); }
  Term positive() { return time_ ? m_.constant_time(dice_.between(0.5, 3)) : m_.ratio(at_the_start); }
  Term truncated(std::string text, std::vector<Term> parts, double low, double high) {
    if (dice_.chance(0.2)) {
      text += ", min: $";
      parts.push_back(size(low));
    }
    if (dice_.chance(0.2)) {
      text += ", max: $";
      parts.push_back(size(high));
    }
    return draw(text + "}", std::move(parts));
  }

  Making& m_;
  Dice& dice_;
  const Attribute& attribute_;
  bool time_ = false;
};

std::string life_table(bool by_year, bool by_sex) {
  std::string text = std::string(by_year ? "year," : "") + "age," + (by_sex ? "sex," : "") + "rate\n";
  for (int year = 2018; year < (by_year ? 2024 : 2019); ++year) {
    for (int age = 0; age <= 66; ++age) {
      for (int sex = 0; sex < (by_sex ? 2 : 1); ++sex) {
        const double rate = 0.0008 * std::exp(0.09 * age) * (1 + 0.5 * sex) * (1 - 0.05 * (year - 2018));
        text += (by_year ? std::to_string(year) + "," : "") + std::to_string(age) +
                (by_sex ? sex == 0 ? ",female" : ",male" : "") + "," + number_to(rate, 4) + "\n";
      }
    }
  }
  return text;
}

}  // namespace

void Making::attributes() {
  const bool rows = dice.chance(0.3);
  const auto add = [&](std::string name, Sort sort, std::vector<std::string> levels, std::string column,
                       std::optional<Term> initial) -> Attribute& {
    Attribute made;
    made.name = std::move(name);
    made.sort = sort;
    made.levels = std::move(levels);
    made.column = std::move(column);
    made.initial = std::move(initial);
    draft.attributes.push_back(std::move(made));
    return draft.attributes.back();
  };
  const auto of_rows = [&](const char* name, Sort sort, std::vector<std::string> levels, const char* column) {
    if (dice.chance(0.6)) add(name, sort, std::move(levels), column, std::nullopt);
  };
  if (rows) {
    draft.rows = dice.one_of<std::string>({"", ", pick: in_order", ", weight: w"});
    of_rows("age", Sort::time, {}, "years");
    of_rows("sex", Sort::category, {"female", "male"}, "{levels: [female, male]}");
    of_rows("r0", Sort::number, {}, "number");
    of_rows("r1", Sort::boolean, {}, "boolean");
    of_rows("r2", Sort::time, {}, "{column: \"time (m)\", unit: months}");
    of_rows("r3", Sort::number, {"0", "1", "2"}, "{levels: [0, 1, 2]}");
    if (draft.attributes.empty()) draft.rows.clear();
  }
  const auto drawn = [&](const std::string& name, Sort sort, std::vector<std::string> levels, std::vector<Case> cases) {
    add(name, sort, std::move(levels), "", std::nullopt).cases = std::move(cases);
  };
  if (attribute("age") == nullptr && dice.chance(0.6)) {
    drawn("age", Sort::time, {},
          {{std::nullopt, dice.chance(0.5) ? draw("value: $", {time_term(dice.one_of({40.0, 50.0}))}, "value: 50 years")
                                           : draw("uniform: {min: $, max: $}", {time_term(30), time_term(62.5)},
                                                  "value: 50 years")}});
  }
  if (dice.chance(0.55)) {
    drawn("calendar_year", Sort::number, {},
          {{std::nullopt,
            dice.chance(0.5)
                ? draw("value: $", {number_term(2020)}, "value: 2020")
                : draw("uniform: {min: $, max: $}",
                       {number_term(careless && dice.chance(0.1) ? 996 : 2018), number_term(2021)}, "value: 2020")}});
  }
  if (attribute("sex") == nullptr && dice.chance(0.5)) {
    drawn("sex", Sort::category, {"female", "male"},
          {{std::nullopt, draw("categorical: {female: $, male: $}", {ratio(at_the_start), number_term(1)},
                               "categorical: {female: 1, male: 1}")}});
  }
  const std::size_t more = dice.from(1, 5);
  for (std::size_t a = 0; a < more; ++a) {
    Attribute one;
    one.name = "a" + std::to_string(a);
    one.sort = dice.one_of({Sort::number, Sort::number, Sort::number, Sort::time, Sort::boolean, Sort::category});
    if (one.sort == Sort::category) one.levels = {one.name + "_x", one.name + "_y", one.name + "_z"};
    if (dice.chance(0.2)) one.cases.push_back({boolean(at_the_start), Draws(*this, one).run(false)});
    one.cases.push_back({std::nullopt, Draws(*this, one).run(true)});
    draft.attributes.push_back(std::move(one));
  }
  if (dice.chance(0.35)) {
    std::vector<std::string> random;
    for (const auto& one : draft.attributes) {
      for (const auto& single : one.cases) {
        if (!single.draw.text.starts_with("value") && (random.empty() || random.back() != one.name))
          random.push_back(one.name);
      }
    }
    for (std::size_t i = 0; i + 1 < random.size() && i < 3; ++i) {
      draft.correlations.push_back(
          {random[i], random[i + 1], number_term(dice.between(0.15, 0.45) * (dice.chance(0.3) ? -1 : 1))});
    }
  }
  const std::size_t set = dice.below(5);
  for (std::size_t x = 0; x < set; ++x) {
    const std::string name = "x" + std::to_string(x);
    switch (dice.below(5)) {
      case 0:
        add(name, Sort::boolean, {}, "", Term{Sort::boolean, "false"});
        break;
      case 1:
        add(name, Sort::number, {}, "", number_term(0));
        break;
      case 2:
        add(name, Sort::time, {}, "", Term{Sort::time, "0 days"});
        break;
      case 3:
        add(name, Sort::category, {name + "_x", name + "_y", name + "_z"}, "",
            Term{Sort::category, name + "_x", {}, {}, name + "_x"});
        break;
      default:
        add(name, Sort::number, {"0", "1", "2", "3"}, "", number_term(0));
    }
  }
}

void Making::files() {
  draft.files.push_back({"life.csv", life_table(false, false)});
  draft.files.push_back({"life_by_sex.csv", life_table(false, true)});
  draft.files.push_back({"life_by_year.csv", life_table(true, false)});
  draft.files.push_back({"life_by_year_by_sex.csv", life_table(true, true)});
  draft.files.push_back({"curve.csv", "time,survival\n3,0.9\n6,0.8\n12,0.7\n18,0.7\n24,0.5\n36,0.35\n"});
  std::string rows = "id,age,sex,r0,r1,time (m),r3,w\n";
  for (std::size_t r = 0, n = dice.from(5, 40); r < n; ++r) {
    rows += std::to_string(r) + "," + number_to(dice.between(30, 60), dice.chance(0.5) ? 2 : 5) + "," +
            dice.one_of<std::string>({"female", "male"}) + "," + number_to(dice.between(-1, 3), 3) + "," +
            dice.one_of<std::string>({"true", "false", "1", "0"}) + "," + number_to(dice.between(0, 40), 3) + "," +
            std::to_string(dice.below(3)) + "," + number_to(dice.between(0.1, 2), 3) + "\n";
  }
  draft.files.push_back({"patients.csv", rows});
}

}  // namespace sojourn::engine::testing
