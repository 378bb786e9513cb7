#include "survival/gray_test.hpp"

namespace sojourn::survival {

namespace {

// What one time adds to the variance by what happens in one group r: with the rest c(end) - c(t) of each group's
// weights,
//   own (d + (1 - q) rest)(d + (1 - q) rest)' + other (q rest)(q rest)',   q = (1 - F0)/S_r
struct Term {
  std::vector<double> direct, so_far;  // by group: d, c(t)
  double q = 0, own = 0, other = 0;
  std::size_t group = 0;
};

class Gray {
 public:
  Gray(const RiskTable& table, int cause)
      : table_(table),
        cause_(cause),
        groups_(static_cast<std::size_t>(table.groups())),
        survival_(groups_, 1),
        incidence_(groups_, 0),
        scale_(groups_, 0),
        weights_(groups_ * groups_, 0) {
    result_.score.assign(groups_, 0);
    result_.variance.assign(groups_ * groups_, 0);
  }

  GrayTest run() {
    for (std::size_t k = 0; k < table_.size(); ++k) {
      if (table_.events(k) > 0) step(k);
    }
    for (const Term& term : terms_) add(term);
    result_.test = chi_squared_test(result_.score, result_.variance);
    return result_;
  }

 private:
  static double number(std::int64_t count) { return static_cast<double>(count); }
  [[nodiscard]] std::int64_t at_risk(std::size_t k, std::size_t g) const {
    return table_.at_risk(k, static_cast<int>(g));
  }
  [[nodiscard]] std::int64_t events(std::size_t k, std::size_t g) const {
    return table_.events(k, static_cast<int>(g), cause_);
  }

  void step(std::size_t k) {
    double all = 0, expected = 0, d = 0;
    for (std::size_t g = 0; g < groups_; ++g) {
      scale_[g] = at_risk(k, g) > 0 ? number(at_risk(k, g)) / survival_[g] : 0;
      all += scale_[g];
      expected += scale_[g] * (1 - incidence_[g]);
      d += number(events(k, g));
    }
    const double tie = d > 1 ? d - 1 : 0, increase = d / all;
    for (std::size_t g = 0; g < groups_; ++g) {
      if (expected > 0) result_.score[g] += number(events(k, g)) - d * scale_[g] * (1 - incidence_[g]) / expected;
      for (std::size_t r = 0; r < groups_; ++r) {
        weights_[g * groups_ + r] += scale_[g] * ((g == r ? 1 : 0) - scale_[r] / all) * increase / (1 - pooled_);
      }
    }
    pooled_ += increase;
    for (std::size_t r = 0; r < groups_; ++r) {
      if (at_risk(k, r) > 0) terms_.push_back(term(k, r, all, increase * (1 - tie / (all * survival_[r] - 1))));
    }
  }

  // Moves the group's curves on, too.
  Term term(std::size_t k, std::size_t r, double all, double own) {
    const double n = number(at_risk(k, r)), before = survival_[r], d = number(events(k, r));
    const double others = number(table_.events(k, static_cast<int>(r))) - d;
    Term made;
    made.group = r;
    for (std::size_t g = 0; g < groups_; ++g) {
      made.direct.push_back(scale_[g] * ((g == r ? 1 : 0) - scale_[r] / all));
      made.so_far.push_back(weights_[g * groups_ + r]);
    }
    incidence_[r] += before * d / n;
    survival_[r] *= (n - d - others) / n;
    made.q = survival_[r] > 0 ? (1 - pooled_) / survival_[r] : 0;
    made.own = own / scale_[r];
    const double tie = others > 1 ? (others - 1) / (n - 1) : 0;
    made.other = (1 - tie) * before * others / n / scale_[r];
    return made;
  }

  void add(const Term& term) {
    std::vector<double> by_cause, by_others;
    for (std::size_t g = 0; g < groups_; ++g) {
      const double rest = weights_[g * groups_ + term.group] - term.so_far[g];
      by_cause.push_back(term.direct[g] + (1 - term.q) * rest);
      by_others.push_back(term.q * rest);
    }
    for (std::size_t g = 0; g < groups_; ++g) {
      for (std::size_t h = 0; h < groups_; ++h) {
        result_.variance[g * groups_ + h] +=
            term.own * by_cause[g] * by_cause[h] + term.other * by_others[g] * by_others[h];
      }
    }
  }

  const RiskTable& table_;
  int cause_;
  std::size_t groups_;
  std::vector<double> survival_, incidence_;  // by group, before the time at hand
  std::vector<double> scale_;                 // h_g
  std::vector<double> weights_;               // c(t), row by row
  double pooled_ = 0;                         // F0
  std::vector<Term> terms_;
  GrayTest result_;
};

}  // namespace

GrayTest gray_test(const RiskTable& table, int cause) {
  return Gray(table, cause).run();
}

}  // namespace sojourn::survival
