// Mixture (latent classes): S = sum w_i S_i, each patient's class fixed and unknown. Law::parts are the laws of the
// classes, without atoms; Law::table holds log w_i, the weights adding up to 1.
// Given survival to s0 it is a mixture again, with weights w_i S_i(s0) / S(s0), kept as logarithms; H(s1) - H(s0) is
// -log1p(sum w_i' (e^-g_i - 1)) of the parts' differences g_i, or a difference of logarithms of sums where S falls far.
// The time at which E is reached lies between the earliest and the latest that a part alone would give; there Newton's
// method on log(H(t) - H(s0)) over log(t - s0) inside a shrinking bracket: about 6 rounds over all parts.
// Source: G. McLachlan and D. Peel, Finite Mixture Models, 2000, chapter 10.
#pragma once

#include <algorithm>
#include <vector>

#include "distributions/family.hpp"
#include "distributions/hazard_pair.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Mixture {
  static constexpr FamilyInfo info{.name = "mixture",
                                   .formula = "S(t) = sum w_i S_i(t)",
                                   .source = "McLachlan and Peel 2000, chapter 10",
                                   .forms = {},
                                   .given_by = GivenBy::mixture};
  static constexpr bool compiled = true;

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is made of other families, not of parameters", "see tables.hpp"};
  }
  static Landmarks landmarks(const Law& law) { return landmarks_of_parts(law); }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return between(law, L(0.0), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const L most = largest_share(law, s);
    L sum = L(0.0), total = L(0.0);
    for (std::size_t i = 0; i < law.parts.size(); ++i) {
      const L share = exp(log_share(law, i, s) - most);
      const L h = part::hazard(law.parts[i], s);
      sum = sum + select(share > 0.0, share * h, L(0.0));
      total = total + share;
    }
    return select(most > -infinity, sum / total, L(infinity));
  }
  // While little is lost 1 - S is summed, later log S with the largest share taken out.
  static HazardPair<double> hazards(const Law& law, double s) {
    std::vector<HazardPair<double>> parts;
    double most = -infinity, whole = 0, loss = 0;
    for (std::size_t i = 0; i < law.parts.size(); ++i) {
      parts.push_back(hazards_at(law.parts[i], s));
      const double weight = exp(law.table[i]);
      most = std::max(most, law.table[i] - parts[i].cumulative);
      whole += weight;
      loss += weight * expm1(-parts[i].cumulative);
    }
    double total = 0, falling = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double share = exp(law.table[i] - parts[i].cumulative - most);
      total += share;
      if (share > 0) falling += share * parts[i].hazard;
    }
    return {loss > -0.5 * whole ? -log1p(loss / whole) : -(most + log(total)), falling / total};
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const L most = largest_share(law, s0);
    L total = L(0.0), loss = L(0.0), least = L(infinity);  // least: of g_i - log share
    for (std::size_t i = 0; i < law.parts.size(); ++i) {
      const L log_part = log_share(law, i, s0) - most;
      const L share = exp(log_part), g = part::between(law.parts[i], s0, s1);
      const auto left = share > 0.0;
      total = total + select(left, share, L(0.0));
      loss = loss + select(left, share * expm1(-g), L(0.0));
      least = smaller(least, select(log_part > -infinity, g - log_part, L(infinity)));
    }
    const L mean_loss = loss / total;
    const auto small = mean_loss > -0.5;
    L result = -log1p(select(small, mean_loss, L(0.0)));
    if (any(opposite(small))) result = select(small, result, log(total) + fall(law, s0, s1, most, least));
    const L plain = select(most > -infinity, larger(result, L(0.0)), L(infinity));
    return select(s1 > s0, plain, L(0.0));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_from(law, L(0.0), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    L low = L(infinity), high = L(0.0);
    for (const Law& one : law.parts) {
      const L t = larger(part::time_from(one, s0, e), s0);
      low = smaller(low, t);
      high = larger(high, t);
    }
    const L end = L(0x1.fffffffffffffp1023);
    const auto never_reached = both(high == infinity, between(law, s0, end) < e);
    widen(law, s0, e, low, high, never_reached);
    const L t = search(law, s0, e, low, high, opposite(never_reached));
    return select(e > 0.0, select(never_reached, L(infinity), t), s0);
  }

 private:
  // log(w_i S_i(s)); -inf where the part is used up
  template <Lane L>
  static L log_share(const Law& law, std::size_t i, const L& s) {
    return law.table[i] - part::cumulative_hazard(law.parts[i], s);
  }
  template <Lane L>
  static L largest_share(const Law& law, const L& s) {
    L most = L(-infinity);
    for (std::size_t i = 0; i < law.parts.size(); ++i) most = larger(most, log_share(law, i, s));
    return most;
  }
  // -log sum share_i e^-g_i, with `least` the smallest exponent taken out
  template <Lane L>
  static L fall(const Law& law, const L& s0, const L& s1, const L& most, const L& least) {
    L sum = L(0.0);
    for (std::size_t i = 0; i < law.parts.size(); ++i) {
      const L log_part = log_share(law, i, s0) - most;
      const L term = exp(least - (part::between(law.parts[i], s0, s1) - log_part));
      sum = sum + select(both(log_part > -infinity, term == term), term, L(0.0));
    }
    return select(least < infinity, least - log(sum), L(infinity));
  }

  // Parts that never have the event leave no upper end: double the time until the mixture has reached e.
  template <Lane L>
  static void widen(const Law& law, const L& s0, const L& e, L& low, L& high, const Mask<L>& never_reached) {
    auto open = both(high == infinity, opposite(never_reached));
    L probe = larger(low, L(0x1p-60));
    for (int i = 0; i < 1200 && any(open); ++i) {
      probe = smaller(probe * 2.0, L(0x1.fffffffffffffp1023));
      const auto reached = between(law, s0, probe) >= e;
      high = select(both(open, reached), probe, high);
      low = select(both(open, opposite(reached)), probe, low);
      open = both(open, opposite(reached));
    }
  }

  // In d = t - s0, of which the smallest that can be told apart from s0 is one unit of its last place.
  template <Lane L>
  static L search(const Law& law, const L& s0, const L& e, L low, L high, Mask<L> active) {
    active = both(active, low < high);
    L t = select(low > s0, low, s0 + 0.5 * (high - s0));
    for (int i = 0; i < 200 && any(active); ++i) {
      const L reached = between(law, s0, t), h = hazard(law, t), d = t - s0;
      const L excess = log(reached / e);
      low = select(both(active, excess < 0.0), t, low);
      high = select(both(active, excess >= 0.0), t, high);
      const L moved = s0 + d * exp(larger(smaller(-excess * (reached / (h * d)), L(40.0)), L(-40.0)));
      const L wide = s0 + root(larger(low - s0, L(1e-300))) * root(high - s0);
      const L middle = select(high - s0 > 4.0 * (low - s0), wide, low + 0.5 * (high - low));
      const L next = select(both(moved > low, moved < high), moved, middle);
      const auto near_enough = magnitude(excess) <= 0x1p-50;
      const auto closed = either(next <= low, next >= high);
      t = select(both(active, opposite(near_enough)), select(closed, high, next), t);
      active = both(active, opposite(either(near_enough, closed)));
    }
    return select(low < high, t, low);
  }
};

}  // namespace sojourn::distributions
