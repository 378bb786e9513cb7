// What the readers of single and of joint uncertainty share: numbers without parameters, and who is uncertain already.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/reading.hpp"

namespace sojourn::model {

class UncertaintyReading {
 public:
  explicit UncertaintyReading(Reading& reading);

  Reading& reading;
  std::vector<double> base;  // the parameters' own values; empty if something is wrong with them

  // The parameter that `name` calls at `item`, which must be one that can be drawn and is not yet; nothing after a
  // report.
  [[nodiscard]] std::optional<ParameterId> claim(const Item& item, const std::string& name, bool at_key);
  // The same for all of them, in order; nothing if one is missing.
  [[nodiscard]] std::optional<std::vector<ParameterId>> claim_keys(const Item& mapping);
  // A value of this type; nothing after a report.
  [[nodiscard]] std::optional<double> number(const Item& item, const Type& type);
  // Plain numbers of a list; nothing after a report.
  [[nodiscard]] std::optional<std::vector<double>> numbers(const Item& list);
  // A name whose hash is in the address of a random number.
  void draws(const Item& item, const std::string& name);
  // The unit of numbers that stand for a parameter [years to the parameter's power of time], by `unit`, which is needed
  // where there is a time; nothing after a report.
  [[nodiscard]] std::optional<std::vector<double>> units(const Fields& fields,
                                                         const std::vector<ParameterId>& parameters);
  // What would stop one run in a thousand samples is said at once: `low` and `high` are values beyond which 1 draw in
  // 2,000 lies.
  [[nodiscard]] bool inside_range(const Item& item, const Parameter& parameter, double low, double high,
                                  const char* hint);
  [[nodiscard]] const Parameter& parameter(ParameterId id) const { return reading.model.parameters[id.index()]; }

 private:
  std::map<ParameterId, Location> claimed_;
  std::map<std::uint32_t, std::string> hashes_;
};

// Those of the forms (keys with a space between) that exactly the written keys make, beside `others`; nothing after a
// report.
[[nodiscard]] std::optional<std::string_view> form_of(const config::Source& source, const Fields& fields,
                                                      std::string_view what, std::span<const std::string_view> forms);

// `uncertainty` of one parameter.
void read_uncertain_parameter(UncertaintyReading& shared, ParameterId parameter, const Item& item);
// One of the top level's.
void read_joint_normal(UncertaintyReading& shared, const std::string& name, const Item& item);
void read_dirichlet(UncertaintyReading& shared, const std::string& name, const Item& item);
void read_parameter_rows(UncertaintyReading& shared, const std::string& name, const Item& item);
// The columns and rows called `names` of a matrix in a CSV file as R writes it; nothing after a report.
[[nodiscard]] std::optional<std::vector<std::vector<double>>> read_matrix_file(Reading& reading, const Item& file,
                                                                               const std::vector<std::string>& names,
                                                                               const std::vector<Item>& places);

}  // namespace sojourn::model
