// What one life is worth between two times: each cost, and QALYs and life years in sets of states, undiscounted and
// discounted. A life is cut into pieces at every stay, at the events and changes that something depends on, at the cuts
// of clocks and where losses end; within a piece all is constant:
//   cost   = sum of rate (A(b) - A(a)) over pieces + sum of amount D(t) over instants
//   QALYs  = sum of (weight x multipliers - losses)(A(b) - A(a)) - sum of time lost at once D(t)
// with A and D of discount.hpp. Instants t in [from, until) count, and at the horizon those at the horizon.
// Money is rounded to 2^-12 of the currency for each cost; QALYs to the unit of time for each stay: whatever is added
// up from them adds up exactly.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "outcomes/life.hpp"
#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

inline constexpr int money_bits = 12;         // money is counted in 2^-12 of the currency
inline constexpr double most_units = 0x1p43;  // of one patient: 2^40 patients' squares stay below 2^127

struct Amount {
  std::int64_t plain = 0, discounted = 0;

  Amount& operator+=(const Amount& other) {
    plain += other.plain;
    discounted += other.discounted;
    return *this;
  }
  friend bool operator==(const Amount&, const Amount&) = default;
};

class Worth {
 public:
  explicit Worth(std::shared_ptr<const WorthProgram> program);

  // Computes what follows. 0 <= from <= until <= horizon [years]. RunError, which names the cost or the utility, where
  // a value makes no sense or a sum is too large.
  void value(const Life& life, double from, double until);

  // The same, but for a life that is open: asked again for the same times before `opened` is called, nothing is done.
  void value_of_opened(const Life& life, double from, double until);
  void opened() { known_ = false; }

  [[nodiscard]] Amount cost(std::size_t index) const { return costs_[index]; }  // [2^-12 currency]
  [[nodiscard]] Amount cost(const std::vector<bool>& chosen) const;
  [[nodiscard]] Amount qalys(std::size_t region) const { return qalys_[region]; }            // [units of time]
  [[nodiscard]] Amount life_years(std::size_t region) const { return life_years_[region]; }  // [units of time]

 private:
  struct Moment {
    double time = 0;  // [years]
    Discount::Present plain, costs, effects;
  };
  struct Sum {  // of one cost [currency x units of time]
    double plain = 0, discounted = 0;
  };
  // A term of the current state without what is piecewise: changes only where something happens.
  struct Held {
    double value = 0;
    bool holds = false;
  };
  struct Spell {
    double value = 0;  // [currency / year], or of the weight [1]
    double end = 0;    // [years]
    std::uint32_t instant = 0;
  };

  void begin(const Life& life, double from, double until);
  [[nodiscard]] Moment moment(double time) const;
  [[nodiscard]] double next_time(double now);
  void instant(const Moment& here);
  // Whether something happens on which what accrues depends.
  bool advance_changes(double time);
  bool advance_events(double time);
  bool advance_stays(double time);
  void mark(std::size_t index, double time);
  void happen(const TermList& instants);
  void trigger(std::uint32_t position, const Moment& here);
  void end_spells(double time);
  void refresh(double time, bool other);
  void accumulate(const Moment& here, const Moment& there);
  void leave_state();
  void round();

  [[nodiscard]] double evaluate(const Code& code, double time) const {
    if (code.constant) return code.value;
    if (code.only_attribute >= 0) return attributes_[static_cast<std::size_t>(code.only_attribute)];
    return run(code, time);
  }
  [[nodiscard]] double run(const Code& code, double time) const;
  [[nodiscard]] bool holds(const Code& code, double time) const { return evaluate(code, time) != 0; }
  [[nodiscard]] double product(const Term& term, double time) const;
  [[nodiscard]] double holding(const Term& term, std::size_t position, bool other, double time);
  [[nodiscard]] double step(const Steps& steps, double time);
  [[nodiscard]] double origin(const model::Clock& clock) const;  // NaN: not yet
  [[nodiscard]] double weight(const InState& state, std::size_t position, bool other, double time);
  [[nodiscard]] double not_negative(const Term& term, double value, bool cost, double time) const {
    if (!(value >= 0)) [[unlikely]]
      refuse_negative(term, value, cost, time);
    return value;
  }
  [[noreturn]] void refuse_negative(const Term& term, double value, bool cost, double time) const;
  [[nodiscard]] std::string who(double time) const;

  std::shared_ptr<const WorthProgram> program_;
  const Life* life_ = nullptr;
  double from_ = 0, until_ = 0;
  bool known_ = false;  // what the open life is worth between these
  std::vector<Amount> costs_, qalys_, life_years_;

  // Where the walk through the life is.
  std::size_t stay_ = 0, event_ = 0, change_ = 0, next_event_ = 0, next_change_ = 0;
  const InState* state_ = nullptr;  // of the current stay; none before the first
  double next_cut_ = never;         // of a clock [years]
  std::vector<double> attributes_;
  std::vector<double> latest_, first_;  // by mark [years]; NaN before
  std::vector<std::uint32_t> count_;
  std::vector<std::uint32_t> pending_;  // instants that happen now
  std::vector<Spell> spells_;           // that run

  // What accrues.
  std::vector<Sum> sums_;
  std::vector<double> rates_;  // of the state's costs that vary [currency / year]
  std::vector<Held> held_;     // by position among the state's terms: costs, weights, multipliers, losses
  double weight_ = 0;
  double qaly_ = 0, discounted_qaly_ = 0;  // of the current stay [units of time]
  Amount years_;                           // the same
};

}  // namespace sojourn::outcomes
