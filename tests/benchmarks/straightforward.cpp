// What a programmer writes in an afternoon: competing latent times, a generator that moves on, one thread, nothing
// stored. It defines what sojourn's speed is measured against, and counts the same things: occupancy at five times,
// time in each state, life years. Not the same random numbers.
//
//   straightforward PATIENTS SEED      prints one JSON line a strategy
//
// Workload W2: 7 states, 14 transitions, clocks that start anew in each state, 20 years, 2 strategies.
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <vector>

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double horizon = 20;  // [years]
constexpr std::array<double, 5> times{1, 2, 5, 10, 15};

enum State { infused, remission, no_response, transplanted, relapsed, second_remission, dead, states };
enum class Family { weibull, exponential, lognormal, gompertz };

struct Transition {
  State from, to;
  Family family;
  double a, b;  // Weibull: shape, scale; exponential: rate; lognormal: meanlog, sdlog; Gompertz: shape, rate
};

std::vector<Transition> workload(int strategy) {
  using enum Family;
  const bool early = strategy == 1;
  return {{infused, remission, lognormal, std::log(0.08), 0.5},
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
          {second_remission, dead, gompertz, 0.08, 0.1}};
}

struct Sums {
  std::array<std::array<double, states>, times.size()> occupied{};
  std::array<double, states> stay{}, stay_squared{};
  double life = 0, life_squared = 0;
  std::uint64_t moves = 0, draws = 0;
};

class Simulation {
 public:
  Simulation(const std::vector<Transition>& transitions, std::mt19937_64& random) : random_(random) {
    for (const Transition& one : transitions) leaving_[one.from].push_back(one);
  }

  void patient(Sums& sums) {
    State state = infused;
    double t = 0, life = 0;
    std::array<double, states> stay{};
    while (true) {
      double end = horizon;
      State next = state;
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
      if (state == dead) break;
      stay[state] += end - t;
      life += end - t;
      if (next == state) break;
      ++sums.moves;
      t = end;
      state = next;
    }
    for (std::size_t s = 0; s < states; ++s) {
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

  std::array<std::vector<Transition>, states> leaving_;
  std::mt19937_64& random_;
};

void print(int strategy, std::uint64_t patients, double seconds, const Sums& sums) {
  const auto n = static_cast<double>(patients);
  std::printf("{\"strategy\": %d, \"patients\": %llu, \"seconds\": %.6f, \"draws\": %llu, \"moves\": %llu, ", strategy,
              static_cast<unsigned long long>(patients), seconds, static_cast<unsigned long long>(sums.draws),
              static_cast<unsigned long long>(sums.moves));
  std::printf("\"life_years\": %.9g, \"stay\": [", sums.life / n);
  for (std::size_t s = 0; s < states; ++s) std::printf("%s%.9g", s > 0 ? ", " : "", sums.stay[s] / n);
  std::printf("], \"occupied\": [");
  for (std::size_t k = 0; k < times.size() * states; ++k) {
    std::printf("%s%.9g", k > 0 ? ", " : "", sums.occupied[k / states][k % states] / n);
  }
  std::printf("]}\n");
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: straightforward PATIENTS SEED\n");
    return 2;
  }
  const std::uint64_t patients = std::strtoull(words[1], nullptr, 10);
  std::mt19937_64 random(std::strtoull(words[2], nullptr, 10));
  for (const int strategy : {1, 2}) {
    Simulation simulation(workload(strategy), random);
    Sums sums;
    const auto begin = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < patients; ++i) simulation.patient(sums);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    print(strategy, patients, taken.count(), sums);
  }
}
