#include "analysis/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number_text.hpp"
#include "distributions/cure.hpp"
#include "distributions/tables.hpp"
#include "engine/cohort.hpp"
#include "engine/run.hpp"

namespace sojourn::analysis {

namespace {

constexpr std::int64_t trial_patients = 2000;

// Three significant digits.
std::string rounded(double value) {
  if (value > 0 && value < 1e-6) return "below 1e-6";
  if (!(value > 0)) return value == 0 ? "0" : number_text(value);
  int decimals = 2;
  for (double x = value; x < 1 && decimals < 12; x *= 10) ++decimals;
  for (double x = value; x >= 10 && decimals > 0; x /= 10) --decimals;
  std::string text = fixed_text(value, decimals);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string time_text(double years) {
  constexpr double days = 365.25;
  if (years * 12 < 2) return rounded(years * days) + " days";
  return years < 2 ? rounded(years * 12) + " months" : rounded(years) + " years";
}

// The year in which the first patient starts, where that matters.
double start_year(const program::Program& program) {
  if (program.year_attribute < 0) return 0;
  std::vector<double> attributes(program.initial_attributes.size());
  engine::draw_attributes(program, 1, attributes);
  return std::floor(attributes[program::at(program.year_attribute)]);
}

// Where the hazards of a component are told: on its clock, and for a life table by calendar year in which year.
struct Moments {
  std::array<double, 3> times{};
  double year = 0;
};

Moments moments(const program::Program& program, const program::Component& component) {
  const double year = start_year(program), h = program.horizon;
  if (component.told == program::ClockKind::age) return {{20, 50, 80}, year};
  if (component.told != program::ClockKind::calendar) return {{h / 20, h / 4, h}, year};
  return {{year, year + std::ceil(h / 2), year + std::ceil(h)}, year};
}

std::string moment_text(const program::Component& component, double time) {
  if (component.told == program::ClockKind::calendar) return "in " + number_text(time);
  return "at " + (component.told == program::ClockKind::age ? "age " + rounded(time) : time_text(time));
}

bool is_placed(const program::Program& program, std::int32_t law) {
  return std::ranges::any_of(program.places, [law](const program::Place& one) { return one.law == law; });
}

// The same at all times, not just at those looked at.
bool is_constant(const program::Program& program, const program::Component& component, std::int32_t law) {
  return program.laws[program::at(law)].family == distributions::find_family("exponential") && !component.cured;
}

// One component's hazard [1/years], with its constant factors and without those that depend on the patient.
double rate(const program::Program& program, const program::Component& component, std::int32_t law, double s,
            double year) {
  const std::int32_t index = component.laws.first + law;
  distributions::Law of = program.laws[program::at(index)];
  if (is_placed(program, index)) {
    const bool calendar = component.told == program::ClockKind::calendar;
    of = calendar ? placed(of, 0, s) : placed(of, s, year);
    s = 0;
  }
  const bool mixture = component.cured && component.fraction < 0;
  return component.ratio * (mixture ? hazard(component.cure, of, s) : distributions::hazard(of, s));
}

std::string hazards_of(const program::Program& program, const program::Component& component) {
  if (component.fixed) {
    const bool calendar = component.told == program::ClockKind::calendar;
    return calendar ? "in " + number_text(std::round(100 * component.delay) / 100) : "at " + time_text(component.delay);
  }
  const Moments when = moments(program, component);
  std::string text;
  for (std::int32_t law = 0; law < component.laws.count; ++law) {
    if (component.laws.count > 1) {
      text += (law > 0 ? "; " : "") + program.names.levels[program::at(component.by)][program::at(law)] + " ";
    }
    std::array<double, 3> rates{};
    for (std::size_t i = 0; i < 3; ++i) rates[i] = rate(program, component, law, when.times[i], when.year);
    if (is_constant(program, component, component.laws.first + law)) {
      text += rounded(rates[0]) + " always";
      continue;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      text += (i > 0 ? ", " : "") + rounded(rates[i]) + " " + moment_text(component, when.times[i]);
    }
    if (component.told == program::ClockKind::age && is_placed(program, component.laws.first + law)) {
      text += " in " + number_text(when.year);
    }
  }
  return text + (component.cured && component.fraction >= 0 ? " (in the uncured)" : "");
}

std::string hazards(const program::Program& program) {
  std::string text = "Hazards per year on their clocks, without what depends on the patient:\n";
  for (std::size_t d = 0; d < program.declarations.size(); ++d) {
    const program::Range range = program.declarations[d].components;
    text += "  " + program.names.declarations[d] + ": ";
    for (std::int32_t c = range.first; c < range.first + range.count; ++c) {
      text += (c > range.first ? "; and " : "") + hazards_of(program, program.components[program::at(c)]);
    }
    text += "\n";
  }
  return text;
}

struct Passage {
  std::int64_t patients = 0, visits = 0;
  double years = 0;
};

// In order of blocks, so that the sums are the same for any number of threads.
std::vector<Passage> trial_run(const std::vector<program::Program>& programs, std::size_t strategy) {
  std::vector<Passage> states(programs[strategy].states.size());
  const auto look = [&](const history::Block& block) -> std::function<void()> {
    return [&states, &block, strategy] {
      for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
        const history::PatientHistory life = block.patient(strategy, p);
        std::vector<bool> seen(states.size(), false);
        for (std::size_t i = 0; i < life.state.size(); ++i) {
          Passage& state = states[static_cast<std::size_t>(life.state[i])];
          state.patients += seen[static_cast<std::size_t>(life.state[i])] ? 0 : 1;
          seen[static_cast<std::size_t>(life.state[i])] = true;
          ++state.visits;
          state.years += life.stop[i] - life.start[i];
        }
      }
    };
  };
  engine::run(programs, {1, trial_patients, 1, nullptr}, look);
  return states;
}

std::string passages(const std::vector<program::Program>& programs, std::size_t strategy) {
  const program::Program& program = programs[strategy];
  std::string text =
      "In a trial run of " + std::to_string(trial_patients) + " patients under " + program.names.strategy + ":\n";
  const std::vector<Passage> states = trial_run(programs, strategy);
  for (std::size_t s = 0; s < states.size(); ++s) {
    const Passage& one = states[s];
    text += "  " + program.names.states[s] + ": ";
    if (one.patients == 0) {
      text += "nobody\n";
      continue;
    }
    const auto patients = static_cast<double>(one.patients);
    text += rounded(100 * patients / static_cast<double>(trial_patients)) + "% of patients";
    if (one.visits > one.patients) text += ", " + rounded(static_cast<double>(one.visits) / patients) + " times";
    if (!program.states[s].absorbing) text += ", " + time_text(one.years / static_cast<double>(one.visits)) + " a stay";
    text += "\n";
  }
  return text;
}

}  // namespace

std::string figures(const Experiment& experiment) {
  const auto found = std::find(experiment.strategies.begin(), experiment.strategies.end(), experiment.reference);
  const auto strategy = static_cast<std::size_t>(found - experiment.strategies.begin());
  return hazards(experiment.programs[strategy]) + passages(experiment.programs, strategy);
}

}  // namespace sojourn::analysis
