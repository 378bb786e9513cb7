// Models and histories for the tests, built directly: states alive, ill, well_again, dead; event fever; attributes
// site, severe, grade.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "expression/expression.hpp"
#include "history/block.hpp"
#include "model/model.hpp"
#include "outcomes/accumulator.hpp"
#include "outcomes/results.hpp"

namespace sojourn::outcomes::testing {

enum : std::int16_t { alive, ill, well_again, dead };
enum : std::int16_t { fever_declaration = 1 };  // declaration 0 is a transition
enum : std::int16_t { site, severe, grade };
inline constexpr MarkId fever{4};

// One patient under one strategy: states with their entry times, events, attribute changes.
struct Course {
  std::vector<std::pair<std::int16_t, double>> states = {{alive, 0}};
  std::vector<double> fevers = {};
  struct Change {
    std::int16_t attribute;
    double time, value;
  };
  std::vector<Change> changes = {};
};

inline expression::Scope scope() {
  const auto sites =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"marrow", "cns", "none"});
  return {{{"cut", expression::Type::number()}},
          {{"site", expression::Type::category(sites)},
           {"severe", expression::Type::boolean()},
           {"grade", expression::Type::number()}},
          {"alive", "ill", "well_again", "dead"},
          {{"sick", {StateId{ill}}}},
          {"fever"}};
}

inline expression::Expression parsed(const std::string& text) {
  auto result = expression::parse(text, scope(), std::nullopt, {});
  if (auto* problems = std::get_if<std::vector<expression::ExpressionProblem>>(&result)) {
    throw std::runtime_error(text + ": " + problems->front().problem);
  }
  return std::get<expression::Expression>(result);
}

inline model::Model small_model(double horizon, std::size_t strategies) {
  model::Model m;
  const expression::Scope names = scope();
  m.horizon = horizon;
  for (const auto& name : names.states) {
    m.states.emplace_back();
    m.states.back().name = name;
  }
  m.states[alive].initial = true;
  m.states[dead].absorbing = true;
  m.events = names.events;
  model::Declaration move, fevers;
  fevers.kind = model::Declaration::Kind::event;
  fevers.mark = fever;
  m.declarations = {move, fevers};
  for (const auto& named : names.attributes) {
    model::Attribute attribute;
    attribute.name = named.name;
    attribute.type = named.type;
    m.attributes.push_back(attribute);
  }
  m.attributes[grade].number_levels = {0, 1, 2, 3, 4};
  model::Parameter cut;
  cut.name = "cut";
  cut.value = expression::Expression::constant(2);
  m.parameters = {cut};
  for (std::size_t s = 0; s < strategies; ++s) {
    model::Strategy strategy;
    strategy.name = std::string(1, static_cast<char>('A' + s));
    m.strategies.push_back(strategy);
  }
  return m;
}

inline model::Occurrence in_states(std::vector<std::int16_t> states, std::vector<MarkId> events = {}) {
  model::Occurrence occurrence;
  occurrence.states.assign(4, false);
  for (const auto s : states) occurrence.states[static_cast<std::size_t>(s)] = true;
  occurrence.events = std::move(events);
  return occurrence;
}

inline model::Outcome outcome(model::OutcomeKind kind, std::string name, model::Occurrence target,
                              std::vector<double> at) {
  model::Outcome o;
  o.kind = kind;
  o.name = std::move(name);
  o.target = std::move(target);
  o.at = std::move(at);
  return o;
}

inline model::Outcome overall_survival(std::vector<double> at) {
  return outcome(model::OutcomeKind::survival, "os", in_states({dead}), std::move(at));
}

inline void add_course(history::Trajectories& rows, const Course& course, double horizon) {
  for (std::size_t i = 0; i < course.states.size(); ++i) {
    rows.sojourns.state.push_back(course.states[i].first);
    rows.sojourns.cause.push_back(i + 1 < course.states.size() ? 0 : -1);
    rows.sojourns.start.push_back(course.states[i].second);
    rows.sojourns.stop.push_back(i + 1 < course.states.size() ? course.states[i + 1].second : horizon);
  }
  for (const double time : course.fevers) {
    rows.events.event.push_back(fever_declaration);
    rows.events.time.push_back(time);
  }
  for (const auto& change : course.changes) {
    rows.changes.attribute.push_back(change.attribute);
    rows.changes.time.push_back(change.time);
    rows.changes.value.push_back(change.value);
  }
  rows.sojourn_end.push_back(static_cast<std::uint32_t>(rows.sojourns.state.size()));
  rows.event_end.push_back(static_cast<std::uint32_t>(rows.events.event.size()));
  rows.change_end.push_back(static_cast<std::uint32_t>(rows.changes.attribute.size()));
}

// courses[strategy][patient]; every attribute is 0 at the start (site marrow, not severe, grade 0).
inline history::Block block_of(const std::vector<std::vector<Course>>& courses, double horizon, std::size_t first = 0,
                               std::size_t count = std::size_t(-1)) {
  history::Block block;
  const std::size_t last = std::min(courses.front().size(), count == std::size_t(-1) ? count : first + count);
  block.first_patient = static_cast<std::int64_t>(first) + 1;
  block.patients = static_cast<std::int32_t>(last - first);
  block.baseline.assign(1, std::vector<double>(3 * (last - first), 0.0));
  for (const auto& strategy : courses) {
    block.strategies.emplace_back();
    for (std::size_t p = first; p < last; ++p) add_course(block.strategies.back(), strategy[p], horizon);
  }
  return block;
}

inline Plan plan_of(const model::Model& model, std::size_t reference = 0) {
  std::vector<StrategyId> strategies;
  for (std::size_t s = 0; s < model.strategies.size(); ++s) strategies.push_back(make_id<StrategyId>(s));
  const std::vector<double> parameters = {2};
  return Plan(model, strategies, make_id<StrategyId>(reference), parameters);
}

inline Results results_of(const model::Model& model, const std::vector<std::vector<Course>>& courses,
                          std::size_t reference = 0) {
  const Plan plan = plan_of(model, reference);
  Accumulator sums(plan);
  sums.update(block_of(courses, model.horizon));
  return finish(plan, sums.sums());
}

// Row of an outcome's k-th number under a strategy (k counts over groups, then times or levels).
inline Row row_of(const Results& results, const std::string& name, std::size_t k = 0, std::size_t strategy = 0) {
  for (const Row& row : results.rows) {
    if (row.name != name || row.strategy != strategy) continue;
    if (k-- == 0) return row;
  }
  throw std::runtime_error("no row " + name);
}

}  // namespace sojourn::outcomes::testing
