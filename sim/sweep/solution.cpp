#include "sweep/solution.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <map>

#include "base/byte_stream.hpp"
#include "base/elementary.hpp"
#include "base/error.hpp"

namespace sojourn::sweep {

namespace {

// On which a parameter is searched: the log odds between 0 and 1, the logarithm of what is not negative, else itself.
// In units in which a difference of 1 shows a slope: a tenth, or a hundredth of the way between its bounds.
class Scale {
 public:
  explicit Scale(const Unknown& one) : low_(one.low), high_(one.high) {
    const bool plain = one.unit.empty();
    kind_ = plain && low_ >= 0 && high_ <= 1 ? Kind::log_odds : low_ >= 0 ? Kind::logarithm : Kind::linear;
    unit_ = kind_ == Kind::linear ? (high_ - low_) / 100 : 0.1;
  }

  [[nodiscard]] double position(double value) const {
    constexpr double edge = 1e-6;  // as near as 0 and 1 are tried
    if (kind_ == Kind::log_odds) return logit(std::clamp(value, edge, 1 - edge)) / unit_;
    return (kind_ == Kind::logarithm ? log(std::max(value, high_ * 1e-9)) : value) / unit_;
  }
  [[nodiscard]] double value(double position) const {
    const double x = position * unit_;
    const double found = kind_ == Kind::log_odds ? logistic(x) : kind_ == Kind::logarithm ? exp(x) : x;
    return std::clamp(found, low_, high_);
  }
  [[nodiscard]] SearchVariable variable(double start) const {
    return {position(std::clamp(start, low_, high_)), position(low_), position(high_)};
  }

 private:
  enum class Kind : std::uint8_t { linear, logarithm, log_odds };
  Kind kind_ = Kind::linear;
  double low_, high_, unit_ = 1;
};

class Solving {
 public:
  Solving(const Recalibration& wanted, const Figures& figures, std::vector<double> given, const FigureLives& how)
      : figures_(figures), given_(std::move(given)), how_(how), first_(given_.size() - wanted.unknowns.size()) {
    for (const Unknown& one : wanted.unknowns) scales_.emplace_back(one);
  }

  Solution run() {
    std::vector<SearchVariable> variables;
    for (std::size_t k = 0; k < scales_.size(); ++k) variables.push_back(scales_[k].variable(given_[first_ + k]));
    SearchRules rules;
    rules.most_evaluations = 30 + 10 * static_cast<std::int64_t>(scales_.size());
    const auto found = least_squares(
        variables, [this](const std::vector<double>& at) { return residuals(at); }, rules);
    if (found) return {values(found->at), reached_.at(found->at), found->evaluations, found->ended};
    std::vector<double> own;
    for (const SearchVariable& one : variables) own.push_back(one.start);
    const auto nobody = reached_.find(own);
    if (nobody == reached_.end()) std::rethrow_exception(fault_);
    return {values(own), nobody->second, evaluations_, Ended::converged};
  }

 private:
  [[nodiscard]] std::vector<double> values(const std::vector<double>& at) const {
    std::vector<double> made;
    for (std::size_t k = 0; k < at.size(); ++k) made.push_back(scales_[k].value(at[k]));
    return made;
  }

  // Deviations in tolerances; nothing where the model does not go with the values, or a figure is of nobody.
  std::optional<std::vector<double>> residuals(const std::vector<double>& at) {
    ++evaluations_;
    try {
      std::vector<double> made;
      for (const Reached& one : reached(at)) made.push_back(one.residual() / one.tolerance);
      const auto nobody = [](double one) { return std::isnan(one); };
      return std::any_of(made.begin(), made.end(), nobody) ? std::nullopt : std::optional(made);
    } catch (const InputError&) {
      if (!fault_) fault_ = std::current_exception();
    } catch (const RunError&) {
      if (!fault_) fault_ = std::current_exception();
    }
    return std::nullopt;
  }

  // Each point is lived once, however many searches come by it.
  const std::vector<Reached>& reached(const std::vector<double>& at) {
    const auto known = reached_.find(at);
    if (known != reached_.end()) return known->second;
    const std::vector<double> own = values(at);
    std::copy(own.begin(), own.end(), given_.begin() + static_cast<std::ptrdiff_t>(first_));
    return reached_.emplace(at, figures_.reached(given_, how_)).first->second;
  }

  const Figures& figures_;
  std::vector<double> given_;
  const FigureLives& how_;
  std::size_t first_;
  std::vector<Scale> scales_;
  std::map<std::vector<double>, std::vector<Reached>> reached_;
  std::int64_t evaluations_ = 0;
  std::exception_ptr fault_;  // the first: with the model's own values
};

void pass(auto& stream, auto& solution) {
  stream.pass(solution.evaluations);
  stream.pass(solution.ended);
  stream.pass_list(solution.unknowns, [&](auto& one) { stream.pass(one); });
  stream.pass_list(solution.reached, [&](auto& one) {
    for (auto* value : {&one.wanted, &one.tolerance, &one.value, &one.se, &one.lower, &one.upper}) stream.pass(*value);
  });
}

}  // namespace

std::string Solution::stored() const {
  ByteWriter writer;
  pass(writer, *this);
  return writer.take();
}

Solution read_solution(std::string_view bytes) {
  ByteReader reader(bytes);
  Solution made;
  pass(reader, made);
  if (made.ended > Ended::evaluations_used || !reader.at_end()) throw MalformedBytes();
  return made;
}

Solution solve(const Recalibration& wanted, const Figures& figures, std::vector<double> given, const FigureLives& how) {
  if (wanted.solves()) return Solving(wanted, figures, std::move(given), how).run();
  return {{}, figures.reached(given, how), 1};
}

}  // namespace sojourn::sweep
