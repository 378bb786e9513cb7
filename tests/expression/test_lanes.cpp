// Eight patients side by side give the bits that each gives alone.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <random>

#include "example.hpp"
#include "expression/evaluate.hpp"

namespace sojourn::expression::testing {
namespace {

constexpr int lane_count = 8;
using Eight = Pack<lane_count>;

struct EightPatients {
  const Code& code;
  std::array<Patient, lane_count> patients;

  [[nodiscard]] Eight attribute(std::int32_t id) const {
    return Eight::make([&](std::size_t lane) { return patients[lane].attributes[static_cast<std::size_t>(id)]; });
  }
  [[nodiscard]] Eight latest(std::int32_t mark) const {
    return Eight::make([&](std::size_t lane) { return patients[lane].latest[static_cast<std::size_t>(mark)]; });
  }
  [[nodiscard]] Eight count(std::int32_t mark) const {
    return Eight::make(
        [&](std::size_t lane) { return static_cast<double>(patients[lane].count[static_cast<std::size_t>(mark)]); });
  }
  [[nodiscard]] Eight now() const {
    return Eight::make([&](std::size_t lane) { return patients[lane].now; });
  }
  [[nodiscard]] Eight in_set(std::int32_t set) const {
    return Eight::make([&](std::size_t lane) {
      const Context context = patients[lane].context();
      return PatientView{code, context}.in_set(set);
    });
  }
};

TEST(Lanes, SameBitsAsOneByOne) {
  std::mt19937_64 random(20261123);
  std::uniform_real_distribution<double> uniform(-2, 2);
  for (const char* text :
       {"exp(burden) + log(abs(burden)) * sqrt(abs(grade))", "burden ^ grade + (-burden) ^ 3 + burden ^ 2",
        "logistic(burden) - logit(abs(burden) / 2) + odds_scale(abs(grade) / 2, 3)", "floor(burden * 1000) / 7",
        "(frail ? burden : -grade) * (in(event_free) ? 1.5 : 1)", "min(burden, grade, 0.1) / max(burden, grade)",
        "time_since(hsct) > 0.5 years and not visited(icans) or count(dead) >= 1 ? burden : 1 / burden",
        "sex == male and burden != grade or burden <= 0 ? now / year : -3", "hr * p"}) {
    const Code code = compiled(text);
    for (int round = 0; round < 50; ++round) {
      EightPatients eight{code, {}};
      for (Patient& patient : eight.patients) {
        patient.attributes = {uniform(random),
                              uniform(random),
                              std::floor(uniform(random) / 2 + 1),
                              1,
                              uniform(random) > 0 ? 1.0 : 0.0,
                              uniform(random),
                              1};
        patient.state = static_cast<std::int32_t>(random() % 5);
        patient.now = uniform(random);
        if (random() % 2 == 0) patient.latest[2] = uniform(random);
        patient.count[4] = static_cast<std::uint32_t>(random() % 3);
      }
      const Eight together = evaluate_lanes<Eight>(code, eight);
      for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const double alone = evaluate(code, eight.patients[lane].context());
        if (alone != alone) {
          EXPECT_NE(together.at[lane], together.at[lane]) << text;
        } else {
          EXPECT_EQ(std::bit_cast<std::uint64_t>(together.at[lane]), std::bit_cast<std::uint64_t>(alone)) << text;
        }
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::expression::testing
