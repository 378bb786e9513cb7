// A collected sweep as the page needs it: axes with their values, scenarios as places on them, and each number that was
// estimated under every strategy (a quantity), with the differences of every two.
//
// Of a large sweep the page holds the first `most_scenarios`, and as many quantities as `most_numbers` numbers are
// (those over all patients first); what is left out is named.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/rows.hpp"
#include "store/sweep_reader.hpp"

namespace sojourn::report {

inline constexpr std::size_t most_scenarios = 15000;
inline constexpr std::size_t most_numbers = 400000;  // 5.3 bytes each in the page

struct SweepAxis {
  std::string name, label, target, what, unit;
  bool is_number = false;
  std::vector<double> numbers;      // its values, rising; of an axis of numbers
  std::vector<std::string> texts;   // as they are met first; else
  std::vector<std::size_t> places;  // of each scenario, among the values
  std::optional<std::size_t> own;   // the value that the model itself has, if it is known and among them
};

// Numbers by scenario, then by strategy or pair; NaN where there is none.
struct SweepQuantity {
  std::string name, outcome, label, kind, measure, unit, group, level;
  double time = 0;  // [years]
  std::vector<double> estimate, se;
  std::vector<double> difference, difference_se, lower, upper;  // simultaneous 95% interval
};

class Sweep {
 public:
  explicit Sweep(const std::string& path);  // throws InputError

  [[nodiscard]] const store::SweepInput& input() const { return reader_.input(); }
  [[nodiscard]] std::string file_name() const;
  [[nodiscard]] std::size_t size() const { return size_; }  // scenarios in the page
  [[nodiscard]] const Rows& scenarios() const { return scenarios_; }
  [[nodiscard]] const std::vector<SweepAxis>& axes() const { return axes_; }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& strategies() const { return strategies_; }
  [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& pairs() const { return pairs_; }
  [[nodiscard]] const std::vector<SweepQuantity>& quantities() const { return quantities_; }
  // The table `resolution`, if the sweep was to resolve which strategy is best.
  [[nodiscard]] const std::optional<Rows>& resolution() const { return resolution_; }
  [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }  // names of quantities

 private:
  void read_axes();
  void read_strategies(const Rows& quantities);
  void choose_quantities(const Rows& quantities);
  void read_estimates(const Rows& quantities);
  void read_differences();
  [[nodiscard]] std::optional<std::size_t> strategy(const std::string& name) const;
  [[nodiscard]] std::optional<std::size_t> quantity(const Rows& rows, std::size_t row) const;

  std::string path_;
  store::SweepReader reader_;
  std::size_t size_ = 0;
  Rows scenarios_;
  std::optional<Rows> resolution_;
  std::vector<SweepAxis> axes_;
  std::vector<std::pair<std::string, std::string>> strategies_;  // name, label
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;       // the first less the second
  std::vector<SweepQuantity> quantities_;
  std::vector<std::string> left_out_;
};

}  // namespace sojourn::report
