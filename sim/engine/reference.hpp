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

#include "engine/life_state.hpp"
#include "engine/observer.hpp"
#include "history/block.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

class Reference {
 public:
  explicit Reference(const program::Program& program, Observer* observer = nullptr);
  // For programs that differ only in what strategies decide: what goes the same way is lived once for all of them, up
  // to the decision at which they part.
  explicit Reference(std::vector<const program::Program*> alike, Observer* observer = nullptr);

  // Appends the history of `patient`, who starts with these attributes, to `out`.
  // Throws InputError naming patient, state and transition where a hazard or probability is not valid.
  void live(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out);
  // The same for each of the programs; no observer.
  void live(std::int64_t patient, std::span<const double> attributes, std::span<history::Trajectories* const> outs);
  // After it, by program: the first of those who lived this life with it, or itself.
  [[nodiscard]] const std::vector<std::uint16_t>& lived_as() const { return lived_as_; }

  // Random numbers that lives used, each of those lived together on its own account, and those that were computed.
  [[nodiscard]] std::uint64_t draws() const { return draws_; }
  [[nodiscard]] std::uint64_t draws_made() const { return draws_made_; }

 private:
  struct Chosen {
    std::size_t option = 0;
    double u = 0;  // NaN: by a rule
  };
  struct Fork {  // programs that chose otherwise, just before they do what they chose
    LifeState saved;
    std::vector<std::size_t> members;
    std::size_t branch = 0, option = 0;
    std::size_t source = 0;  // of alike_: who has the rows up to here
    history::RowCounts rows;
  };
  enum class Class : std::uint8_t { event, branch, transition, horizon };
  struct Next {
    double time = never;
    Class kind = Class::horizon;
    std::size_t index = 0;  // declaration
  };

  void begin(std::int64_t patient, std::span<const double> attributes);
  void place();  // reference_start.cpp
  void go_on();
  void finish();
  void see_life();
  // Of a declaration's episode or a branch's firing; counted for so many lives.
  [[nodiscard]] double draw(std::uint32_t name_hash, std::uint32_t visit, std::size_t lives);
  [[nodiscard]] Next earliest_event_or_branch() const;
  void consider_transitions(Next& next) const;
  void count_happening(bool at_same_instant);

  // what happens (reference_instants.cpp)
  void fire(std::size_t declaration);
  void fire_timer();
  void take(std::size_t branch, std::size_t option);
  [[nodiscard]] Chosen choose(const program::Program& program, std::size_t branch, std::size_t lives);
  [[nodiscard]] std::size_t choose_by_rule(const program::Program& program, std::size_t branch) const;
  [[nodiscard]] std::size_t choose_by_probability(const program::Program& program, std::size_t branch, double u);
  [[nodiscard]] std::size_t choose_ordinal(const program::Program& program, std::size_t branch, double u) const;
  void assign(program::Range assignments) {
    for (std::int32_t i = 0; i < assignments.count; ++i) assign(program_.assignments[at(assignments.first + i)]);
  }
  void assign(const program::Assignment& assignment);
  void check_assigned(std::size_t attribute, double value) const;
  void occur(std::size_t mark);
  void arm(const std::vector<std::int32_t>& branches);
  void set(const Timer& timer);
  void move(std::int32_t to, std::int32_t cause);
  void leave(std::int32_t to);
  [[nodiscard]] std::int32_t first_state();
  void enter(std::int32_t state);

  // where strategies part (reference_forks.cpp)
  [[nodiscard]] Chosen part(std::size_t branch);
  [[nodiscard]] Fork& fork_for(std::size_t branch, std::size_t option, std::size_t first_fork);
  void take_up(Fork& fork);
  void share_rows();

  // risk episodes and hazards (reference_hazards.cpp)
  void after_changes();
  void update_warps();
  void update_transitions();
  void begin_episode(std::size_t declaration);
  void start(std::size_t declaration);
  void draw_budget(std::size_t declaration);
  void end(std::size_t declaration);
  void refresh(std::size_t declaration);
  void settle(std::size_t declaration);
  void schedule(std::size_t declaration);
  [[nodiscard]] double schedule_fixed(const program::Component& source, const Running& running,
                                      std::size_t declaration);
  void latch(std::size_t declaration);
  [[nodiscard]] double time_ratio(program::CodeIndex code, std::size_t declaration) const;
  [[nodiscard]] bool on(const program::Declaration& declaration) const;
  [[nodiscard]] Stance stance(std::size_t declaration, std::size_t component, bool on);
  [[nodiscard]] double lasting_factor(std::size_t declaration, std::size_t component);
  [[nodiscard]] double origin(const program::Clock& clock) const;
  [[nodiscard]] RunningHazard hazard(std::size_t declaration);

  [[nodiscard]] double value(program::CodeIndex code) const { return value(program_, code); }
  [[nodiscard]] double value(const program::Program& program, program::CodeIndex code) const {
    return expression::evaluate(program.codes[at(code)], context_);
  }
  [[nodiscard]] double value_at(program::CodeIndex code, std::size_t declaration, const char* what) const;
  void changed(std::size_t bit) {
    life_.changed[bit / 64] |= std::uint64_t{1} << (bit % 64);
    life_.any_changed = true;
  }
  [[nodiscard]] std::vector<Pending> pending() const;
  [[noreturn]] void fail(std::size_t declaration, const std::string& what) const;
  [[noreturn]] void fail_branch(const program::Program& program, std::size_t branch, const std::string& what) const;
  [[nodiscard]] std::string who() const { return who(*alike_[members_.front()]); }
  [[nodiscard]] std::string who(const program::Program& program) const;

  const program::Program& program_;
  Observer* observer_;
  std::uint64_t draws_ = 0, draws_made_ = 0;

  // of the patient
  std::int64_t patient_ = 0;
  double start_age_ = 0, start_year_ = 0;
  std::vector<distributions::Law> laws_;  // the program's, those of program::Place for this patient
  LifeState life_;

  // those who live it
  std::vector<const program::Program*> alike_;
  std::span<history::Trajectories* const> outs_;
  std::vector<history::RowCounts> begun_;  // rows of each when the life began
  std::vector<std::uint16_t> lived_as_;
  std::vector<std::size_t> members_;  // of alike_, who live what is being lived; the first one's rows are written
  std::vector<Fork> forks_;           // the first forks_waiting_ of them are to be lived
  std::size_t forks_waiting_ = 0;
  std::vector<Chosen> chosen_;  // room for the choices of the members
  history::Trajectories* out_ = nullptr;

  // room to work in
  expression::Context context_;
  std::vector<Stance> fresh_;
  std::vector<double> fresh_origins_;
  std::vector<double> weights_;  // for hazards' sums, one a component
  std::vector<double> probabilities_;
};

}  // namespace sojourn::engine
