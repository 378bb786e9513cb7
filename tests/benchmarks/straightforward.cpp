// What a programmer writes in an afternoon: competing latent times, a generator that moves on, one thread, nothing
// stored. It defines what sojourn's speed is measured against, and counts the same things: occupancy at five times,
// time in each state, life years. Not the same random numbers.
//
//   straightforward w1 PATIENTS SEED            illness and death, 3 states: tests/data/models/w1.yaml
//   straightforward w2 PATIENTS SEED [paths]    7 states, 14 transitions, 2 strategies: w2.yaml; paths: in memory
//   straightforward w3 PATIENTS SEED SETS.csv   w1 with each set of parameters of a file, 2 strategies: w3.yaml
//
// prints one JSON line a strategy. Clocks start anew in each state, 20 years.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double horizon = 20;  // [years]
constexpr std::array<double, 5> times{1, 2, 5, 10, 15};

constexpr std::size_t most_states = 7;
enum class Family { weibull, exponential, lognormal, gompertz };

struct Transition {
  std::size_t from, to;
  Family family;
  double a, b;  // Weibull: shape, scale; exponential: rate; lognormal: meanlog, sdlog; Gompertz: shape, rate
};

// A pathway: patients begin in state 0 and end in the last one.
struct Pathway {
  std::size_t states;
  std::vector<Transition> transitions;
};

// Three times shape and scale; the hazard ratio of relapse.
Pathway illness_and_death(const std::array<double, 6>& p, double hazard_ratio) {
  using enum Family;
  enum { remission, relapsed, dead, states };
  return {states,
          {{remission, relapsed, weibull, p[0], p[1] * std::pow(hazard_ratio, -1 / p[0])},
           {remission, dead, weibull, p[2], p[3]},
           {relapsed, dead, weibull, p[4], p[5]}}};
}

Pathway after_infusion(int strategy) {
  enum { infused, remission, no_response, transplanted, relapsed, second_remission, dead, states };
  using enum Family;
  const bool early = strategy == 1;
  return {states,
          {{infused, remission, lognormal, std::log(0.08), 0.5},
           {infused, no_response, exponential, 2.0, 0},
           {infused, dead, exponential, 0.4, 0},
           {remission, transplanted, lognormal, early ? std::log(0.9) : std::log(2.0), 1.0},
           {remission, relapsed, weibull, 0.8, early ? 2.0 : 3.2},
           {remission, dead, gompertz, 0.05, 0.02},
           {no_response, second_remission, exponential, 0.25, 0},
           {no_response, dead, weibull, 0.9, 0.7},
           {transplanted, relapsed, weibull, 0.7, 8.0},
           {transplanted, dead, gompertz, 0.06, 0.05},
           {relapsed, second_remission, lognormal, std::log(0.8), 0.9},
           {relapsed, dead, weibull, 1.1, 0.8},
           {second_remission, relapsed, weibull, 0.9, 1.5},
           {second_remission, dead, gompertz, 0.08, 0.1}}};
}

struct Sums {
  std::array<std::array<double, most_states>, times.size()> occupied{};
  std::array<double, most_states> stay{}, stay_squared{};
  double life = 0, life_squared = 0, seconds = 0;
  std::uint64_t patients = 0, moves = 0, draws = 0;
};

struct Stay {
  std::uint32_t patient;
  std::uint32_t state;
  double start, stop;
};

class Simulation {
 public:
  // paths: where stays are kept, if anywhere.
  Simulation(const Pathway& pathway, std::mt19937_64& random, std::vector<Stay>* paths)
      : dead_(pathway.states - 1), random_(random), paths_(paths) {
    for (const Transition& one : pathway.transitions) leaving_[one.from].push_back(one);
  }

  void patient(std::uint64_t number, Sums& sums) {
    std::size_t state = 0;
    double t = 0, life = 0;
    std::array<double, most_states> stay{};
    while (true) {
      double end = horizon;
      std::size_t next = state;
      for (const Transition& one : leaving_[state]) {
        const double at = t + draw(one);
        ++sums.draws;
        if (at < end) {
          end = at;
          next = one.to;
        }
      }
      for (std::size_t k = 0; k < times.size(); ++k) {
        if (times[k] >= t && times[k] < end) sums.occupied[k][state] += 1;
      }
      if (paths_ != nullptr) {
        paths_->push_back({static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(state), t, end});
      }
      if (state == dead_) break;
      stay[state] += end - t;
      life += end - t;
      if (next == state) break;
      ++sums.moves;
      t = end;
      state = next;
    }
    for (std::size_t s = 0; s <= dead_; ++s) {
      sums.stay[s] += stay[s];
      sums.stay_squared[s] += stay[s] * stay[s];
    }
    sums.life += life;
    sums.life_squared += life * life;
  }

 private:
  double draw(const Transition& one) {
    switch (one.family) {
      case Family::weibull:
        return std::weibull_distribution<double>(one.a, one.b)(random_);
      case Family::exponential:
        return std::exponential_distribution<double>(one.a)(random_);
      case Family::lognormal:
        return std::lognormal_distribution<double>(one.a, one.b)(random_);
      case Family::gompertz:
        break;
    }
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    const double growth = 1 - one.a * std::log1p(-u) / one.b;
    return growth > 0 ? std::log(growth) / one.a : infinity;
  }

  std::size_t dead_;
  std::array<std::vector<Transition>, most_states> leaving_;
  std::mt19937_64& random_;
  std::vector<Stay>* paths_;
};

void simulate(const Pathway& pathway, std::uint64_t patients, std::mt19937_64& random, bool keep, Sums& sums) {
  std::vector<Stay> paths;
  const auto begin = std::chrono::steady_clock::now();
  Simulation simulation(pathway, random, keep ? &paths : nullptr);
  for (std::uint64_t i = 0; i < patients; ++i) simulation.patient(i, sums);
  sums.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  sums.patients += patients;
}

void print(int strategy, std::size_t states, const Sums& sums) {
  const auto n = static_cast<double>(sums.patients);
  std::printf("{\"strategy\": %d, \"patients\": %llu, \"seconds\": %.6f, \"draws\": %llu, \"moves\": %llu, ", strategy,
              static_cast<unsigned long long>(sums.patients), sums.seconds, static_cast<unsigned long long>(sums.draws),
              static_cast<unsigned long long>(sums.moves));
  std::printf("\"life_years\": %.9g, \"stay\": [", sums.life / n);
  for (std::size_t s = 0; s < states; ++s) std::printf("%s%.9g", s > 0 ? ", " : "", sums.stay[s] / n);
  std::printf("], \"occupied\": [");
  for (std::size_t k = 0; k < times.size() * states; ++k) {
    std::printf("%s%.9g", k > 0 ? ", " : "", sums.occupied[k / states][k % states] / n);
  }
  std::printf("]}\n");
}

// Rows of numbers below a row of names.
std::vector<std::array<double, 7>> read_sets(const char* path) {
  std::vector<std::array<double, 7>> sets;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream numbers(line);
    std::string number;
    auto& set = sets.emplace_back();
    for (double& value : set) {
      std::getline(numbers, number, ',');
      value = std::strtod(number.c_str(), nullptr);
    }
  }
  return sets;
}

int usage() {
  std::fprintf(stderr,
               "usage: straightforward w1 PATIENTS SEED, w2 PATIENTS SEED [paths], or w3 PATIENTS SEED SETS.csv\n");
  return 2;
}

}  // namespace

int main(int count, char** words) {
  const std::string workload = count > 1 ? words[1] : "";
  const bool known = workload == "w1" || workload == "w2" || workload == "w3";
  if (!known || count < (workload == "w3" ? 5 : 4) || count > (workload == "w1" ? 4 : 5)) return usage();
  if (workload == "w2" && count == 5 && std::string(words[4]) != "paths") return usage();
  const std::uint64_t patients = std::strtoull(words[2], nullptr, 10);
  std::mt19937_64 random(std::strtoull(words[3], nullptr, 10));
  if (workload == "w1") {
    Sums sums;
    simulate(illness_and_death({1.1, 6, 1.3, 25, 0.8, 2.5}, 1), patients, random, false, sums);
    print(1, 3, sums);
    return 0;
  }
  const auto sets = workload == "w3" ? read_sets(words[4]) : std::vector<std::array<double, 7>>(1);
  if (sets.empty()) {
    std::fprintf(stderr, "straightforward: %s holds no sets of parameters\n", words[4]);
    return 1;
  }
  for (const int strategy : {1, 2}) {
    Sums sums;
    for (const auto& set : sets) {
      if (workload == "w2") {
        simulate(after_infusion(strategy), patients, random, count == 5, sums);
      } else {
        std::array<double, 6> parameters;
        std::copy_n(set.begin(), parameters.size(), parameters.begin());
        simulate(illness_and_death(parameters, strategy == 2 ? std::exp(set[6]) : 1), patients, random, false, sums);
      }
    }
    print(strategy, workload == "w2" ? most_states : 3, sums);
  }
  return 0;
}
