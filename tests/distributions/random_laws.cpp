#include "random_laws.hpp"

#include "base/lane.hpp"

namespace sojourn::test {

using namespace distributions;

RandomLaw RandomLaws::draw(int i) {
  RandomLaw one;
  const auto positive = [&](double low, double high) { return in.log_between(low, high); };
  switch (i % 7) {
    case 0:
      one.law = named(one, "lognormal", {in.between(-4, 5), positive(0.02, 5)});
      break;
    case 1:
      one.law = named(one, "gamma", {positive(0.02, 2000), positive(0.01, 100)});
      break;
    case 2:
      one.law = named(one, "generalized_gamma",
                      {in.between(-4, 5), positive(0.05, 4), in.between(-4, 4) * (i % 5 == 0 ? 0.02 : 1)});
      break;
    case 3:
      one.law =
          named(one, "generalized_f", {in.between(-4, 5), positive(0.05, 4), in.between(-3, 3), positive(0.01, 10)});
      break;
    case 4:
      one.law = mixture(one);
      break;
    case 5:
      one.law = truncated(one);
      break;
    default:
      one.law = spline(one);
  }
  one.kind = one.label.substr(0, one.label.find(' '));
  return one;
}

Law RandomLaws::named(RandomLaw& one, const std::string& family, const std::vector<double>& values) {
  one.label += family;
  for (const double value : values) one.label += " " + std::to_string(value);
  one.label += "; ";
  return std::get<Law>(lower(find_family(family).value(), 0, values));
}

Law RandomLaws::simple(RandomLaw& one) {
  const auto positive = [&](double low, double high) { return in.log_between(low, high); };
  switch (static_cast<int>(in.between(0, 6))) {
    case 0:
      return named(one, "weibull", {positive(0.3, 8), positive(0.05, 50)});
    case 1:
      return named(one, "lognormal", {in.between(-3, 4), positive(0.05, 3)});
    case 2:
      return named(one, "gompertz", {in.between(-0.5, 0.5), positive(1e-3, 2)});
    case 3:
      return named(one, "gamma", {positive(0.2, 60), positive(0.05, 20)});
    case 4:
      return named(one, "loglogistic", {positive(0.4, 6), positive(0.05, 20)});
    default:
      return named(one, "exponential", {positive(0.01, 20)});
  }
}

Law RandomLaws::mixture(RandomLaw& one) {
  one.label = "mixture ";
  std::vector<double> weights;
  std::vector<Law>& parts = parts_.emplace_back();
  for (double more = 2; more < in.between(2.5, 6); ++more) weights.push_back(in.log_between(0.05, 1));
  weights.push_back(in.log_between(0.05, 1));
  for (std::size_t i = 0; i < weights.size(); ++i) parts.push_back(simple(one));
  return mixture_law(tables_.emplace_back(std::get<std::vector<double>>(mixture_table(weights))), parts);
}

Law RandomLaws::truncated(RandomLaw& one) {
  for (;;) {
    one.label = "truncated ";
    std::vector<Law>& whole = parts_.emplace_back();
    whole.push_back(simple(one));
    const double low = in.between(0, 1) < 0.3 ? 0 : time_of(whole[0], in.log_between(0.01, 2));
    const double high = in.between(0, 1) < 0.3 ? infinity : low + in.log_between(0.05, 10);
    one.label += std::to_string(low) + " " + std::to_string(high);
    const auto made = truncated_law(whole, low, high);
    if (const Law* law = std::get_if<Law>(&made); law && low < 1000) return *law;
  }
}

Law RandomLaws::spline(RandomLaw& one) {
  for (;;) {
    one.label = "royston_parmar ";
    std::vector<double> knots = {in.between(-4, 1)}, gamma = {in.between(-5, 1), in.between(0.3, 3)};
    while (knots.size() < 2 || in.between(0, 1) < 0.6) knots.push_back(knots.back() + in.between(0.3, 2));
    while (gamma.size() < knots.size()) gamma.push_back(in.between(-0.3, 0.3));
    for (const double value : gamma) one.label += " " + std::to_string(value);
    auto table = spline_table(gamma, knots, SplineTime::log, 1);
    if (!std::holds_alternative<std::vector<double>>(table)) continue;
    const auto scale = static_cast<SplineScale>(static_cast<int>(in.between(0, 3)));
    return spline_law(tables_.emplace_back(std::get<std::vector<double>>(std::move(table))), scale, SplineTime::log);
  }
}

}  // namespace sojourn::test
