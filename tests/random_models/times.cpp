// Random distributions of time to event: every family in every form, such that what they say happens within a life.
#include <algorithm>
#include <cmath>
#include <utility>

#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

Term family(std::string text, std::vector<Term> parts = {}, std::vector<std::string> names = {}) {
  return {Sort::distribution, std::move(text), std::move(parts), std::move(names), {}};
}

std::string places_for(std::size_t n) {
  std::string text = "[$";
  for (std::size_t i = 1; i < n; ++i) text += ", $";
  return text + "]";
}

void add(std::vector<Term>& to, const std::vector<Term>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

// One distribution for a span of a clock.
class Times {
 public:
  Times(Making& making, Span span, bool part) : m_(making), dice_(making.dice), span_(span), part_(part) {
    age_ = span.kind == Span::Kind::age;
    calendar_ = span.kind == Span::Kind::calendar;
    middle_ = age_        ? dice_.between(45, 70)
              : calendar_ ? dice_.between(2020.5, 2023)
                          : dice_.between(repeated() ? 1.5 : 0.5, 4);
  }

  Term run() {
    using Make = Term (Times::*)();
    std::vector<Make> can{&Times::exponential, &Times::weibull, &Times::gompertz, &Times::lognormal, &Times::gamma,
                          &Times::piecewise,   &Times::curve,   &Times::never,    &Times::mixture,   &Times::truncated};
    if (!calendar_) {
      for (const Make one : {&Times::weibull_ph, &Times::loglogistic, &Times::generalized_gamma, &Times::generalized_f,
                             &Times::spline, &Times::spline})
        can.push_back(one);
    }
    if (!span_.endless) can.push_back(&Times::uniform);
    if (!part_) {
      if (!span_.endless) can.push_back(&Times::fixed);
      if (!span_.endless && !age_) can.push_back(&Times::fixed);
      can.insert(can.end(), 2, &Times::cure);
      if (age_) can.insert(can.end(), 9, &Times::life_table);
    }
    return (this->*dice_.pick(can))();
  }

  static constexpr bool has_place_in_time(Span::Kind kind) { return kind == Span::Kind::usual; }

 private:
  // What happens again and again on a clock that goes on must not do so faster and faster.
  [[nodiscard]] bool repeated() const { return span_.endless && !age_ && !calendar_; }
  double grid(double from) { return from + 0.5 * static_cast<double>(dice_.from(1, 6)); }
  // Where the times of interest begin, on the clock.
  double begin() {
    return age_ ? dice_.one_of({35.0, 40.0, 45.0}) : calendar_ ? dice_.one_of({2020.0, 2020.5, 2021.0}) : 0;
  }
  Term middle() { return calendar_ || age_ ? time_term(middle_) : m_.constant_time(middle_); }
  std::vector<double> rising(double from, std::size_t n) {
    std::vector<double> times;
    for (std::size_t i = 0; i < n; ++i)
      times.push_back(from +=
                      dice_.chance(0.8) ? 0.5 * static_cast<double>(dice_.from(1, 3)) : dice_.between(0.1, 1.5));
    return times;
  }
  static std::vector<Term> terms(const std::vector<double>& times) {
    std::vector<Term> made;
    for (const double t : times) made.push_back(time_term(t));
    return made;
  }

  Term exponential() {
    switch (dice_.below(4)) {
      case 0:
        return family("exponential: {rate: $}", {m_.rate_about(0.4)});
      case 1:
        return family("exponential: {mean: $}", {m_.time_about(2.5)});
      case 2:
        return family("exponential: {median: $}", {m_.time_about(2)});
      default:
        return family("exponential: {probability: $, within: $}",
                      {number_term(dice_.between(0.1, 0.7)), m_.time_about(1.5)});
    }
  }
  Term weibull() {
    if (calendar_) return family("weibull: {shape: $, scale: $}", {number_term(1.1), time_term(dice_.between(10, 40))});
    const Term shape = age_ ? m_.about(5) : m_.constant(dice_.between(0.5, repeated() ? 1.5 : 3));
    return family(dice_.chance(0.5) ? "weibull: {shape: $, scale: $}" : "weibull: {shape: $, median: $}",
                  {shape, middle()});
  }
  Term weibull_ph() {
    const double shape = age_ ? dice_.between(4, 6) : dice_.between(0.6, repeated() ? 1.5 : 2.5);
    return family("weibull_ph: {shape: $, scale: $, unit: years}",
                  {number_term(shape), m_.constant(std::pow(middle_, -shape))});
  }
  Term gompertz() {
    if (age_) return family("gompertz: {shape: $, rate: $}", {m_.rate_about(0.07), m_.rate_about(0.002)});
    if (calendar_) return family("gompertz: {shape: $, rate: $}", {rate_term(0.002), m_.rate_about(0.007)});
    return family("gompertz: {shape: $, rate: $}",
                  {m_.constant_rate(dice_.between(-0.6, repeated() ? 0.05 : 0.2)), m_.rate_about(0.3)});
  }
  Term lognormal() {
    const Term sdlog = number_term(calendar_ ? 0.001 : age_ ? 0.25 : dice_.between(0.3, 1.3));
    switch (dice_.below(calendar_ ? 2 : 3)) {
      case 0:
        return family("lognormal: {median: $, sdlog: $}", {middle(), sdlog});
      case 1:
        return family("lognormal: {mean: $, sdlog: $}", {middle(), sdlog});
      default:
        return family("lognormal: {meanlog: $, sdlog: $, unit: months}", {number_term(std::log(12 * middle_)), sdlog});
    }
  }
  Term loglogistic() {
    return family(dice_.chance(0.5) ? "loglogistic: {shape: $, scale: $}" : "loglogistic: {shape: $, median: $}",
                  {age_ ? m_.about(7) : m_.about(1.8), middle()});
  }
  Term gamma() {
    if (age_ || calendar_) return family("gamma: {shape: $, rate: $}", {m_.about(age_ ? 18 : 2), m_.rate_about(0.35)});
    const double shape = dice_.between(0.5, 4);
    if (dice_.chance(0.5)) return family("gamma: {shape: $, mean: $}", {m_.constant(shape), middle()});
    return family("gamma: {shape: $, rate: $}", {m_.constant(shape), m_.constant_rate(shape / middle_)});
  }
  Term generalized_gamma() {
    const double q = dice_.chance(0.1) ? 0 : dice_.between(-1.2, 1.6);
    return family("generalized_gamma: {mu: $, sigma: $, Q: $, unit: years}", {number_term(std::log(middle_)),
                                                                              m_.about(age_         ? 0.25
                                                                                       : repeated() ? 1.2
                                                                                                    : 0.8),
                                                                              number_term(q)});
  }
  Term generalized_f() {
    const double p = dice_.chance(0.1) ? 0 : dice_.between(0.1, 1.5);
    return family("generalized_f: {mu: $, sigma: $, Q: $, P: $, unit: years}",
                  {number_term(std::log(middle_)),
                   m_.about(age_         ? 0.25
                            : repeated() ? 1.2
                                         : 0.8),
                   number_term(dice_.between(-0.8, 1)), number_term(p)});
  }
  // Rising, whatever chance says: the curved parts are small beside the slope.
  Term spline() {
    const bool log_time = dice_.chance(0.6);
    const std::size_t knots = dice_.from(2, 4);
    const double slope = log_time ? (age_ ? 4 : dice_.between(0.9, 1.8)) : (age_ ? 0.08 : dice_.between(0.1, 0.25));
    const double center = log_time ? std::log(middle_) : middle_;
    const double half = log_time ? 1.5 : 0.45 * middle_;
    std::vector<Term> gamma{number_term(-slope * center - (log_time ? 0 : 1)), number_term(slope)}, at;
    for (std::size_t k = 2; k < knots; ++k) {
      gamma.push_back(number_term(slope * dice_.between(-0.03, 0.05) / (half * half)));
    }
    for (std::size_t k = 0; k < knots; ++k) {
      at.push_back(number_term(center - half + 2 * half * static_cast<double>(k) / static_cast<double>(knots - 1)));
    }
    std::vector<Term> parts = gamma;
    add(parts, at);
    return family("royston_parmar: {gamma: " + places_for(knots) + ", knots: " + places_for(knots) +
                      ", scale: " + dice_.one_of<std::string>({"hazard", "odds", "normal"}) +
                      ", timescale: " + (log_time ? "log" : "identity") + ", unit: years}",
                  parts);
  }
  Term piecewise() {
    const std::size_t n = dice_.from(1, 3);
    const bool early = calendar_ || dice_.chance(0.5);
    std::vector<double> times = rising(begin(), n);
    times.insert(times.begin(), calendar_ ? 2000 : 0);
    std::vector<Term> parts = terms(times);
    for (std::size_t i = 0; i <= n; ++i)
      parts.push_back(dice_.chance(0.15) && !(early && i == n) ? rate_term(0) : m_.rate_about(0.5));
    return family("piecewise_exponential: {time: " + places_for(n + 1) + ", rate: " + places_for(n + 1) + "}", parts);
  }
  Term curve() {
    const bool joined = part_ || dice_.chance(0.4);
    const std::string way = joined ? ", interpolate: hazard" : "";
    std::vector<Term> parts;
    std::string text = "tabulated: {";
    if (dice_.chance(0.3) && !age_ && !calendar_) {
      text += "file: curve.csv, unit: months";
    } else {
      const std::size_t n = dice_.from(2, 5);
      parts = terms(rising(begin(), n));
      double survival = 1;
      for (std::size_t i = 0; i < n; ++i) {
        if (!dice_.chance(0.1)) survival *= dice_.between(0.5, 0.95);
        const bool none_left = i + 1 == n && !joined && !span_.endless && dice_.chance(0.2);
        parts.push_back(number_term(none_left ? 0 : survival));
      }
      text += "times: " + places_for(n) + ", survival: " + places_for(n);
    }
    const std::size_t beyond = dice_.below(3);
    if (beyond == 2) parts.push_back(m_.rate_about(0.3));
    return family(text + way + ", beyond: " +
                      (beyond == 0   ? "never"
                       : beyond == 1 ? "hold_hazard"
                                     : "{exponential: {rate: $}}") +
                      "}",
                  parts);
  }
  Term never() { return dice_.chance(0.35) ? family("never: {}") : exponential(); }
  Term uniform() {
    const double low = dice_.chance(0.3) && !calendar_ ? 0 : grid(begin());
    return family("uniform: {min: $, max: $}", {time_term(low), time_term(grid(low))});
  }
  Term fixed() {
    const double time = !span_.takes_time && !age_ && !calendar_ && dice_.chance(0.1) ? 0
                        : dice_.chance(0.75)                                          ? grid(begin())
                                             : begin() + dice_.between(0.05, 4);
    const Term at = time_term(time);
    if (dice_.chance(span_.never_past ? 0.5 : m_.careless ? 0.3 : 0)) return family("fixed: $", {at});
    return family(dice_.chance(0.5) ? "fixed: {time: $, if_past: now}" : "fixed: {time: $, if_past: never}", {at});
  }
  Term part() { return Times(m_, span_, true).run(); }
  Term mixture() {
    if (part_ && dice_.chance(0.7)) return exponential();
    const std::size_t n = dice_.from(2, 3);
    std::vector<Term> parts;
    std::string text;
    for (std::size_t i = 0; i < n; ++i) {
      add(parts, {m_.about(dice_.between(0.2, 2)), i == 0 && dice_.chance(0.2) ? family("never: {}") : part()});
      text += (i == 0 ? "" : ", ") + std::string("{weight: $, $}");
    }
    return family("mixture: [" + text + "]", parts);
  }
  // Of what has some probability between any two of these times.
  Term truncated() {
    if (part_ && dice_.chance(0.7)) return exponential();
    const double from = grid(begin()) - 0.5, to = from + 1 + 0.5 * static_cast<double>(dice_.below(6));
    using Make = Term (Times::*)();
    const Term of = (this->*dice_.pick(std::vector<Make>{&Times::exponential, &Times::weibull, &Times::lognormal,
                                                         &Times::gamma, &Times::gompertz}))();
    if (span_.endless || dice_.chance(0.2)) return family("truncated: {min: $, $}", {time_term(from), of});
    if (dice_.chance(0.3)) return family("truncated: {max: $, $}", {time_term(to), of});
    return family("truncated: {min: $, max: $, $}", {time_term(from), time_term(to), of});
  }
  Term cure() {
    Term uncured = Times(m_, span_, true).run();
    const bool table = age_ && dice_.chance(0.15);
    if (table) uncured = life_table();
    const bool scales = !uncured.text.starts_with("uniform");
    const View view = dice_.chance(0.6) ? in_a_hazard : parameters_only;
    std::vector<Term> parts{m_.probability(view)};
    std::string text = "cure: {fraction: $, ";
    if (dice_.chance(0.5)) {
      text += "odds_ratio: $, ";
      parts.push_back(m_.ratio(view));
    }
    text += "uncured: {$";
    parts.push_back(uncured);
    if (scales && dice_.chance(0.5)) {
      text += ", hazard_ratio: $";
      parts.push_back(m_.ratio(view));
    }
    return family(text + "}}", parts);
  }
  Term life_table() {
    std::vector<std::string> names{"age"};
    std::string by;
    if (m_.attribute("sex") != nullptr && dice_.chance(0.6)) {
      by = ", by: sex";
      names.emplace_back("sex");
    }
    const bool by_year = m_.attribute("calendar_year") != nullptr && dice_.chance(0.7);
    if (by_year) names.emplace_back("calendar_year");
    const std::string file = std::string("life") + (by_year ? "_by_year" : "") + (by.empty() ? "" : "_by_sex") + ".csv";
    const std::string beyond = span_.endless || dice_.chance(0.4) ? "hold" : "die";
    const std::string years =
        by_year ? std::string(", other_years: ") + (m_.careless && dice_.chance(0.5) ? "error" : "hold") : "";
    return family("life_table: {file: " + file + by + ", beyond: " + beyond + years + "}", {}, names);
  }

  Making& m_;
  Dice& dice_;
  Span span_;
  bool part_, age_ = false, calendar_ = false;
  double middle_ = 1;
};

}  // namespace

Term Making::distribution(Span span, bool part) {
  return Times(*this, span, part).run();
}

}  // namespace sojourn::engine::testing
