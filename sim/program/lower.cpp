#include "program/lower.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "program/lowering.hpp"

namespace sojourn::program {

Program lower(const model::Model& model, const model::Strategy& strategy, std::span<const double> parameters) {
  return Lowering(model, strategy, parameters).run();
}

Program Lowering::run() {
  program_.parameters.assign(parameters_.begin(), parameters_.end());
  program_.horizon = model_.horizon;
  program_.seed = model_.seed;
  program_.initial_state = model_.initial_state().value;
  program_.codes.reserve(8 * (model_.declarations.size() + model_.branches.size()));
  names();
  find_assigned();
  attributes();
  declarations();
  at_risk_lists();
  branches();
  start();
  return std::move(program_);
}

void Lowering::names() {
  Names& names = program_.names;
  names.strategy = strategy_.name;
  for (const auto& s : model_.states) {
    names.states.push_back(s.name);
    program_.states.push_back({s.absorbing, {}, {}, {}});
  }
  for (const auto& a : model_.attributes) {
    names.attributes.push_back(a.name);
    const bool boolean = a.type.kind == expression::Type::Kind::boolean;
    names.levels.push_back(boolean         ? std::vector<std::string>{"false", "true"}
                           : a.type.levels ? *a.type.levels
                                           : std::vector<std::string>{});
  }
  names.events = model_.events;
  program_.event_branches.resize(model_.events.size());
}

void Lowering::find_assigned() {
  assigned_.assign(model_.attributes.size(), false);
  const auto mark = [this](const std::vector<model::Assignment>& sets) {
    for (const auto& one : sets) assigned_[one.attribute.index()] = true;
  };
  for (const auto& declaration : model_.declarations) mark(declaration.sets);
  for (const auto& branch : model_.branches) {
    for (const auto& option : branch.options) mark(option.sets);
  }
}

bool Lowering::goes_by(model::Clock::Kind kind) const {
  const auto goes = [&](const model::Component& one) {
    return one.clock.kind == kind || std::ranges::any_of(one.hazard_factors, [&](const model::Factor& factor) {
             const auto* steps = std::get_if<model::Piecewise>(&factor);
             return steps != nullptr && steps->clock.kind == kind;
           });
  };
  return std::ranges::any_of(model_.declarations,
                             [&](const auto& one) { return std::ranges::any_of(one.components, goes); });
}

bool Lowering::needs_calendar_year() const {
  const auto has_years = [](const model::Component& one) { return one.time.has_years(); };
  return goes_by(model::Clock::Kind::calendar) || std::ranges::any_of(model_.declarations, [&](const auto& one) {
           return std::ranges::any_of(one.components, has_years);
         });
}

Clock Lowering::clock(const model::Clock& source) const {
  switch (source.kind) {
    case model::Clock::Kind::reset:
      return {ClockKind::reset, -1};
    case model::Clock::Kind::forward:
      return {ClockKind::forward, -1};
    case model::Clock::Kind::age:
      return {ClockKind::age, -1};
    case model::Clock::Kind::calendar:
      return {ClockKind::calendar, -1};
    case model::Clock::Kind::since:
      break;
  }
  return {source.first ? ClockKind::since_first : ClockKind::since_latest, source.mark.value};
}

CodeIndex Lowering::code(const model::Expression& expression) {
  program_.codes.push_back(expression::compile(expression, parameters_, model_.states.size()));
  return static_cast<CodeIndex>(program_.codes.size() - 1);
}

CodeIndex Lowering::code(const std::optional<model::Expression>& expression) {
  return expression ? code(*expression) : -1;
}

double Lowering::constant(const model::Expression& expression) const {
  return expression::compile(expression, parameters_, model_.states.size()).value;
}

Range Lowering::assignments(const std::vector<model::Assignment>& source) {
  const Range range{static_cast<std::int32_t>(program_.assignments.size()), static_cast<std::int32_t>(source.size())};
  for (const auto& one : source) program_.assignments.push_back({one.attribute.value, code(one.value)});
  return range;
}

bool Lowering::lasts(CodeIndex index) const {
  const auto& uses = program_.codes[static_cast<std::size_t>(index)].dependencies;
  return !uses.state && !uses.time && uses.marks.empty() &&
         std::none_of(uses.attributes.begin(), uses.attributes.end(),
                      [this](AttributeId a) { return assigned_[a.index()]; });
}

void Lowering::watch(ChangeSet& set, CodeIndex index) const {
  if (index < 0) return;
  const auto add = [&set](std::size_t bit) { set[bit / 64] |= std::uint64_t{1} << (bit % 64); };
  const auto& uses = program_.codes[static_cast<std::size_t>(index)].dependencies;
  for (const AttributeId a : uses.attributes) {
    if (assigned_[a.index()]) add(program_.attribute_bit(a.index()));
  }
  for (const MarkId m : uses.marks) add(program_.mark_bit(m.index()));
  if (uses.state) add(program_.state_bit());
}

void Lowering::watch(ChangeSet& set, const Clock& clock) const {
  if (clock.mark < 0 && clock.kind != ClockKind::reset) return;
  const std::size_t bit =
      clock.kind == ClockKind::reset ? program_.state_bit() : program_.mark_bit(static_cast<std::size_t>(clock.mark));
  set[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

void Lowering::fail(const Location& at, const std::string& what) const {
  throw InputError(at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": strategy " +
                   strategy_.name + ": " + what);
}

bool same_but_for_decisions(const Program& a, const Program& b) {
  return a.parameters == b.parameters && a.initial_state == b.initial_state && a.start_branch == b.start_branch &&
         !a.own_start && !b.own_start;
}

}  // namespace sojourn::program
