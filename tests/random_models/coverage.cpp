#include "random_models/coverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <stdexcept>

#include "distributions/tables.hpp"
#include "expression/operation.hpp"
#include "program/lower.hpp"

namespace sojourn::engine::testing {

namespace {

using model::Distribution;
using std::ranges::any_of;

// Of each strategy's program.
template <class Of, class Holds>
bool in_programs(const World& world, Of of, Holds holds) {
  return any_of(world.programs, [&](const program::Program& one) { return any_of(one.*of, holds); });
}

template <class Holds>
bool some_component(const World& world, Holds holds) {
  return any_of(world.model->declarations,
                [&](const model::Declaration& one) { return any_of(one.components, holds); });
}

template <class Holds>
bool holds_inside(const Distribution& time, const Holds& holds) {
  return holds(time) || any_of(time.parts, [&](const Distribution& part) { return holds_inside(part, holds); });
}
template <class Holds>
bool some_distribution(const World& world, const Holds& holds) {
  return some_component(world, [&](const model::Component& one) { return holds_inside(one.time, holds); });
}

std::string_view family_of(const Distribution& time) {
  return distributions::families()[time.family].name;
}

struct NamedClock {
  const char* name;
  model::Clock::Kind kind;
  int event = -1, first = -1;  // since
};
constexpr std::array<NamedClock, 8> known_clocks{{{"reset", model::Clock::Kind::reset},
                                                  {"forward", model::Clock::Kind::forward},
                                                  {"age", model::Clock::Kind::age},
                                                  {"calendar", model::Clock::Kind::calendar},
                                                  {"since a state", model::Clock::Kind::since, 0, 0},
                                                  {"since the first of a state", model::Clock::Kind::since, 0, 1},
                                                  {"since an event", model::Clock::Kind::since, 1, 0},
                                                  {"since the first of an event", model::Clock::Kind::since, 1, 1}}};
bool is(const World& world, const model::Clock& clock, const NamedClock& named) {
  if (clock.kind != named.kind || named.event < 0) return clock.kind == named.kind;
  return (clock.mark.index() >= world.model->states.size()) == (named.event == 1) && clock.first == (named.first == 1);
}

constexpr auto operations =
    std::to_array<const char*>({"constant", "attribute", "in",    "visited",  "count", "time_since", "now",
                                "negate",   "+",         "-",     "*",        "/",     "square",     "^",
                                "==",       "!=",        "<",     "<=",       ">",     ">=",         "not",
                                "and",      "or",        "? :",   "min",      "max",   "abs",        "exp",
                                "log",      "sqrt",      "floor", "logistic", "logit", "odds_scale"});
static_assert(operations.size() == static_cast<std::size_t>(expression::Op::odds_scale) + 1);

constexpr auto draws = std::to_array<const char*>({"value", "uniform", "normal", "lognormal", "logit_normal", "beta",
                                                   "gamma", "exponential", "weibull", "triangular", "poisson",
                                                   "negative_binomial", "categorical", "probability"});
static_assert(draws.size() == static_cast<std::size_t>(model::DrawKind::probability) + 1);

}  // namespace

void Coverage::note(const std::string& name, bool there) {
  if (next_ == features_.size()) features_.push_back({name, 0});
  if (features_.at(next_).name != name) throw std::logic_error("features are noted in another order: " + name);
  features_[next_++].models += there ? 1 : 0;
}

void Coverage::add(const World& world, const Lived& lived) {
  next_ = 0;
  ++models_;
  families(world);
  made_families(world);
  clocks(world);
  effects(world);
  declarations(world);
  branches(world);
  strategies(world);
  cohort(world);
  expressions(world);
  pathway(world);
  lives(world, lived);
}

void Coverage::families(const World& world) {
  const auto all = distributions::families();
  for (std::size_t f = 0; f < all.size(); ++f) {
    const std::string name = "family " + std::string(all[f].name);
    note(name, some_distribution(world, [&](const Distribution& one) { return one.family == f; }));
    for (std::size_t form = 0; all[f].forms.size() > 1 && form < all[f].forms.size(); ++form) {
      std::string parameters;
      for (const auto& p : all[f].forms[form].parameters)
        parameters += (parameters.empty() ? "" : ", ") + std::string(p.name);
      note(name + " {" + parameters + "}", some_distribution(world, [&](const Distribution& one) {
             return one.family == f && one.form == static_cast<int>(form);
           }));
    }
  }
}

void Coverage::made_families(const World& world) {
  const auto some = [&](const char* name, auto holds) { note(name, some_distribution(world, holds)); };
  const auto component = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::components, holds));
  };
  component("cure", [](const program::Component& c) { return c.cured; });
  component("cure, the same for all", [](const program::Component& c) { return c.cured && c.fraction < 0; });
  component("cure, by patient", [](const program::Component& c) { return c.fraction >= 0; });
  some("cure, odds ratio", [](const Distribution& d) { return d.cure && d.cure->odds_ratio; });
  some("cure, hazard ratio of the uncured",
       [](const Distribution& d) { return d.cure && d.cure->uncured_hazard_ratio; });
  some("spline of the hazard",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::hazard; });
  some("spline of the odds",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::odds; });
  some("spline of the normal quantile",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::normal; });
  some("spline of log time",
       [](const Distribution& d) { return d.spline && d.spline->time == distributions::SplineTime::log; });
  some("spline of time",
       [](const Distribution& d) { return d.spline && d.spline->time == distributions::SplineTime::identity; });
  using Beyond = model::Curve::Beyond;
  some("curve in steps", [](const Distribution& d) { return d.curve && !d.curve->joined; });
  some("curve joined by hazards", [](const Distribution& d) { return d.curve && d.curve->joined; });
  some("curve from a file", [](const Distribution& d) { return d.curve && !d.tables.empty(); });
  some("curve, beyond: never", [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::never; });
  some("curve, beyond: hold_hazard",
       [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::hold_hazard; });
  some("curve, beyond: exponential",
       [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::exponential; });
  some("life table by levels", [](const Distribution& d) { return !d.curve && d.tables.size() > 1; });
  some("life table by calendar year", [](const Distribution& d) { return d.has_years(); });
  some("life table, beyond: die",
       [](const Distribution& d) { return !d.curve && !d.tables.empty() && d.tables.front().rates.back() >= 1e5; });
}

void Coverage::clocks(const World& world) {
  for (const NamedClock& one : known_clocks) {
    note(std::string("clock ") + one.name,
         some_component(world, [&](const model::Component& c) { return is(world, c.clock, one); }));
  }
  for (const NamedClock& one : known_clocks) {
    note(std::string("piecewise factor, clock ") + one.name, some_component(world, [&](const model::Component& c) {
           return any_of(c.hazard_factors, [&](const model::Factor& factor) {
             const auto* steps = std::get_if<model::Piecewise>(&factor);
             return steps != nullptr && is(world, steps->clock, one);
           });
         }));
  }
}

void Coverage::effects(const World& world) {
  const auto component = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::components, holds));
  };
  component("hazard ratio, constant", [](const program::Component& c) { return c.ratio != 1; });
  component("hazard ratio by lasting attributes", [](const program::Component& c) { return !c.lasting.empty(); });
  component("hazard ratio that changes", [](const program::Component& c) { return !c.ratios.empty(); });
  note("hazard ratio, several factors",
       some_component(world, [](const model::Component& c) { return c.hazard_factors.size() > 1; }));
  note("smr or hazard ratio of a life table", some_component(world, [](const model::Component& c) {
         return family_of(c.time) == "life_table" && !c.hazard_factors.empty();
       }));
  component("time ratio, constant", [](const program::Component& c) { return c.time_ratio >= 0 && c.warp < 0; });
  for (const bool reset : {true, false}) {
    note(std::string("time ratio by patient, ") + (reset ? "clock reset" : "running clock"),
         in_programs(world, &program::Program::warps,
                     [&](const program::Warp& w) { return (w.clock.kind == program::ClockKind::reset) == reset; }));
  }
  note("time ratio that changes", in_programs(world, &program::Program::warps, [](const program::Warp& w) {
         return any_of(w.watches, [](std::uint64_t word) { return word != 0; });
       }));
  component("odds ratio of a log-logistic", [](const program::Component& c) { return c.odds_ratio >= 0; });
  component("fixed, past: error",
            [](const program::Component& c) { return c.fixed && !c.if_past_now && !c.if_past_never; });
  component("fixed, past: now", [](const program::Component& c) { return c.fixed && c.if_past_now; });
  component("fixed, past: never", [](const program::Component& c) { return c.fixed && c.if_past_never; });
}

void Coverage::declarations(const World& world) {
  const auto some = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::declarations, holds));
  };
  const auto told = [&](const char* name, auto holds) { note(name, any_of(world.model->declarations, holds)); };
  some("several components", [](const program::Declaration& d) { return d.components.count > 1; });
  some("inverse: direct", [](const program::Declaration& d) { return d.inverse == program::Inverse::direct; });
  some("inverse: segments", [](const program::Declaration& d) { return d.inverse == program::Inverse::segments; });
  some("fixed time beside others", [](const program::Declaration& d) { return d.has_fixed && d.components.count > 1; });
  some("hazard of a steady clock alone", [](const program::Declaration& d) { return d.steady; });
  some("hazard that changes while at risk", [](const program::Declaration& d) { return d.dynamic; });
  some("values taken at risk", [](const program::Declaration& d) { return d.latched; });
  some("when, of a transition", [](const program::Declaration& d) { return d.when >= 0 && !d.event; });
  some("when, of an event", [](const program::Declaration& d) { return d.when >= 0 && d.event; });
  some("event, one-off", [](const program::Declaration& d) { return d.event && !d.recurrent; });
  some("event, recurrent", [](const program::Declaration& d) { return d.recurrent; });
  const auto states = [](const program::Declaration& d) { return std::ranges::count(d.from, true); };
  some("event, reset with each state",
       [&](const program::Declaration& d) { return d.event && d.reset && states(d) > 1; });
  some("event, carried over states",
       [&](const program::Declaration& d) { return d.event && !d.reset && states(d) > 1; });
  some("transition, carried over states",
       [&](const program::Declaration& d) { return !d.event && !d.reset && states(d) > 1; });
  some("transition sets attributes", [](const program::Declaration& d) { return !d.event && d.assignments.count > 0; });
  some("event sets attributes", [](const program::Declaration& d) { return d.event && d.assignments.count > 0; });
  told("priority of transitions or events", [](const model::Declaration& d) { return d.priority != 0; });
  told("transition to the same state",
       [](const model::Declaration& d) { return d.to.valid() && std::ranges::count(d.from, d.to) > 0; });
  told("transition without a name", [](const model::Declaration& d) { return d.name.find('>') != std::string::npos; });
}

void Coverage::branches(const World& world) {
  using program::ChoiceKind;
  const auto some = [&](const char* name, auto holds) {
    note(name, any_of(world.programs, [&](const program::Program& one) {
           return any_of(one.branches, [&](const program::Branch& b) {
             return &b != &one.branches.back() || one.branches.size() == world.model->branches.size() ? holds(b)
                                                                                                      : false;
           });
         }));
  };
  const auto told = [&](const char* name, auto holds) { note(name, any_of(world.model->branches, holds)); };
  const auto rest = [](const program::Branch& b) { return std::ranges::count(b.probability, -1) > 0; };
  some("branch by a rule", [](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::rule; });
  some("branch by probabilities and the rest",
       [&](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::probabilities && rest(b); });
  some("branch by probabilities without rest",
       [&](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::probabilities && !rest(b); });
  some("branch with an odds ratio", [](const program::Branch& b) { return b.odds_ratio >= 0; });
  some("branch, ordinal", [](const program::Branch& b) { return b.choice == ChoiceKind::ordinal; });
  some("strategy decides by a rule",
       [](const program::Branch& b) { return b.by_strategy && b.choice == ChoiceKind::rule; });
  some("strategy decides by probabilities",
       [](const program::Branch& b) { return b.by_strategy && b.choice == ChoiceKind::probabilities; });
  some("branch at once", [](const program::Branch& b) { return b.at.front() == 0; });
  some("branch at a time", [](const program::Branch& b) { return b.at.size() == 1 && b.at.front() > 0; });
  some("branch at several times", [](const program::Branch& b) { return b.at.size() > 1; });
  some("branch, when", [](const program::Branch& b) { return b.when >= 0; });
  some("branch moves the patient",
       [](const program::Branch& b) { return any_of(b.options, [](const auto& o) { return o.to >= 0; }); });
  some("branch sets attributes", [](const program::Branch& b) {
    return any_of(b.options, [](const auto& o) { return o.assignments.count > 0; });
  });
  told("branch on entry", [](const model::Branch& b) { return !b.on_entry.empty(); });
  told("branch on an event", [](const model::Branch& b) { return !b.on_event.empty(); });
  told("branch on both", [](const model::Branch& b) { return !b.on_entry.empty() && !b.on_event.empty(); });
  told("branch in other states than it is set in",
       [](const model::Branch& b) { return b.on_event.empty() && b.in != b.on_entry; });
  told("priority of branches", [](const model::Branch& b) { return b.priority != 0; });
}

void Coverage::strategies(const World& world) {
  const auto& all = world.model->strategies;
  const auto start = [](const std::optional<model::Choice>& choice, std::size_t kind) {
    return choice && choice->index() == kind;
  };
  note("start by a rule", start(world.model->start, 0));
  note("start by probabilities", start(world.model->start, 1));
  note("start of a strategy", any_of(all, [](const auto& one) { return one.start.has_value(); }));
  note("one strategy", all.size() == 1);
  bool alike = false, parameters = false, cohorts = false;
  for (std::size_t s = 1; s < all.size(); ++s) {
    const bool same = program::same_but_for_decisions(world.programs[0], world.programs[s]);
    alike = alike || same;
    parameters = parameters || world.programs[0].parameters != world.programs[s].parameters;
    cohorts = cohorts || !program::same_cohort(world.programs[0], world.programs[s]);
  }
  note("strategies that differ in decisions alone", alike);
  note("strategies with other parameters", parameters);
  note("strategies with cohorts of their own", cohorts);
  note("parameters", !world.model->parameters.empty());
  note("parameters made of others",
       any_of(world.model->parameters, [](const auto& one) { return !one.value.parameters_used().empty(); }));
}

void Coverage::cohort(const World& world) {
  const auto some_case = [&](auto holds) {
    return in_programs(world, &program::Program::cohort,
                       [&](const program::CohortAttribute& one) { return any_of(one.cases, holds); });
  };
  for (std::size_t k = 0; k < draws.size(); ++k) {
    note(std::string("draw ") + draws[k],
         some_case([k](const program::DrawCase& one) { return static_cast<std::size_t>(one.kind) == k; }));
  }
  note("draw beta {mean, sd}", some_case([](const program::DrawCase& one) { return one.beta_by_mean; }));
  note("draw with a lower bound", some_case([](const program::DrawCase& one) { return one.min >= 0; }));
  note("draw with an upper bound", some_case([](const program::DrawCase& one) { return one.max >= 0; }));
  const auto some = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::cohort, holds));
  };
  some("draw by cases", [](const program::CohortAttribute& one) { return one.cases.size() > 1; });
  some("correlated attributes", [](const program::CohortAttribute& one) { return one.latent >= 0; });
  some("correlated boolean", [](const program::CohortAttribute& one) { return one.latent >= 0 && one.mirrored; });
  const auto* rows = world.programs.front().rows.get();
  note("rows, a random one", rows != nullptr && !rows->in_order && rows->cumulative.empty());
  note("rows by weight", rows != nullptr && !rows->cumulative.empty());
  note("rows in order", rows != nullptr && rows->in_order);
  std::vector<bool> set(world.model->attributes.size(), false);
  for (const auto& one : world.programs.front().assignments) set[static_cast<std::size_t>(one.attribute)] = true;
  const auto assigned = [&](const char* name, auto holds) {
    bool found = false;
    for (std::size_t a = 0; a < set.size(); ++a) found = found || (set[a] && holds(world.model->attributes[a]));
    note(name, found);
  };
  using Kind = expression::Type::Kind;
  assigned("set: an attribute of the cohort", [](const model::Attribute& a) { return a.known_at_start(); });
  assigned("set: a boolean", [](const model::Attribute& a) { return a.type.kind == Kind::boolean; });
  assigned("set: a category", [](const model::Attribute& a) { return a.type.kind == Kind::category; });
  assigned("set: a number", [](const model::Attribute& a) {
    return a.type.kind == Kind::number && a.type.time_power == 0 && a.number_levels.empty();
  });
  assigned("set: a whole number of levels", [](const model::Attribute& a) { return !a.number_levels.empty(); });
  assigned("set: a time", [](const model::Attribute& a) { return a.type.time_power == 1; });
}

void Coverage::expressions(const World& world) {
  std::array<bool, operations.size()> used{};
  bool time = false, alone = false;
  for (const auto& one : world.programs) {
    for (const auto& code : one.codes) {
      for (const auto& step : code.instructions) used[step.op] = true;
      time = time || code.dependencies.time;
      alone = alone || code.only_attribute >= 0;
    }
  }
  for (std::size_t op = static_cast<std::size_t>(expression::Op::in_set); op < operations.size(); ++op) {
    note(std::string("expression ") + operations[op], used[op]);
  }
  note("expression of time", time);
  note("expression that is one attribute", alone);
}

void Coverage::pathway(const World& world) {
  const model::Model& m = *world.model;
  const auto absorbing = std::ranges::count_if(m.states, [](const model::State& one) { return one.absorbing; });
  note("no absorbing state", absorbing == 0);
  note("several absorbing states", absorbing > 1);
  note("more than three states", m.states.size() > 3);
  note("tags", any_of(m.states, [](const model::State& one) { return !one.tags.empty(); }));
  note("a way back", any_of(m.declarations, [](const model::Declaration& one) {
         return one.to.valid() && any_of(one.from, [&](StateId s) { return s.value > one.to.value; });
       }));
  note("horizon of a year at most", m.horizon <= 1);
  note("horizon of eight years or more", m.horizon >= 8);
}

void Coverage::lives(const World& world, const Lived& lived) {
  struct {
    bool absorbed = false, horizon = false, events = false, changes = false, part = false, as_one = false;
    bool no_stay = false, event_and_move = false, two_events = false, branch_moves = false;
  } seen;
  const auto& block = lived.block;
  const auto patients = lived.error.empty() ? static_cast<std::size_t>(block.patients) : 0;
  for (std::size_t s = 0; s < block.strategies.size(); ++s) {
    for (std::size_t p = 0; p < patients; ++p) {
      const history::PatientHistory life = block.patient(s, p);
      const bool dead = world.model->states[static_cast<std::size_t>(life.state.back())].absorbing;
      (dead ? seen.absorbed : seen.horizon) = true;
      seen.events = seen.events || !life.event.empty();
      seen.changes = seen.changes || !life.attribute.empty();
      (block.lived_as[s * patients + p] == s ? seen.part : seen.as_one) |= s > 0;
      for (std::size_t i = 0; i + 1 < life.state.size(); ++i) {
        seen.no_stay = seen.no_stay || life.start[i] == life.stop[i];
        seen.branch_moves =
            seen.branch_moves || static_cast<std::size_t>(life.cause[i]) >= world.model->declarations.size();
        seen.event_and_move = seen.event_and_move || std::ranges::count(life.event_time, life.stop[i]) > 0;
      }
      for (std::size_t i = 1; i < life.event.size(); ++i)
        seen.two_events = seen.two_events || life.event_time[i] == life.event_time[i - 1];
    }
  }
  note("lives: absorbed", seen.absorbed);
  note("lives: up to the horizon", seen.horizon);
  note("lives: events", seen.events);
  note("lives: attributes change", seen.changes);
  note("lives: moved by a branch", seen.branch_moves);
  note("lives: strategies part", seen.part);
  note("lives: the same under two strategies", seen.as_one);
  note("lives: in and out of a state at one instant", seen.no_stay);
  note("lives: an event and a move at one instant", seen.event_and_move);
  note("lives: two events at one instant", seen.two_events);
  note("an error stops the run", !lived.error.empty());
}

std::vector<std::string> Coverage::rarer_than(double share) const {
  std::vector<std::string> found;
  for (const Feature& one : features_) {
    if (one.models < share * models_) found.push_back(one.name);
  }
  return found;
}

void Coverage::print(std::ostream& out) const {
  out << models_ << " random models, of which this share have\n" << std::fixed << std::setprecision(1);
  for (const Feature& one : features_) {
    out << std::setw(7) << 100.0 * one.models / models_ << "%  " << one.name << "\n";
  }
}

}  // namespace sojourn::engine::testing
