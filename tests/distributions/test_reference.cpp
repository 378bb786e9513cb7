// Against R: flexsurv 2.3.2, survival 3.5-3 and msm 1.7 on R 4.2.2 (tests/data/distributions/README.md).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "csv.hpp"
#include "distributions/tables.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();

// Stacy's generalised gamma and the original generalised F in Prentice's terms (flexsurv, dgengamma.orig, dgenf.orig)
void from_original(const std::string& family, std::map<std::string, double>& p) {
  if (family == "gengamma.orig") {
    p["mu"] = std::log(p["scale"]) + std::log(p["k"]) / p["shape"];
    p["sigma"] = 1 / (p["shape"] * std::sqrt(p["k"]));
    p["Q"] = 1 / std::sqrt(p["k"]);
  }
  if (family == "genf.orig") {
    const double sum = 1 / p["s1"] + 1 / p["s2"];
    p["sigma"] *= std::sqrt(sum);
    p["Q"] = (1 / p["s1"] - 1 / p["s2"]) / std::sqrt(sum);
    p["P"] = 2 / (p["s1"] + p["s2"]);
  }
}

const std::map<std::string, std::string> names_in_r = {{"exp", "exponential"},
                                                       {"weibull", "weibull"},
                                                       {"weibullPH", "weibull_ph"},
                                                       {"gompertz", "gompertz"},
                                                       {"lnorm", "lognormal"},
                                                       {"llogis", "loglogistic"},
                                                       {"gamma", "gamma"},
                                                       {"gengamma", "generalized_gamma"},
                                                       {"gengamma.orig", "generalized_gamma"},
                                                       {"genf", "generalized_f"},
                                                       {"genf.orig", "generalized_f"}};

// R's name and "shape=1.1;scale=6" to a law; the order of the values is that of our first form
Law law_of_row(const CsvRow& row) {
  std::map<std::string, double> given;
  for (const std::string& part : split(row.at("params"), ';')) {
    const auto pair = split(part, '=');
    given[pair[0]] = std::stod(pair[1]);
  }
  from_original(row.at("dist"), given);
  const FamilyIndex family = find_family(names_in_r.at(row.at("dist"))).value();
  std::vector<double> values;
  for (const ParameterInfo& parameter : families()[family].forms[0].parameters) {
    values.push_back(given.at(std::string(parameter.name)));
  }
  return std::get<Law>(lower(family, 0, values));
}

// Eleven names of R, among them the Gompertz and the generalised gamma in all their forms.
TEST(AgainstR, CoversEveryFamily) {
  std::set<std::string> functions, quantiles, parameters;
  for (const CsvRow& row : read_csv("dist_functions.csv")) {
    functions.insert(row.at("dist"));
    parameters.insert(row.at("dist") + " " + row.at("params"));
  }
  for (const CsvRow& row : read_csv("dist_quantiles.csv")) quantiles.insert(row.at("dist"));
  for (const auto& [name, ours] : names_in_r) {
    EXPECT_TRUE(functions.contains(name) && quantiles.contains(name)) << name;
  }
  EXPECT_EQ(functions.size(), 11u);
  EXPECT_TRUE(parameters.contains("gompertz shape=-0.2;rate=0.3")) << "negative shape";
  EXPECT_TRUE(parameters.contains("gengamma mu=1;sigma=0.8;Q=0")) << "Q = 0";
  EXPECT_TRUE(parameters.contains("gengamma mu=1;sigma=0.8;Q=-0.5")) << "Q < 0";
}

TEST(AgainstR, Functions) {
  for (const CsvRow& row : read_csv("dist_functions.csv")) {
    const Law law = law_of_row(row);
    const double t = number(row, "t"), s = std::exp(-cumulative_hazard(law, t));
    const std::string where = row.at("dist") + " " + row.at("params") + " at " + row.at("t");
    EXPECT_NEAR(s, number(row, "surv"), 2e-14) << where;
    EXPECT_NEAR(hazard(law, t) * s, number(row, "pdf"), 1e-11 * number(row, "pdf") + 1e-290) << where;
    // R's hazard is pdf / S: off where S is small
    EXPECT_NEAR(hazard(law, t), number(row, "hazard"), (1e-11 + 1e-15 / s) * number(row, "hazard")) << where;
    // R forms H as -log(S), so it is off by 1e-16 / S
    const double h = number(row, "cumhaz");
    const double allowed = h < 30 ? 1e-13 * h + 2e-16 * std::exp(h) : infinite;
    EXPECT_NEAR(cumulative_hazard(law, t), h, allowed) << where;
  }
}

TEST(AgainstR, Quantiles) {
  for (const CsvRow& row : read_csv("dist_quantiles.csv")) {
    const Law law = law_of_row(row);
    const double p = number(row, "p");
    const double t = time_of(law, -std::log1p(-p));
    const std::string where = row.at("dist") + " " + row.at("params") + " at " + row.at("p");
    if (row.at("quantile") == "Inf") {
      EXPECT_EQ(t, infinite) << where;
    } else {
      // what the rounding of p near 1 is worth, and R's own error
      const double allowed = 1e-12 + 3e-16 / ((1 - p) * hazard(law, t) * t);
      EXPECT_NEAR(t / number(row, "quantile"), 1, allowed) << where;
    }
  }
}

// int_0^t S by Gauss and Legendre's ten points on 2,000 panels, finer near 0
double restricted_mean(const Law& law, double until) {
  constexpr std::array<double, 5> nodes = {0.1488743389816312, 0.4333953941292472, 0.6794095682990244,
                                           0.8650633666889845, 0.9739065285171717};
  constexpr std::array<double, 5> weights = {0.2955242247147529, 0.2692667193099963, 0.2190863625159820,
                                             0.1494513491505806, 0.0666713443086881};
  constexpr int panels = 2000;
  double sum = 0;
  for (int i = 0; i < panels; ++i) {
    const double low = until * std::pow(i / double{panels}, 4), high = until * std::pow((i + 1) / double{panels}, 4);
    for (std::size_t k = 0; k < 5; ++k) {
      for (const double side : {-1.0, 1.0}) {
        const double t = 0.5 * (low + high) + side * nodes[k] * 0.5 * (high - low);
        sum += weights[k] * 0.5 * (high - low) * std::exp(-cumulative_hazard(law, t));
      }
    }
  }
  return sum;
}

TEST(AgainstR, RestrictedMeans) {
  // R integrates to about 1e-7
  for (const CsvRow& row : read_csv("dist_rmst.csv")) {
    const double exact = number(row, "rmst");
    EXPECT_NEAR(restricted_mean(law_of_row(row), number(row, "t")) / exact, 1, 2e-7) << row.at("dist") << row.at("t");
  }
}

Law table_law(const char* family, const std::vector<double>& storage) {
  Law law;
  law.family = find_family(family).value();
  law.table = storage;
  return law;
}

TEST(AgainstR, PiecewiseExponential) {
  const auto storage = piecewise_table(std::array{0.0, 2.0, 5.0, 8.0}, std::array{0.1, 0.3, 0.05, 0.2});
  const Law law = table_law("piecewise_exponential", storage);
  for (const CsvRow& row : read_csv("pwexp_functions.csv")) {
    const double t = number(row, "t");
    EXPECT_NEAR(cumulative_hazard(law, t), number(row, "H"), 5e-14) << t;
    EXPECT_NEAR(std::exp(-cumulative_hazard(law, t)), number(row, "S"), 2e-14) << t;
    EXPECT_NEAR(hazard(law, t), number(row, "f") / number(row, "S"), 5e-14) << t;
    EXPECT_NEAR(hazard(law, t) * std::exp(-cumulative_hazard(law, t)), number(row, "f"), 5e-14) << t;
  }
  for (const CsvRow& row : read_csv("pwexp_quantiles.csv")) {
    EXPECT_NEAR(time_of(law, -std::log1p(-number(row, "p"))), number(row, "q"), 1e-12) << row.at("p");
  }
}

TEST(AgainstR, LifeTable) {
  std::map<std::string, std::vector<double>> breaks, rates;
  for (const CsvRow& row : read_csv("life_us_2010_daily_rates.csv")) {
    breaks[row.at("sex")].push_back(number(row, "age"));
    rates[row.at("sex")].push_back(number(row, "daily_rate_2010") * 365.25);
  }
  for (const CsvRow& row : read_csv("life_survexp_us_2010.csv")) {
    const auto storage = piecewise_table(breaks.at(row.at("sex")), rates.at(row.at("sex")));
    const Law law = table_law("life_table", storage);
    const double age = number(row, "age"), years = number(row, "years");
    EXPECT_NEAR(std::exp(-cumulative_hazard_between(law, age, age + years)), number(row, "expected_survival"), 2e-14)
        << age << " " << years;
  }
}

}  // namespace
}  // namespace sojourn::test
