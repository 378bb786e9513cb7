// Pieces of the sentences that tell a model in words.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace sojourn::model {

constexpr std::size_t listed_at_most = 60;

// "a, b, c"; of long lists the beginning and how many more there are.
template <class Things, class Name>
std::string listed(const Things& things, const Name& name, const std::string& between = ", ") {
  std::string text;
  std::size_t number = 0;
  for (const auto& one : things) {
    if (++number > listed_at_most) continue;
    if (number > 1) text += between;
    text += name(one);
  }
  if (number > listed_at_most) text += between + "and " + std::to_string(number - listed_at_most) + " more";
  return text;
}

// "28 days", "6 months", "1.5 years": the largest unit of which it is a whole number.
[[nodiscard]] std::string time_words(double years);
// In the unit of its type, with up to 4 digits: "0.6", "3 months", "0.1 per year", "true".
[[nodiscard]] std::string value_words(double value, const expression::Type& type);

class Phrases {
 public:
  explicit Phrases(const Model& model);

  [[nodiscard]] std::string mark(MarkId id) const;
  [[nodiscard]] std::string all(const std::vector<StateId>& states) const;
  [[nodiscard]] std::string time(const Expression& years) const;  // under the reference strategy
  // What expressions look at in a patient, e.g. " (mrd_positive, visited hsct)"; "" if at nothing.
  [[nodiscard]] std::string looking_at(const std::vector<const Expression*>& expressions) const;
  // Under the reference strategy; nothing if it depends on the patient.
  [[nodiscard]] std::optional<double> value(const Expression& expression) const;
  [[nodiscard]] const std::vector<double>& values() const { return values_; }  // of the parameters, there

 private:
  const Model& model_;
  std::vector<double> values_;
};

}  // namespace sojourn::model
