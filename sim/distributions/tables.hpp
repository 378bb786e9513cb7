// Laws that are made from lists or from other laws. Their storage is the caller's: Law::table and Law::parts look at
// it. Times in years, rates per year. What a user may get wrong comes back as a LowerProblem, of which `parameter` is
// the position in the list that it is about.
#pragma once

#include "distributions/law.hpp"

namespace sojourn::distributions {

// Storage of piecewise_exponential and life_table: rates [1/years] on [breaks[i], breaks[i+1]), the last one for ever;
// breaks[0] = 0, rising; rates >= 0 and finite. Throws std::invalid_argument for anything else.
[[nodiscard]] std::vector<double> piecewise_table(std::span<const double> breaks, std::span<const double> rates);

// A survival curve: survival[i] from times[i] on, 1 before; times >= 0 rise, survival falls from at most 1 and may end
// at 0. A time of 0 has survival 1.
[[nodiscard]] std::optional<LowerProblem> curve_problem(std::span<const double> times,
                                                        std::span<const double> survival);
// Of a curve without a problem: the steps as atoms of H; and the same points joined by constant hazards, as breaks and
// rates for piecewise_table (survival must not end at 0), the last rate being `tail`.
[[nodiscard]] std::vector<double> step_table(std::span<const double> times, std::span<const double> survival);
struct Rates {
  std::vector<double> breaks, rates;
};
[[nodiscard]] Rates joined_curve(std::span<const double> times, std::span<const double> survival, double tail);
// The hazard of the last interval of a curve: from the last but one time, or from 0.
[[nodiscard]] double last_hazard(std::span<const double> times, std::span<const double> survival);
// A law of steps with the hazard `tail` after the last.
[[nodiscard]] Law tabulated_law(std::span<const double> step_table, double tail);

enum class SplineScale : std::uint8_t { hazard, odds, normal };
enum class SplineTime : std::uint8_t { log, identity };
// Royston and Parmar's spline in flexsurv's terms: as many gammas as knots, at least two. `unit` [years] is that of the
// time t in x = log t or x = t.
[[nodiscard]] std::variant<std::vector<double>, LowerProblem> spline_table(std::span<const double> gamma,
                                                                           std::span<const double> knots,
                                                                           SplineTime time, double unit);
[[nodiscard]] Law spline_law(std::span<const double> table, SplineScale scale, SplineTime time);

// Weights > 0, one a part, need not add up to 1; at most 100 parts.
[[nodiscard]] std::variant<std::vector<double>, LowerProblem> mixture_table(std::span<const double> weights);
[[nodiscard]] Law mixture_law(std::span<const double> table, std::span<const Law> parts);

// Of one part, given that the time lies in [low, high]; high may be +inf.
[[nodiscard]] std::variant<Law, LowerProblem> truncated_law(std::span<const Law> part, double low, double high);

// Rates by age and calendar year: rates[i n + j] for ages[i] <= age < ages[i + 1] and years[j] <= year < years[j + 1],
// n the number of years; the first break of each is -inf, the last interval goes on for ever. What is wrong with them
// is thrown as std::invalid_argument.
[[nodiscard]] std::vector<double> lexis_table(std::span<const double> ages, std::span<const double> years,
                                              std::span<const double> rates);
[[nodiscard]] Law lexis_law(std::span<const double> table, std::size_t ages, std::size_t years);

// A law whose clock is the calendar as one of the time since a patient's start, so that differences are of small
// numbers; nothing for families without such a form. A `table` is its storage, still to be kept.
struct ByCalendar {
  Law law;
  std::vector<double> table;
  bool depends_on_start = false;  // to be placed() for each patient
};
[[nodiscard]] std::optional<ByCalendar> by_calendar(const Law& law);
// The law of the time since the start for a patient who is then `age` old [years] in the decimal calendar year `year`:
// of a law from lexis_law, or of a uniform on the calendar.
[[nodiscard]] Law placed(const Law& law, double age, double year);

}  // namespace sojourn::distributions
