#include "outcomes/curve.hpp"

#include <cmath>

namespace sojourn::outcomes {

void CurveCounts::add(const Grid& grid, const CurveEnd& end) {
  ++patients_;
  const std::size_t b = grid.bin(end.origin, end.time);
  if (b == grid.bins()) return;
  switch (end.kind) {
    case CurveEnd::Kind::event:
      ++bins_[b].events;
      bins_[b].lag += grid.lag(b, end.origin, end.time);
      break;
    case CurveEnd::Kind::competing:
      ++bins_[b].competing;
      break;
    case CurveEnd::Kind::censored:
      ++bins_[b].censored;
      break;
  }
}

void CurveCounts::combine(const CurveCounts& other) {
  patients_ += other.patients_;
  for (std::size_t b = 0; b < bins_.size(); ++b) {
    bins_[b].events += other.bins_[b].events;
    bins_[b].competing += other.bins_[b].competing;
    bins_[b].censored += other.bins_[b].censored;
    bins_[b].lag += other.bins_[b].lag;
  }
}

Curve::Curve(const Grid& grid, const CurveCounts& counts) : grid_(&grid), counts_(&counts), steps_(grid.bins()) {
  std::uint64_t at_risk = counts.patients_;
  for (std::size_t b = 0; b < steps_.size(); ++b) {
    add_bin(b, at_risk);
    at_risk -= counts.bins_[b].events + counts.bins_[b].competing + counts.bins_[b].censored;
  }
}

void Curve::add_bin(std::size_t b, std::uint64_t at_risk) {
  const Step before = b == 0 ? Step{} : steps_[b - 1];
  Step& bin = steps_[b];
  bin = before;
  bin.at_risk = at_risk;
  bin.hazard1 = bin.hazard2 = 0;
  bin.mean_time = grid_->edges()[b];
  const std::uint64_t events = counts_->bins_[b].events, all = events + counts_->bins_[b].competing;
  if (all == 0) return;
  const auto n = static_cast<double>(at_risk), n_low = static_cast<double>(at_risk - counts_->bins_[b].censored);
  const auto d1 = static_cast<double>(events);
  bin.hazard1 = d1 / n;
  bin.hazard2 = static_cast<double>(all - events) / n;
  bin.survival = before.survival * (static_cast<double>(at_risk - all) / n);
  bin.survival_low = before.survival_low * ((n_low - static_cast<double>(all)) / n_low);
  bin.incidence = before.incidence + before.survival * bin.hazard1;
  bin.incidence_low = before.incidence_low + before.survival_low * bin.hazard1;
  bin.incidence_high = before.incidence_high + before.survival * (d1 / n_low);
  if (events > 0) {
    bin.mean_time -= static_cast<double>(counts_->bins_[b].lag) / d1 / (lags_per_step * steps_per_year);
  }
}

// Area under an incidence curve up to `until`: each step, times what is left of the time when it happens.
double Curve::integral(double Step::*curve, std::size_t last, double until) const {
  double area = 0, before = 0;
  for (std::size_t b = 0; b <= last; ++b) {
    area += (steps_[b].*curve - before) * (until - steps_[b].mean_time);
    before = steps_[b].*curve;
  }
  return area;
}

double Curve::survival_integral(double Step::*curve, std::size_t last, double until) const {
  double area = 0, before = 1, from = 0;
  for (std::size_t b = 0; b <= last; ++b) {
    if (steps_[b].*curve == before) continue;
    area += before * (steps_[b].mean_time - from);
    before = steps_[b].*curve;
    from = steps_[b].mean_time;
  }
  return area + before * (until - from);
}

// Of theta = sum over bins of (step of F) x weight, weight = 1 or until - mean time; survival is 1 - F. With `later`
// the part of theta after the bin: d theta / d hazard1 = S_{i-1} weight - later / (1 - hazard), d hazard2 = - later /
// (1 - hazard).
double Curve::variance(std::size_t last, bool integrated, double until) const {
  double sum = 0, later = 0;
  for (std::size_t b = last + 1; b-- > 0;) {
    const Step& bin = steps_[b];
    const double hazard = bin.hazard1 + bin.hazard2;
    if (hazard == 0) continue;
    const double before = b == 0 ? 1 : steps_[b - 1].survival;
    const double weight = integrated ? until - bin.mean_time : 1;
    const double tail = later == 0 ? 0 : later / (1 - hazard);
    const double by1 = before * weight - tail, by2 = -tail;
    sum += (by1 * by1 * bin.hazard1 * (1 - bin.hazard1) + by2 * by2 * bin.hazard2 * (1 - bin.hazard2) -
            2 * by1 * by2 * bin.hazard1 * bin.hazard2) /
           static_cast<double>(bin.at_risk);
    later += before * bin.hazard1 * weight;
  }
  return sum;
}

// Greenwood's running sum where nothing competes; it is what `variance` gives then.
std::vector<Curve::Point> Curve::free_of_event() const {
  std::vector<Point> points(steps_.size());
  bool competing = false;
  double greenwood = 0;
  for (std::size_t b = 0; b < steps_.size(); ++b) {
    const Step& bin = steps_[b];
    competing = competing || bin.hazard2 > 0;
    if (bin.hazard1 > 0) greenwood += bin.hazard1 / ((1 - bin.hazard1) * static_cast<double>(bin.at_risk));
    const double variance_here = competing ? variance(b, false, 0) : bin.survival * bin.survival * greenwood;
    points[b] = {1 - bin.incidence, std::sqrt(variance_here), bin.at_risk};
    if (!competing) points[b].free = bin.survival;
  }
  return points;
}

CurveValue Curve::read(Functional functional, double time) const {
  const std::size_t last = grid_->bin_ending(time);
  const Step& bin = steps_[last];
  CurveValue result;
  result.patients = counts_->patients_;
  result.at_risk = bin.at_risk;
  result.reached = bin.at_risk > 0 || (counts_->patients_ > 0 && bin.survival == 0);
  for (std::size_t b = 0; b <= last; ++b) result.events += counts_->bins_[b].events;
  const bool integrated = functional == Functional::restricted_mean || functional == Functional::time_lost;
  result.variance = variance(last, integrated, time);
  switch (functional) {
    case Functional::survival:
      result.value = result.high = bin.survival;
      result.low = bin.survival_low;
      break;
    case Functional::incidence:
      result.value = bin.incidence;
      result.low = bin.incidence_low;
      result.high = bin.incidence_high;
      break;
    case Functional::restricted_mean:
      result.value = result.high = survival_integral(&Step::survival, last, time);
      result.low = survival_integral(&Step::survival_low, last, time);
      break;
    case Functional::time_lost:
      result.value = integral(&Step::incidence, last, time);
      result.low = integral(&Step::incidence_low, last, time);
      result.high = integral(&Step::incidence_high, last, time);
      break;
  }
  return result;
}

}  // namespace sojourn::outcomes
