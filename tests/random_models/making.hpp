// How a random model is made, part by part. What is written where is always valid; that things happen, and some of them
// at one instant, is a matter of the numbers: times lie on a grid of half years where they can.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "random_models/dice.hpp"
#include "random_models/draft.hpp"

namespace sojourn::engine::testing {

// What an expression may look at.
struct View {
  bool attributes = true, history = true, time = true;
};
inline constexpr View parameters_only{false, false, false}, at_the_start{true, false, false},
    in_a_hazard{true, true, false}, at_an_instant{true, true, true};

// The times that matter on a clock.
struct Span {
  enum class Kind { usual, age, calendar };
  Kind kind = Kind::usual;
  bool endless = false;     // what acts again and again must not be certain by a time
  bool takes_time = false;  // nor happen at once
  bool never_past = false;  // a fixed time on it still lies ahead when the patient comes at risk
};

struct Making {
  Dice dice;
  Draft draft = {};
  bool careless = false;  // some values may be such that the run stops
  bool races = false;     // nothing happens but moves, each at the first of times that are drawn on entry

  // expressions.cpp
  Term number(View view, int depth = 2);  // finite
  Term boolean(View view, int depth = 2);
  Term time(View view, int depth = 1);        // may be infinite
  Term bounded(View view);                    // between -9 and 9
  std::optional<Term> any_number(View view);  // of an attribute, whatever it is
  Term ratio(View view);                      // positive, not far from 1
  Term probability(View view, double most = 1);
  Term level(const Attribute& attribute, View view);  // one of its levels
  // `mentioned`: names of the model that these are; `constant`: share of those that are the same for all
  Term one_of_names(const std::vector<std::string>& names, const std::vector<std::string>& mentioned, View view,
                    double constant = 0.25);
  // A constant, now and then as a parameter.
  Term constant(double value);
  Term constant_time(double years);
  Term constant_rate(double per_year);
  // With digits that do not matter.
  Term about(double value) { return constant(value * dice.between(0.7, 1.4)); }
  Term time_about(double years) { return constant_time(years * dice.between(0.7, 1.4)); }
  Term rate_about(double per_year) { return constant_rate(per_year * dice.between(0.7, 1.4)); }
  double grid_time();  // half years, up to 4

  // times.cpp
  Term distribution(Span span, bool part = false);
  // declarations.cpp
  Component component(const Declaration& owner, bool upward);
  void declarations();
  void twins();
  std::vector<Assignment> assignments();
  // cohort.cpp
  void attributes();
  // branches.cpp
  void branches();
  void strategies();
  void start();
  // make.cpp
  void states();
  void many_states();
  void files();

  [[nodiscard]] const Attribute* attribute(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> marks() const;  // states and events
  [[nodiscard]] std::vector<std::string> tags() const;
  [[nodiscard]] std::vector<std::string> living() const;  // states that are not absorbing
  Places places(const std::vector<std::string>& among);

 private:
  Term parameter(Term value);
};

// A whole model.
[[nodiscard]] rc::Gen<Draft> random_model();
// Smaller ones that can be read.
[[nodiscard]] rc::Seq<Draft> smaller(const Draft& draft);
[[nodiscard]] Draft make(const rc::Random& random);

}  // namespace sojourn::engine::testing
