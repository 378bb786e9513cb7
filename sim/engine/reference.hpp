// The reference engine: one patient, straight-line, the definition of the right answer (docs/methods.md). One object
// serves many patients of one program, one thread.
//
// At one instant: events, then branches, then transitions, then the horizon; within a class by priority, then by
// position in the file. Transitions are brought up to date once the events and branches of the instant are done.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/hazard.hpp"
#include "engine/observer.hpp"
#include "history/block.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

// The first draws of one patient, which are the same under every strategy: of each declaration's first episode the
// budget, of each branch's first firing the uniform. NaN: not drawn yet. Empty: not kept.
struct FirstDraws {
  std::span<double> budgets, numbers;
};

class Reference {
 public:
  explicit Reference(const program::Program& program, Observer* observer = nullptr);

  // Appends the history of `patient`, who starts with these attributes, to `out`.
  // Throws InputError naming patient, state and transition where a hazard or probability is not valid.
  // What is found in `first` is not drawn again, what is drawn is left there for the next strategy.
  void live(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out,
            FirstDraws first = {});

  [[nodiscard]] std::uint64_t draws() const { return draws_; }  // used, whoever drew them

 private:
  // A declaration's risk episode.
  struct Risk {
    double remaining = 0;  // unspent budget at `reckoned`; NaN: not drawn yet
    double reckoned = 0;   // [years]
    std::uint32_t next_visit = 0, visit = 0;
    bool active = false, on = false, spent = false;
    bool hazard = false;  // some component's clock runs with a factor above 0
  };
  struct Timer {
    std::int32_t branch = 0, rank = 0;
    std::size_t next = 0;  // index into the branch's times
    double trigger = 0, time = 0;
  };
  struct Ahead {  // a branch's number, drawn before it fires
    std::uint32_t visit = none;
    double u = 0;
    static constexpr std::uint32_t none = 0xffff'ffffU;
  };
  enum class Class : std::uint8_t { event, branch, transition, horizon };
  struct Next {
    double time = never;
    Class kind = Class::horizon;
    std::size_t index = 0;  // declaration
  };

  void begin(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out);
  void finish();
  [[nodiscard]] Next earliest_event_or_branch() const;
  void consider_transitions(Next& next) const;
  void count_happening(bool at_same_instant);

  // what happens (reference_instants.cpp)
  void fire(std::size_t declaration);
  void fire_timer();
  [[nodiscard]] std::size_t choose(const program::Branch& branch, std::size_t index);
  [[nodiscard]] std::size_t choose_by_probability(const program::Branch& branch, double u);
  [[nodiscard]] std::size_t choose_ordinal(const program::Branch& branch, double u) const;
  void assign(program::Range assignments) {
    for (std::int32_t i = 0; i < assignments.count; ++i) assign(program_.assignments[at(assignments.first + i)]);
  }
  void assign(const program::Assignment& assignment);
  void check_assigned(std::size_t attribute, double value) const;
  void occur(std::size_t mark);
  void arm(const std::vector<std::int32_t>& branches);
  void set(const Timer& timer);
  void draw_ahead(const std::vector<std::int32_t>& branches);
  [[nodiscard]] bool known_number(std::size_t branch);
  void keep_number(std::size_t branch, std::uint32_t visit, double u);
  void move(std::int32_t to, std::int32_t cause);
  void leave(std::int32_t to);
  void enter(std::int32_t state);

  // risk episodes and hazards (reference_hazards.cpp)
  void after_changes();
  void update_warps();
  void update_transitions();
  void begin_episode(std::size_t declaration);
  void start(const std::vector<std::size_t>& declarations);  // whose episodes have begun
  void draw_budgets(const std::vector<std::size_t>& declarations);
  void end(std::size_t declaration);
  void refresh(std::size_t declaration);
  void settle(std::size_t declaration);
  void schedule(std::size_t declaration);
  [[nodiscard]] double schedule_fixed(const program::Component& source, const Running& running,
                                      std::size_t declaration);
  void draw_budget(std::size_t declaration);
  void take_budget(std::size_t declaration, double u);
  [[nodiscard]] bool known_budget(std::size_t declaration);
  void latch(std::size_t declaration);
  [[nodiscard]] double time_ratio(program::CodeIndex code, std::size_t declaration) const;
  [[nodiscard]] bool on(const program::Declaration& declaration) const;
  [[nodiscard]] Stance stance(std::size_t declaration, std::size_t component, bool on);
  [[nodiscard]] double lasting_factor(std::size_t declaration, std::size_t component);
  [[nodiscard]] double origin(const program::Clock& clock) const;
  [[nodiscard]] RunningHazard hazard(std::size_t declaration);

  [[nodiscard]] double value(program::CodeIndex code) const;
  [[nodiscard]] double value_at(program::CodeIndex code, std::size_t declaration, const char* what) const;
  void changed(std::size_t bit) {
    changed_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    any_changed_ = true;
  }
  [[nodiscard]] std::vector<Pending> pending() const;
  [[noreturn]] void fail(std::size_t declaration, const std::string& what) const;
  [[noreturn]] void fail_branch(const program::Branch& branch, const std::string& what) const;
  [[nodiscard]] std::string who() const;

  const program::Program& program_;
  Observer* observer_;
  std::uint64_t draws_ = 0;

  // of the patient
  std::int64_t patient_ = 0;
  history::Trajectories* out_ = nullptr;
  FirstDraws first_draws_;
  double now_ = 0, entered_ = 0, start_age_ = 0;
  std::int32_t state_ = -1;
  bool stale_ = false;  // transitions are to be brought up to date at this instant
  bool any_changed_ = false;
  int happened_ = 0, in_this_instant_ = 0;
  expression::Context context_;
  std::vector<double> attributes_, first_, latest_, next_;
  std::vector<std::uint32_t> count_, firings_;
  std::vector<Risk> risks_;
  std::vector<Running> running_;
  std::vector<Stance> fresh_;  // room for refresh
  std::vector<double> fresh_origins_;
  std::vector<RunningSteps> steps_;
  std::vector<Running> warps_;         // at, clock_at, slowness; ratio 0 before the clock has begun
  std::vector<double> lasting_;        // by component: product of the factors that last; NaN: not reckoned yet
  std::vector<double> weights_;        // room for hazards' sums, one a component
  std::vector<std::size_t> starting_;  // declarations whose episodes start together
  LastBetween last_between_;
  std::vector<Timer> timers_;  // the next one last
  std::vector<Ahead> ahead_;   // by branch
  std::vector<double> probabilities_;
  program::ChangeSet changed_, changed_for_transitions_;
};

}  // namespace sojourn::engine
