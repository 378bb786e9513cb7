// What a sweep file says of the model: numbers that are meant for a parameter, and names.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/similar.hpp"
#include "config/reader.hpp"
#include "expression/expression.hpp"
#include "model/model.hpp"

namespace sojourn::sweep {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

// The number that `text` is, in years to the type's power of time; `no_number` after a report at `item`.
[[nodiscard]] double number_of(const config::Source& source, const config::Item& item, const std::string& text,
                               const expression::Type& type);
// Reports a value out of the parameter's own range.
void check_range(const config::Source& source, const config::Item& item, const model::Parameter& parameter,
                 double value);
// That of this name; null, and a report, if the model has no such `what`.
template <class One>
[[nodiscard]] const One* find_named(const config::Source& source, const config::Item& item, const char* what,
                                    const std::vector<One>& all, const std::string& name) {
  std::vector<std::string> known;
  for (const One& one : all) {
    if (one.name == name) return &one;
    known.push_back(one.name);
  }
  source.add(item, std::string("there is no ") + what + " " + quoted(name) + " in the model", "",
             did_you_mean(name, known));
  return nullptr;
}

// What numbers of the type are in: "", years, per year, ...
[[nodiscard]] std::string unit_of(const expression::Type& type);

}  // namespace sojourn::sweep
