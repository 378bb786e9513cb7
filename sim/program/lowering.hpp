// The work behind lower(): one object that fills a Program part by part. Private to this room.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "program/lower.hpp"

namespace sojourn::program {

class Lowering {
 public:
  Lowering(const model::Model& model, const model::Strategy& strategy, std::span<const double> parameters)
      : model_(model), strategy_(strategy), parameters_(parameters) {}

  Program run();

 private:
  void names();
  void find_assigned();
  void attributes();
  [[nodiscard]] bool goes_by(model::Clock::Kind kind) const;  // some hazard does
  [[nodiscard]] bool needs_calendar_year() const;
  void cohort_attribute(std::size_t index);
  void correlations();
  void declarations();
  void declaration(std::size_t index);
  [[nodiscard]] bool steady(const Declaration& declaration) const;
  void at_risk_lists();
  void branches();
  void branch(std::size_t index);
  void start();
  void choice(const model::Choice& choice, Branch& branch);

  std::int32_t component(const model::Component& source, const model::Declaration& owner, Declaration& target);
  void effects(const model::Component& source, Component& target, ChangeSet& watches);
  void cure(const model::Distribution& source, Component& target);
  Range laws(const model::Distribution& source, Component& target);
  Range life_table(const model::Distribution& source, Component& target);
  std::optional<Range> by_calendar(const distributions::Law& law, Component& target);
  distributions::Law law(const model::Distribution& source);
  distributions::Law with_tables(const distributions::Law& exact);
  distributions::Law spline(const model::Distribution& source);
  distributions::Law curve(const model::Distribution& source);
  distributions::Law mixture(const model::Distribution& source);
  distributions::Law truncated(const model::Distribution& source);
  distributions::Law piecewise(distributions::FamilyIndex family, std::span<const double> breaks,
                               std::span<const double> rates);
  std::span<const double> kept(std::vector<double> table);
  std::span<const distributions::Law> kept(std::vector<distributions::Law> parts);
  std::vector<double> constants(const std::vector<model::Expression>& list) const;
  [[noreturn]] void fail(const model::Distribution& source, const distributions::LowerProblem& problem) const;
  void warp(const model::Component& source, const model::Declaration& owner, Component& target);

  Clock clock(const model::Clock& source) const;
  CodeIndex code(const model::Expression& expression);
  CodeIndex code(const std::optional<model::Expression>& expression);
  double constant(const model::Expression& expression) const;
  Range assignments(const std::vector<model::Assignment>& source);
  ChangeSet no_changes() const { return ChangeSet(program_.change_words(), 0); }
  // Of no use to watch: it differs between patients at most.
  [[nodiscard]] bool lasts(CodeIndex code) const;
  void watch(ChangeSet& set, CodeIndex code) const;
  void watch(ChangeSet& set, const Clock& clock) const;
  [[noreturn]] void fail(const Location& at, const std::string& what) const;

  const model::Model& model_;
  const model::Strategy& strategy_;
  std::span<const double> parameters_;
  std::vector<bool> assigned_;  // attributes that something on the way sets
  std::map<std::pair<distributions::FamilyIndex, std::array<std::uint64_t, 6>>, std::int32_t> known_laws_;
  Program program_;
};

}  // namespace sojourn::program
