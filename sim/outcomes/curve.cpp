#include "outcomes/curve.hpp"

#include <numeric>

namespace sojourn::outcomes {

namespace {

void add_each(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& from) {
  for (std::size_t b = 0; b < into.size(); ++b) into[b] += from[b];
}

}  // namespace

void CurveCounts::add(const Grid& grid, double origin, const CurveEnd& end) {
  ++patients_;
  const std::size_t b = grid.bin(origin, end.time);
  if (b == grid.bins()) return;
  switch (end.kind) {
    case CurveEnd::Kind::event:
      ++events_[b];
      lag_[b] += grid.lag(b, origin, end.time);
      break;
    case CurveEnd::Kind::competing:
      ++competing_[b];
      break;
    case CurveEnd::Kind::censored:
      ++censored_[b];
      break;
  }
}

void CurveCounts::combine(const CurveCounts& other) {
  patients_ += other.patients_;
  add_each(events_, other.events_);
  add_each(competing_, other.competing_);
  add_each(censored_, other.censored_);
  add_each(lag_, other.lag_);
}

Curve::Curve(const Grid& grid, const CurveCounts& counts) : grid_(&grid), counts_(&counts), bins_(grid.bins()) {
  std::uint64_t at_risk = counts.patients_;
  for (std::size_t b = 0; b < bins_.size(); ++b) {
    add_bin(b, at_risk);
    at_risk -= counts.events_[b] + counts.competing_[b] + counts.censored_[b];
  }
}

void Curve::add_bin(std::size_t b, std::uint64_t at_risk) {
  const Bin before = b == 0 ? Bin{} : bins_[b - 1];
  Bin& bin = bins_[b];
  bin = before;
  bin.at_risk = at_risk;
  bin.hazard1 = bin.hazard2 = 0;
  bin.mean_time = grid_->edges()[b];
  const std::uint64_t events = counts_->events_[b], all = events + counts_->competing_[b];
  if (all == 0) return;
  const auto n = static_cast<double>(at_risk), n_low = static_cast<double>(at_risk - counts_->censored_[b]);
  const auto d1 = static_cast<double>(events);
  bin.hazard1 = d1 / n;
  bin.hazard2 = static_cast<double>(all - events) / n;
  bin.survival = before.survival * (static_cast<double>(at_risk - all) / n);
  bin.survival_low = before.survival_low * ((n_low - static_cast<double>(all)) / n_low);
  bin.incidence = before.incidence + before.survival * bin.hazard1;
  bin.incidence_low = before.incidence_low + before.survival_low * bin.hazard1;
  bin.incidence_high = before.incidence_high + before.survival * (d1 / n_low);
  if (events > 0) {
    bin.mean_time -= static_cast<double>(counts_->lag_[b]) / d1 / (lags_per_step * steps_per_year);
  }
}

// Area under an incidence curve up to `until`: each step, times what is left of the time when it happens.
double Curve::integral(double Bin::*curve, std::size_t last, double until) const {
  double area = 0, before = 0;
  for (std::size_t b = 0; b <= last; ++b) {
    area += (bins_[b].*curve - before) * (until - bins_[b].mean_time);
    before = bins_[b].*curve;
  }
  return area;
}

double Curve::survival_integral(double Bin::*curve, std::size_t last, double until) const {
  double area = 0, before = 1, from = 0;
  for (std::size_t b = 0; b <= last; ++b) {
    if (bins_[b].*curve == before) continue;
    area += before * (bins_[b].mean_time - from);
    before = bins_[b].*curve;
    from = bins_[b].mean_time;
  }
  return area + before * (until - from);
}

// Of theta = sum over bins of (step of F) x weight, weight = 1 or until - mean time; survival is 1 - F. With `later`
// the part of theta after the bin: d theta / d hazard1 = S_{i-1} weight - later / (1 - hazard), d hazard2 = - later /
// (1 - hazard).
double Curve::variance(std::size_t last, bool integrated, double until) const {
  double sum = 0, later = 0;
  for (std::size_t b = last + 1; b-- > 0;) {
    const Bin& bin = bins_[b];
    const double hazard = bin.hazard1 + bin.hazard2;
    if (hazard == 0) continue;
    const double before = b == 0 ? 1 : bins_[b - 1].survival;
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

CurveValue Curve::read(Functional functional, double time) const {
  const std::size_t last = grid_->bin_ending(time);
  const Bin& bin = bins_[last];
  CurveValue result;
  result.patients = counts_->patients_;
  result.at_risk = bin.at_risk;
  result.reached = bin.at_risk > 0 || (counts_->patients_ > 0 && bin.survival == 0);
  result.events = std::accumulate(counts_->events_.begin(),
                                  counts_->events_.begin() + static_cast<std::ptrdiff_t>(last) + 1, std::uint64_t{0});
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
      result.value = result.high = survival_integral(&Bin::survival, last, time);
      result.low = survival_integral(&Bin::survival_low, last, time);
      break;
    case Functional::time_lost:
      result.value = integral(&Bin::incidence, last, time);
      result.low = integral(&Bin::incidence_low, last, time);
      result.high = integral(&Bin::incidence_high, last, time);
      break;
  }
  return result;
}

}  // namespace sojourn::outcomes
