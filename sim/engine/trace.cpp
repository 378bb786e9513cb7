#include "engine/trace.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/number_text.hpp"
#include "engine/cohort.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

using program::at;

namespace {

std::string when(double t) {
  if (std::isinf(t)) return "never within the horizon";
  return t < 1 ? "day " + fixed_text(t * 365.25, 2) : "year " + fixed_text(t, 4);
}

std::string u_text(double u) {
  return fixed_text(u, 6);
}

class Narrator : public Observer {
 public:
  Narrator(const program::Program& program, std::ostream& out) : program_(program), names_(program.names), out_(out) {}

  void row_taken(std::size_t row, double u, std::span<const double> values) override {
    out_ << "  row " << row + 1 << " of " << program_.rows->rows << " in " << program_.rows->file;
    out_ << (std::isnan(u) ? " (in order)" : " (u = " + u_text(u) + ")") << "\n";
    for (std::size_t a = 0; a < values.size(); ++a) {
      const auto attribute = static_cast<std::int32_t>(a);
      out_ << "  " << names_.attributes[a] << " = " << attribute_text(attribute, values[a]) << " (of this row)\n";
    }
  }

  void attribute_drawn(std::int32_t attribute, double u, double value) override {
    const auto is_it = [attribute](const program::CohortAttribute& one) { return one.attribute == attribute; };
    const auto drawn = std::find_if(program_.cohort.begin(), program_.cohort.end(), is_it);
    const bool correlated = drawn != program_.cohort.end() && !drawn->parts.empty();
    out_ << "  " << names_.attributes[at(attribute)] << " = " << attribute_text(attribute, value);
    out_ << (std::isnan(u) ? " (computed" : " (u = " + u_text(u)) << (correlated ? ", correlated)" : ")") << "\n";
  }

  void entered(std::int32_t state, double t) override {
    out_ << when(t) << ": enters " << names_.states[at(state)] << "\n";
  }

  void budget_drawn(std::int32_t declaration, std::uint32_t visit, double u, double budget, double t) override {
    out_ << "  " << when(t) << ": " << name(declaration) << " comes at risk (episode " << visit
         << "): u = " << u_text(u) << ", budget " << fixed_text(budget, 6) << "\n";
  }

  void scheduled(std::int32_t declaration, double t, double time, double remaining) override {
    if (std::isinf(time)) {
      out_ << "  " << when(t) << ": " << name(declaration)
           << " is at risk, but will not happen within the horizon as things stand\n";
      return;
    }
    out_ << "  " << when(t) << ": " << name(declaration) << " would happen on " << when(time);
    if (!std::isnan(remaining)) out_ << " (budget left " << fixed_text(remaining, 6) << ")";
    out_ << (time > program_.horizon ? ", beyond the horizon\n" : "\n");
  }

  void fired(std::int32_t declaration, double t, std::span<const Pending> others) override {
    out_ << when(t) << ": " << name(declaration) << " happens\n";
    losers(declaration, others);
  }

  void branched(std::int32_t branch, double t, std::uint32_t visit, double u, std::int32_t option) override {
    out_ << when(t) << ": " << names_.branches[at(branch)] << " -> " << names_.options[at(branch)][at(option)];
    if (std::isnan(u)) {
      out_ << " (by rule)\n";
    } else {
      out_ << " (firing " << visit << ", u = " << u_text(u) << ")\n";
    }
  }

  void passed_over(std::int32_t branch, double t, bool wrong_state) override {
    out_ << "  " << when(t) << ": " << names_.branches[at(branch)] << " is passed over ("
         << (wrong_state ? "not in a state where it may happen" : "its condition does not hold") << ")\n";
  }

  void attribute_set(std::int32_t attribute, double t, double from, double to) override {
    out_ << "  " << when(t) << ": " << names_.attributes[at(attribute)] << " changes from "
         << attribute_text(attribute, from) << " to " << attribute_text(attribute, to) << "\n";
  }

  void finished(std::int32_t state, double t, std::span<const Pending> others) override {
    if (program_.states[at(state)].absorbing) {
      out_ << when(t) << ": ends in " << names_.states[at(state)] << "\n";
      return;
    }
    out_ << when(t) << ": the horizon; still in " << names_.states[at(state)] << "\n";
    losers(-1, others);
  }

 private:
  [[nodiscard]] std::string name(std::int32_t declaration) const { return names_.declarations[at(declaration)]; }

  [[nodiscard]] std::string attribute_text(std::int32_t attribute, double value) const {
    const auto& levels = names_.levels[at(attribute)];
    const auto index = static_cast<std::size_t>(value);
    return !levels.empty() && value >= 0 && index < levels.size() ? levels[index] : number_text(value);
  }

  void losers(std::int32_t winner, std::span<const Pending> others) {
    std::vector<Pending> sorted(others.begin(), others.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const Pending& a, const Pending& b) { return a.time < b.time; });
    for (const Pending& one : sorted) {
      if (one.declaration == winner) continue;
      out_ << "    still running: " << name(one.declaration) << ", due " << when(one.time) << "\n";
    }
  }

  const program::Program& program_;
  const program::Names& names_;
  std::ostream& out_;
};

}  // namespace

void trace(const program::Program& program, std::int64_t patient, std::ostream& out) {
  Narrator narrator(program, out);
  out << "patient " << patient << " under strategy " << program.names.strategy << " (seed " << program.seed << ")\n";
  std::vector<double> attributes(program.initial_attributes.size());
  draw_attributes(program, patient, attributes, &narrator);
  history::Trajectories history;
  Reference(program, &narrator).live(patient, attributes, history);
}

}  // namespace sojourn::engine
