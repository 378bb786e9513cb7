// Goes through a life and notes of what it consists: pieces, within which all rates and the weight are constant, and
// instants at which something is paid (worth_pieces.hpp). A life is cut at every stay, at the events and changes that
// something depends on, at the cuts of clocks and where losses end.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "history/block.hpp"
#include "outcomes/life_table.hpp"
#include "outcomes/worth_pieces.hpp"
#include "outcomes/worth_program.hpp"

namespace sojourn::outcomes {

class WorthWalk {
 public:
  explicit WorthWalk(std::shared_ptr<const WorthProgram> program);

  [[nodiscard]] const WorthProgram& program() const { return *program_; }
  // 0 <= from <= until <= horizon [years]. RunError, which names the cost or the utility, where a value makes no sense.
  void go(const history::Block& block, LifePlace life, double from, double until, WorthPieces& pieces);

 private:
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
  struct Rates {
    const double* costs = nullptr;  // by account [currency / year]
    double weight = 0;
  };
  // A state while the attributes that its terms depend on have certain values: which clocks matter, and the rates by
  // where those stand.
  struct Situation {
    std::vector<const Steps*> steps;
    std::vector<Rates> rates;
  };

  void begin(const history::Block& block, LifePlace life, double from, double until);
  [[nodiscard]] double next_time(double now);
  void instant(double time);
  // Whether something happens on which what accrues depends.
  bool advance_changes(double time);
  bool advance_events(double time);
  bool advance_stays(double time);
  void mark(std::size_t index, double time);
  void happen(const TermList& instants);
  void trigger(std::uint32_t position, double time);
  void end_spells(double time);
  void accrue();

  // What accrues from now on; `other`: not only a clock has come to a cut.
  [[nodiscard]] Rates rates(double time, bool other);
  [[nodiscard]] Rates computed(double time, bool other, RateRows& rows);
  [[nodiscard]] std::unique_ptr<Situation>* situation();
  [[nodiscard]] std::size_t clocks(const Situation& here, double time);

  [[nodiscard]] double evaluate(const Code& code, double time) const {
    if (code.constant) return code.value;
    if (code.only_attribute >= 0) return attributes_[static_cast<std::size_t>(code.only_attribute)];
    return run(code, time);
  }
  [[nodiscard]] double run(const Code& code, double time) const;
  [[nodiscard]] bool holds(const Code& code, double time) const { return evaluate(code, time) != 0; }
  [[nodiscard]] double product(const Term& term, double time) const;
  [[nodiscard]] double holding(const Term& term, std::size_t position, bool other, double time);
  [[nodiscard]] std::size_t place(const Steps& steps, double time);
  [[nodiscard]] double step(const Steps& steps, double time);
  [[nodiscard]] double baseline(AttributeId attribute) const {
    return block_->baseline_value(life_.strategy, attribute.index(), life_.patient);
  }
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
  RateRows known_rows_;
  const double* no_rates_;
  std::vector<std::vector<std::unique_ptr<Situation>>> situations_;  // by state, by values of the attributes
  std::vector<const double*> paid_;  // by instant: what it is worth, if that is constant
  std::vector<const Steps*> asked_;  // that `computed` looked at

  const history::Block* block_ = nullptr;
  LifePlace life_;
  history::PatientHistory rows_;
  WorthPieces* pieces_ = nullptr;
  double from_ = 0, until_ = 0;

  // Where the walk through the life is.
  std::size_t stay_ = 0, event_ = 0, change_ = 0, next_event_ = 0, next_change_ = 0;
  const InState* state_ = nullptr;                   // of the current stay; none before the first
  std::unique_ptr<Situation>* situation_ = nullptr;  // where it is remembered
  double next_cut_ = never;                          // of a clock [years]
  Rates rates_;                                      // without what lasts after an instant
  std::vector<double> attributes_;
  std::vector<double> latest_, first_;  // by mark [years]; NaN before
  std::vector<std::uint32_t> count_;
  std::vector<std::uint32_t> pending_;  // instants that happen now
  std::vector<Spell> spells_;           // that run
  std::vector<Held> held_;              // by position among the state's terms: costs, weights, multipliers, losses
};

}  // namespace sojourn::outcomes
