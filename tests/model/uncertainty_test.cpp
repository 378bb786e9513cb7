// Uncertain parameters: distributions against R's quantiles, what is drawn together, and where values come from.
// Statistical bounds: 5 standard errors a number (6e-7), less than 2e-5 in all; the seed is fixed.
#include <array>
#include <cmath>

#include "base/hash.hpp"
#include "base/special.hpp"
#include "base/uniform.hpp"
#include "base/units.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

Model model_of(const std::string& parameters, const std::string& more = "", const Overrides& overrides = {},
               std::vector<EmbeddedFile> files = {}) {
  auto loaded =
      load_text(two_states("{exponential: {rate: 0.1 per year}}", "parameters: {" + parameters + "}\n" + more + "\n"),
                overrides, std::move(files));
  EXPECT_TRUE(loaded.model) << loaded.problems;
  return loaded.model ? std::move(*loaded.model) : Model{};
}

std::vector<double> values_in(const Model& model, std::uint32_t sample, const Strategy* strategy = nullptr) {
  Diagnostics problems;
  auto values = parameter_values(model, strategy, sample, drawn_parameters(model, sample), problems);
  EXPECT_TRUE(problems.ok()) << problems.text();
  return values;
}

struct Quantile {
  std::string name, distribution, written;
  double p, quantile;
};

std::vector<Quantile> quantiles_of_r() {
  std::istringstream lines(file_text(source_dir + "/tests/data/uncertainty/families.csv"));
  std::vector<Quantile> found;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    Quantile one;
    std::string p, quantile;
    std::getline(cells, one.name, ';');
    std::getline(cells, one.distribution, ';');
    std::getline(cells, one.written, ';');
    std::getline(cells, p, ';');
    std::getline(cells, quantile, ';');
    one.p = std::stod(p);
    one.quantile = std::stod(quantile);
    found.push_back(one);
  }
  return found;
}

TEST(Uncertainty, DistributionsHaveTheQuantilesOfR) {
  const auto all = quantiles_of_r();
  ASSERT_EQ(all.size(), 119u);
  for (const Quantile& one : all) {
    const Model model = model_of("x: {value: 0.5, uncertainty: {" + one.distribution + ": " + one.written + "}}");
    ASSERT_EQ(model.uncertainty.single.size(), 1u) << one.name;
    const double found = distributions::drawn_at(model.uncertainty.single[0].draw, one.p);
    EXPECT_NEAR(found, one.quantile, 1e-11 * std::abs(one.quantile) + 1e-13) << one.name << " at " << one.p;
  }
}

TEST(Uncertainty, UnitsAreThoseOfTheParameter) {
  const Model model = model_of(
      "wait: {value: 3 months, uncertainty: {lognormal: {interval: [1 month, 1 year]}}}, "
      "rate: {value: 0.1 per year, uncertainty: {gamma: {shape: 4, rate: 480 months}}}");
  const auto& draws = model.uncertainty.single;
  ASSERT_EQ(draws.size(), 2u);
  EXPECT_NEAR(draws[0].draw.a, std::sqrt(1.0 / 12), 1e-15);  // years
  EXPECT_NEAR(draws[1].draw.a, 0.1, 1e-15);                  // per year: 4 / 40 years
}

TEST(Uncertainty, ADrawIsAFunctionOfSeedSampleAndName) {
  const Model model = model_of("x: {value: 1, uncertainty: {uniform: {min: 0, max: 1}}}, y: 2", "seed: 7");
  for (const std::uint32_t sample : {1U, 2U, 1000U}) {
    const double u = uniforms({7, sample}, {0, 0, fnv1a32("x"), 0}).first;
    EXPECT_EQ(values_in(model, sample), (std::vector<double>{u, 2}));
  }
  EXPECT_EQ(values_in(model, 0), (std::vector<double>{1, 2}));  // the base case
}

TEST(Uncertainty, DerivedParametersAndStrategiesFollow) {
  const Model model =
      model_of("x: {value: 1, uncertainty: {uniform: {min: 0, max: 1}}}, twice: 2 * x, effect: 1, used: effect * twice",
               "strategies: {plain: {}, treated: {parameters: {effect: x ^ 2}}, fixed: {parameters: {x: 0.25}}}");
  const double x = values_in(model, 3)[0];
  EXPECT_NE(x, 1);
  EXPECT_EQ(values_in(model, 3, &model.strategies[0]), (std::vector<double>{x, 2 * x, 1, 2 * x}));
  EXPECT_DOUBLE_EQ(values_in(model, 3, &model.strategies[1])[3], x * x * 2 * x);
  EXPECT_EQ(values_in(model, 3, &model.strategies[2]), (std::vector<double>{0.25, 0.5, 1, 0.5}));
}

TEST(Uncertainty, AValueFromTheCommandLineIsNotDrawn) {
  const std::string two = "x: {value: 1, uncertainty: {uniform: {min: 0, max: 1}}}, y: 2";
  EXPECT_EQ(values_in(model_of(two, "", {{"x", "0.75"}}), 5)[0], 0.75);
  const std::string joint =
      "uncertainty: {both: {normal: {parameters: {x: log, y: log}, sd: [0.1, 0.1], correlation: [[1], [0.5, 1]]}}}";
  const Model free = model_of("x: 1, y: 2", joint), fixed = model_of("x: 1, y: 2", joint, {{"x", "3"}});
  EXPECT_EQ(values_in(fixed, 5), (std::vector<double>{3, values_in(free, 5)[1]}));
}

TEST(Uncertainty, ADrawOutsideTheRangeIsAnErrorThatNamesIt) {
  const Model model = model_of("x: {value: 0.5, range: [0, 0.98], uncertainty: {normal: {mean: 0.5, sd: 0.14}}}");
  std::string said;
  for (std::uint32_t sample = 1; sample < 20000 && said.empty(); ++sample) {
    Diagnostics problems;
    (void)parameter_values(model, nullptr, sample, drawn_parameters(model, sample), problems);
    said = problems.text();
  }
  EXPECT_NE(said.find("m.yaml:"), std::string::npos) << said;
  EXPECT_NE(said.find("parameters.x: the value "), std::string::npos) << said;
  EXPECT_NE(said.find("(in sample "), std::string::npos) << said;
  EXPECT_NE(said.find("truncate its distribution"), std::string::npos) << said;
}

// Means and covariances of the samples, with their own standard errors.
struct Moments {
  std::vector<double> mean, mean_se;
  std::vector<std::vector<double>> covariance, covariance_se;
};

Moments moments_of(const std::vector<std::vector<double>>& rows) {
  const std::size_t k = rows.front().size();
  const auto n = static_cast<double>(rows.size());
  Moments made{std::vector<double>(k), std::vector<double>(k), {}, {}};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < k; ++i) made.mean[i] += row[i] / n;
  }
  made.covariance.assign(k, std::vector<double>(k));
  made.covariance_se = made.covariance;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      double square = 0;
      for (const auto& row : rows) {
        const double product = (row[i] - made.mean[i]) * (row[j] - made.mean[j]);
        made.covariance[i][j] += product / n;
        square += product * product / n;
      }
      made.covariance_se[i][j] = std::sqrt((square - made.covariance[i][j] * made.covariance[i][j]) / n);
    }
    made.mean_se[i] = std::sqrt(made.covariance[i][i] / n);
  }
  return made;
}

constexpr std::uint32_t many = 20000;

TEST(Uncertainty, ACovarianceOnMixedScalesIsRecovered) {
  const Model model = model_of(
      "shape: 0.43, scale: 12 months, share: 0.3, beta: -0.2",
      "uncertainty: {fit: {normal: {unit: years, parameters: {shape: log, scale: log, share: logit, beta: identity}, "
      "covariance: [[0.04, -0.03, 0.01, 0], [-0.03, 0.09, 0, 0.02], [0.01, 0, 0.16, 0.03], [0, 0.02, 0.03, 0.05]]}}}");
  const double expected[4][4] = {
      {0.04, -0.03, 0.01, 0}, {-0.03, 0.09, 0, 0.02}, {0.01, 0, 0.16, 0.03}, {0, 0.02, 0.03, 0.05}};
  const double means[] = {std::log(0.43), 0, std::log(0.3 / 0.7), -0.2};
  std::vector<std::vector<double>> rows;
  for (std::uint32_t s = 1; s <= many; ++s) {
    const auto v = values_in(model, s);
    rows.push_back({std::log(v[0]), std::log(v[1]), std::log(v[2] / (1 - v[2])), v[3]});
  }
  const Moments found = moments_of(rows);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(found.mean[i], means[i], 5 * found.mean_se[i]);
    for (std::size_t j = 0; j < 4; ++j) {
      EXPECT_NEAR(found.covariance[i][j], expected[i][j], 5 * found.covariance_se[i][j]) << i << ", " << j;
    }
  }
}

TEST(Uncertainty, SdAndCorrelationAreACovariance) {
  const std::string head = "uncertainty: {fit: {normal: {parameters: {x: log, y: identity}, mean: [0.1, 0.2], ";
  const Model by_sd = model_of("x: 1, y: 2", head + "sd: [0.2, 0.5], correlation: [[1], [0.3, 1]]}}}");
  const Model by_covariance = model_of("x: 1, y: 2", head + "covariance: [[0.04, 0.03], [0.03, 0.25]]}}}");
  for (std::uint32_t s = 1; s < 50; ++s) {
    const auto a = values_in(by_sd, s), b = values_in(by_covariance, s);
    EXPECT_NEAR(a[0], b[0], 1e-14);
    EXPECT_NEAR(a[1], b[1], 1e-14);
  }
}

TEST(Uncertainty, ACovarianceFromAFileIsTakenByNames) {
  const std::vector<EmbeddedFile> files{
      {"v.csv", "\"\",\"scale\",\"age\",\"shape\"\n\"scale\",0.25,0.1,0.03\n\"age\",0.1,9,0\n\"shape\",0.03,0,0.04\n"}};
  const std::string head =
      "uncertainty: {fit: {normal: {parameters: {x: {scale: log, column: shape}, y: {column: scale}}, covariance: ";
  const Model from_file = model_of("x: 1, y: 2", head + "v.csv}}}", {}, files);
  const Model written = model_of("x: 1, y: 2", head + "[[0.04], [0.03, 0.25]]}}}");
  for (std::uint32_t s = 1; s < 50; ++s) EXPECT_EQ(values_in(from_file, s), values_in(written, s));
}

// Each share of a Dirichlet is a beta; the shares are negatively correlated.
TEST(Uncertainty, DirichletSharesHaveBetaMarginsAndSumToOne) {
  const Model model =
      model_of("pa: 0.2, pb: 0.3, pc: 0.5", "uncertainty: {d: {dirichlet: {concentration: {pa: 4, pb: 6, pc: 10}}}}");
  const Model with_rest = model_of("pa: 0.2, pb: 0.3", "uncertainty: {d: {dirichlet: {parameters: [pa, pb], n: 20}}}");
  const double p[] = {0.2, 0.3, 0.5};
  std::vector<std::vector<double>> rows;
  for (std::uint32_t s = 1; s <= many; ++s) {
    rows.push_back(values_in(model, s));
    EXPECT_NEAR(rows.back()[0] + rows.back()[1] + rows.back()[2], 1, 1e-15);
    const auto rest = values_in(with_rest, s);
    EXPECT_LT(rest[0] + rest[1], 1);
  }
  const Moments found = moments_of(rows);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found.mean[i], p[i], 5 * found.mean_se[i]);
    for (std::size_t j = 0; j < 3; ++j) {
      const double expected = (i == j ? p[i] * (1 - p[i]) : -p[i] * p[j]) / 21;
      EXPECT_NEAR(found.covariance[i][j], expected, 5 * found.covariance_se[i][j]);
    }
  }
  int below = 0;  // the median of beta(4, 16), R: qbeta(0.5, 4, 16)
  for (const auto& row : rows) below += row[0] < 0.189885182759176 ? 1 : 0;
  EXPECT_NEAR(below, many / 2.0, 5 * std::sqrt(many / 4.0));
}

TEST(Uncertainty, RowsAreTakenAsTheyAre) {
  const std::vector<EmbeddedFile> files{{"r.csv", "x,wait\n0.1,1\n0.2,2\n0.3,6\n"}};
  const std::string rows = "uncertainty: {boot: {rows: {file: r.csv, unit: months";
  const Model in_order = model_of("x: 1, wait: 1 year", rows + "}}}", {}, files);
  EXPECT_EQ(values_in(in_order, 1), (std::vector<double>{0.1, 1.0 / 12}));
  EXPECT_EQ(values_in(in_order, 3), (std::vector<double>{0.3, 6 * years_from(1, TimeUnit::month)}));
  const Model at_random = model_of("x: 1, wait: 1 year", rows + ", pick: resample}}}", {}, files);
  std::array<int, 3> count{};
  for (std::uint32_t s = 1; s <= many; ++s) {
    const auto v = values_in(at_random, s);
    const auto row = static_cast<std::size_t>(std::lround(v[0] * 10)) - 1;
    EXPECT_EQ(v, values_in(in_order, static_cast<std::uint32_t>(row) + 1));  // a row stays together
    ++count.at(row);
  }
  for (const int one : count) EXPECT_NEAR(one, many / 3.0, 5 * std::sqrt(many * 2.0 / 9));
}

}  // namespace
}  // namespace sojourn::model::testing
