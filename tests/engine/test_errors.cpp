// Values that make no sense stop the run and name the first such patient with state and transition, whatever the number
// of threads and wherever blocks begin.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/hash.hpp"
#include "base/uniform.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

constexpr double rare = 0.9995;  // patients with u above are faulty

std::string model(const std::string& x, const std::string& branches = "") {
  return "sojourn: 1\ntitle: Errors\nhorizon: 9 years\nseed: 7\n"
         "cohort: {attributes: {u: {uniform: {min: 0, max: 1}}, bad: {value: \"u > 0.9995\"}, minus: {value: \"bad ? 0 "
         "- 2 : 1\"}, "
         "zero: {value: \"bad ? 0 : 1\"}}}\nattributes: {k: {levels: [0, 1, 2], initial: 0}, v: {initial: 1}}\n"
         "states: {start: {initial: true}, a: {}, b: {}, dead: {absorbing: true}}\n" +
         branches +
         "transitions:\n  - {name: enter, from: start, to: a, time: {fixed: 1 year}}\n"
         "  - {name: to_b, from: a, to: b, time: {fixed: 2 years}}\n"
         "  - {name: end, from: b, to: dead, time: {fixed: 3 years}}\n  - {name: x, from: [a, b], to: dead, " +
         x + "}\n";
}

std::int64_t first_faulty() {
  std::int64_t patient = 1;
  while (uniforms({7, 0}, {static_cast<std::uint64_t>(patient), 0, fnv1a32("u"), 0}).first <= rare) ++patient;
  return patient;
}

// The message, the same for every number of threads and for any first patient before the faulty one.
void expect_error(const std::string& yaml, const std::string& who, const std::string& what) {
  const World world(yaml);
  const std::int64_t patient = first_faulty();
  ASSERT_GT(patient, 600) << "not in the first block";
  EXPECT_EQ(error_of(world, patient - 1), "");
  const std::string error = error_of(world, 20'000);
  EXPECT_EQ(error.rfind("patient " + std::to_string(patient) + ", strategy base, " + who, 0), 0U) << error;
  EXPECT_NE(error.find(what), std::string::npos) << error;
  for (const int threads : {2, 7}) EXPECT_EQ(error_of(world, 20'000, threads), error);
  EXPECT_EQ(error_of(world, 20'000, 2, 1 + patient / 2), error);
}

const std::string weibull = "time: {weibull: {shape: 1.5, scale: 800 years}}";

TEST(Errors, FactorsThatAreNegativeOrNoNumbers) {
  const std::string who = "state a, transition x: ";
  for (const std::string clock : {"reset", "forward", "since start"}) {
    const std::string begin = "clock: " + clock + ", " + weibull;
    // a clock that runs from the start needs its speed from the start
    const std::string clock_begins = clock == "reset" ? who : "state start, transition x: ";
    expect_error(model(begin + ", hazard_ratio: minus"), who, "-2");
    expect_error(model(begin + ", hazard_ratio: [3, \"1 / zero\"]"), who, "inf");
    expect_error(model(begin + ", hazard_ratio: \"sqrt(minus)\""), who, "nan");
    expect_error(model(begin + ", time_ratio: zero"), clock_begins, "time ratio is 0");
    expect_error(model(begin + ", time_ratio: minus"), clock_begins, "time ratio is -2");
    expect_error(model(begin + ", time_ratio: \"1 / zero\""), clock_begins, "time ratio is inf");
    expect_error(model(begin + ", time_ratio: \"sqrt(minus)\""), clock_begins, "time ratio is nan");
  }
}

// The factor goes wrong while the transition is at risk.
TEST(Errors, FactorsThatGoWrongMidway) {
  expect_error(model("clock: forward, " + weibull + ", hazard_ratio: \"in(b) ? minus : 1\""),
               "state b, transition x: ", "-2");
  expect_error(model("clock: forward, " + weibull + ", time_ratio: \"in(b) ? minus : 1\""),
               "state b, transition x: ", "-2");
}

// Not where nothing goes by age: there it is an attribute like others.
TEST(Errors, AgesBeforeBirth) {
  const auto yaml = [](const std::string& clock) {
    return "sojourn: 1\ntitle: Age\nhorizon: 9 years\nseed: 7\n"
           "cohort: {attributes: {u: {uniform: {min: 0, max: 1}}, age: {value: \"u > 0.9995 ? 0 years - 9 years : 3 "
           "years\"}}}\n"
           "states: {a: {initial: true}, dead: {absorbing: true}}\n"
           "transitions: [{name: x, from: a, to: dead, clock: " +
           clock + ", time: {gompertz: {shape: 0.1 per year, rate: 0.3 per year}}}]\n";
  };
  expect_error(yaml("age"), "attribute age: it is -9 years", "from birth");
  EXPECT_EQ(error_of(World(yaml("forward")), 20'000), "");
}

TEST(Errors, AttributesSetToNoNumber) {
  expect_error(model("time: {never: {}}",
                     "branches: {pick: {on_entry: a, probabilities: {p: 1, q: 0}, options: {p: {sets: "
                     "{v: \"sqrt(minus)\"}}}}}\n"),
               "state a, attribute v", "set to NaN");
}

TEST(Errors, AttributesSetToNoneOfTheirLevels) {
  const auto set = [](const std::string& value) {
    return model(
        "time: {never: {}}",
        "branches: {pick: {on_entry: a, probabilities: {p: 1, q: 0}, options: {p: {sets: {k: \"" + value + "\"}}}}}\n");
  };
  expect_error(set("bad ? 3 : 2"), "state a, attribute k", "set to 3, none of its levels");
  expect_error(set("bad ? 0.5 : 1"), "state a, attribute k", "set to 0.5, none of its levels");
}

// A recurrent event whose rate is finite but enormous for the faulty.
TEST(Errors, LivesWithoutEnd) {
  const World world(model("time: {never: {}}") +
                    "events: {tick: {in: b, recurrent: true, time: {exponential: {rate: 1 per year}}, hazard_ratio: "
                    "\"bad ? 1e9 : 1\"}}\n");
  const std::string error = error_of(world, first_faulty());
  EXPECT_NE(error.find("more than 1000000 things happen in one life"), std::string::npos) << error;
}

// What a batch remembers is bounded, also where no life in it ends.
TEST(Errors, ManyLivesWithoutEnd) {
  const World world(model("time: {never: {}}") +
                    "events: {tick: {in: b, recurrent: true, time: {exponential: {rate: 1e9 per year}}}}\n");
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  const std::string error = error_of(world, 600);
  getrusage(RUSAGE_SELF, &after);
  EXPECT_EQ(error.rfind("patient 1, strategy base", 0), 0U) << error;
  EXPECT_NE(error.find("more than 1000000 things happen in one life"), std::string::npos) << error;
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 400'000) << "[kB]";
}

TEST(Errors, CureFractionsAndOddsRatios) {
  const std::string who = "state a, transition x: ";
  const auto cure = [](const std::string& inside) {
    return model("clock: forward, time: {cure: {" + inside + ", uncured: {weibull: {shape: 1, scale: 900 years}}}}");
  };
  expect_error(cure("fraction: \"0.4 * minus + 0.1\""), who, "the cure fraction is -0.7");
  expect_error(cure("fraction: \"bad ? 1.25 : 0.5\""), who, "the cure fraction is 1.25");
  // an odds ratio does not bring a fraction above 1 back into range
  expect_error(cure("fraction: \"bad ? 1.25 : 0.5\", odds_ratio: 0.1"), who, "the cure fraction is 1.25");
  expect_error(cure("fraction: \"bad ? 1 : 0.5\", odds_ratio: \"bad ? 0 : 1\""), who, "the cure fraction");
  expect_error(cure("fraction: 0.5, odds_ratio: minus"), who, "-2");
  expect_error(
      model("time: {cure: {fraction: 0.5, uncured: {weibull: {shape: 1, scale: 900 years}, hazard_ratio: minus}}}"),
      who, "-2");
  expect_error(model("time: {loglogistic: {shape: 2, scale: 900 years}}, odds_ratio: minus"), who, "-2");
}

TEST(Errors, ProbabilitiesThatDoNotAddUp) {
  const std::string who = "state a, branch pick: ";
  const auto branch = [](const std::string& choice) {
    return model("time: {never: {}}", "branches: {pick: {on_entry: a, " + choice + "}}\n");
  };
  expect_error(branch("probabilities: {p: 0.5, q: \"bad ? 0.4 : 0.5\"}"), who, "add up to 0.9");
  expect_error(branch("probabilities: {p: 0.5, q: \"bad ? 0.75 : 0.5\"}"), who, "add up to 1.25");
  expect_error(branch("probabilities: {p: 0.5, q: \"bad ? 0.75 : 0.1\", r: rest}"), who, "add up to 1.25");
  expect_error(branch("probabilities: {p: \"0.1 * minus\", q: rest}"), who, "-0.2");
  expect_error(branch("probabilities: {p: \"sqrt(minus)\", q: rest}"), who, "nan");
  expect_error(branch("probabilities: {p: \"bad ? 1.5 : 1\", q: \"bad ? 0 - 0.5 : 0\"}"), who, "1.5");
  expect_error(branch("probabilities: {p: 0.5, q: rest}, odds_ratio: minus"), who, "-2");
  expect_error(branch("probabilities: {p: \"bad ? 1 : 0.5\", q: rest}, odds_ratio: \"bad ? 0 : 1\""), who, "odds");
  expect_error(branch("ordinal_logistic: {levels: [0, 1, 2], cutpoints: [-1, 1], predictor: \"sqrt(minus)\"}, sets: k"),
               who, "not a number");
}

}  // namespace
}  // namespace sojourn::engine::testing
