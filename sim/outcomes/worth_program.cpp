#include "outcomes/worth_program.hpp"

#include <algorithm>

#include "base/exact_sum.hpp"
#include "outcomes/plan.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::size_t most_remembered = 2;  // attributes

Code always() {
  Code code;
  code.value = 1;
  return code;
}

double value_of(const std::optional<model::Expression>& rate, std::span<const double> parameters) {
  return rate ? expression::compile(*rate, parameters, 0).value : 0.0;
}

class Compiler {
 public:
  Compiler(const model::Model& model, std::span<const double> parameters, WorthProgram& made)
      : model_(model), parameters_(parameters), made_(made) {}

  void run() {
    made_.states.resize(model_.states.size());
    made_.by_declaration.resize(model_.declarations.size());
    made_.attributes = {std::vector<std::uint8_t>(model_.attributes.size()),
                        std::vector<std::uint8_t>(model_.attributes.size())};
    marks_ = {std::vector<std::uint8_t>(model_.marks()), std::vector<std::uint8_t>(model_.marks())};
    for (std::size_t c = 0; c < model_.costs.size(); ++c) cost(c);
    made_.first_loss = made_.instants.size();
    for (std::size_t u = 0; u < model_.utilities.size(); ++u) utility(u);
    for (std::size_t s = 0; s < made_.states.size(); ++s) finish_state(s);
    finish_reads();
  }

 private:
  void cost(std::size_t index) {
    const model::Cost& cost = model_.costs[index];
    made_.cost_names.push_back(cost.name);
    Term term = term_of(cost.product, cost.occasion, index);
    if (cost.credit) term.sign = -1;
    if (cost.occasion.at_instants()) return instant(std::move(term), cost.occasion);
    if (never(term)) return;
    for (const StateId s : cost.occasion.states) {
      InState& state = made_.states[s.index()];
      if (term.varies) {
        state.costs.push_back(static_cast<std::uint32_t>(made_.terms.size()));
      } else {
        state.constant_costs.emplace_back(index, term.sign * term.constant);
      }
    }
    if (term.varies) made_.terms.push_back(std::move(term));
  }

  void utility(std::size_t index) {
    const model::Utility& utility = model_.utilities[index];
    made_.utility_names.push_back(utility.name);
    Term term = term_of(utility.product, utility.occasion, index);
    if (utility.occasion.at_instants()) return instant(std::move(term), utility.occasion);
    if (never(term)) return;
    for (const StateId s : utility.occasion.states) {
      InState& state = made_.states[s.index()];
      TermList& list = utility.kind == model::Utility::Kind::value      ? state.weights
                       : utility.kind == model::Utility::Kind::multiply ? state.multipliers
                                                                        : state.losses;
      list.push_back(static_cast<std::uint32_t>(made_.terms.size()));
    }
    made_.terms.push_back(std::move(term));
  }

  static bool never(const Term& term) { return term.when.constant && term.when.value == 0; }

  Term term_of(const std::vector<model::Factor>& product, const model::Occasion& occasion, std::size_t account) {
    const bool lasting = !occasion.at_instants();
    Term term;
    term.account = account;
    term.when = occasion.when ? compiled(*occasion.when, lasting) : always();
    for (const model::Factor& factor : product) {
      if (const auto* expression = std::get_if<model::Expression>(&factor)) {
        Code code = compiled(*expression, lasting);
        if (code.constant) {
          term.constant *= code.value;
        } else {
          term.codes.push_back(std::move(code));
        }
      } else {
        term.steps.push_back(steps_of(std::get<model::Piecewise>(factor)));
      }
    }
    term.varies = !term.when.constant || !term.codes.empty() || !term.steps.empty();
    return term;
  }

  Code compiled(const model::Expression& expression, bool lasting) {
    Code code = expression::compile(expression, parameters_, model_.states.size());
    for (const AttributeId a : code.dependencies.attributes) read(made_.attributes, a.index(), lasting);
    for (const MarkId m : code.dependencies.marks) read(marks_, m.index(), lasting);
    return code;
  }

  static void read(Looked& looked, std::size_t index, bool cuts) {
    looked.read[index] = 1;
    if (cuts) looked.cuts[index] = 1;
  }

  Steps steps_of(const model::Piecewise& piecewise) {
    Steps steps;
    steps.clock = piecewise.clock;
    for (const auto& one : piecewise.times) steps.times.push_back(expression::compile(one, parameters_, 0).value);
    for (const auto& one : piecewise.values) steps.values.push_back(expression::compile(one, parameters_, 0).value);
    steps.before = piecewise.values.front().type().time_power == 0 ? 1 : 0;
    using Kind = model::Clock::Kind;
    if (steps.clock.kind == Kind::since) read(marks_, steps.clock.mark.index(), true);
    if (steps.clock.kind == Kind::age) made_.age = attribute("age");
    if (steps.clock.kind == Kind::calendar) made_.calendar_year = attribute("calendar_year");
    return steps;
  }

  [[nodiscard]] AttributeId attribute(const char* name) const {
    for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
      if (model_.attributes[a].name == name) return make_id<AttributeId>(a);
    }
    return {};
  }

  void instant(Term term, const model::Occasion& occasion) {
    if (never(term)) return;
    if (occasion.duration) {
      term.duration = compiled(*occasion.duration, false);
      term.spell = static_cast<std::int32_t>(made_.spells++);
    }
    const auto position = static_cast<std::uint32_t>(made_.instants.size());
    for (const StateId s : occasion.entries) made_.states[s.index()].on_entry.push_back(position);
    for (const DeclarationId d : occasion.transitions) made_.by_declaration[d.index()].push_back(position);
    for (std::size_t d = 0; d < model_.declarations.size() && !occasion.events.empty(); ++d) {
      const model::Declaration& one = model_.declarations[d];
      const bool meant = one.kind == model::Declaration::Kind::event &&
                         std::find(occasion.events.begin(), occasion.events.end(), one.mark) != occasion.events.end();
      if (meant) made_.by_declaration[d].push_back(position);
    }
    made_.instants.push_back(std::move(term));
  }

  void finish_state(std::size_t s) {
    InState& state = made_.states[s];
    state.absorbing = model_.states[s].absorbing;
    const auto varies = [this](std::uint32_t t) { return made_.terms[t].varies; };
    for (const TermList* list : {&state.weights, &state.multipliers, &state.losses}) {
      if (std::any_of(list->begin(), list->end(), varies)) state.constant_weight = false;
    }
    const bool wanted = !model_.utilities.empty() && !(state.absorbing && state.weights.empty());
    if (wanted && state.weights.size() != 1) state.constant_weight = false;  // said when a patient comes here
    if (state.constant_weight && wanted) {
      state.weight = made_.terms[state.weights[0]].constant;
      if (!(state.weight >= -1 && state.weight <= 1)) state.constant_weight = false;
    }
    if (state.constant_weight) {
      for (const std::uint32_t t : state.multipliers) state.weight *= made_.terms[t].constant;
      for (const std::uint32_t t : state.losses) state.weight -= made_.terms[t].constant;
    }
    made_.most_terms = std::max(
        made_.most_terms, state.costs.size() + state.weights.size() + state.multipliers.size() + state.losses.size());
    find_dependencies(state);
    for (std::size_t r = 0; r < made_.regions.size(); ++r) {
      if (made_.regions[r][s]) state.regions.push_back(static_cast<std::uint32_t>(r));
    }
    state.over = state.absorbing && state.regions.empty() && state.costs.empty() && state.constant_costs.empty();
  }

  void find_dependencies(InState& state) const {
    state.remembered = true;
    const auto depend = [&state](const Code& code) {
      if (code.dependencies.time || !code.dependencies.marks.empty()) state.remembered = false;
      for (const AttributeId a : code.dependencies.attributes) {
        if (std::ranges::find(state.depends, a) == state.depends.end()) state.depends.push_back(a);
      }
    };
    for (const TermList* list : {&state.costs, &state.weights, &state.multipliers, &state.losses}) {
      for (const std::uint32_t t : *list) {
        depend(made_.terms[t].when);
        for (const Code& code : made_.terms[t].codes) depend(code);
      }
    }
    if (state.depends.size() > most_remembered) state.remembered = false;
  }

  void finish_reads() {
    made_.marks = model_.marks();
    const std::size_t states = model_.states.size();
    for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
      if (made_.attributes.read[a] != 0) made_.attributes_read.push_back(make_id<AttributeId>(a));
    }
    for (std::size_t m = 0; m < model_.marks(); ++m) {
      if (marks_.read[m] != 0) made_.marks_read.push_back(make_id<MarkId>(m));
    }
    for (std::size_t d = 0; d < model_.declarations.size(); ++d) {
      const model::Declaration& one = model_.declarations[d];
      const bool event = one.kind == model::Declaration::Kind::event;
      const std::size_t mark = event ? one.mark.index() : states;
      made_.mark_of.push_back(event && marks_.read[mark] != 0 ? one.mark.value : -1);
      made_.declarations.cuts.push_back(event && (marks_.cuts[mark] != 0 || !made_.by_declaration[d].empty()) ? 1 : 0);
    }
  }

  const model::Model& model_;
  std::span<const double> parameters_;
  WorthProgram& made_;
  Looked marks_;  // by MarkId
};

}  // namespace

WorthProgram::WorthProgram(const model::Model& model, std::span<const double> parameters,
                           std::vector<std::vector<bool>> wanted)
    : currency(model.currency),
      horizon(model.horizon),
      units_per_year(binary_power(fraction_bits_for(model.horizon))),
      no_discount(0, model::Discounting::Method::continuous, horizon, units_per_year),
      costs_discount(value_of(model.discounting.costs, parameters), model.discounting.method, horizon, units_per_year),
      effects_discount(value_of(model.discounting.effects, parameters), model.discounting.method, horizon,
                       units_per_year),
      one_discount(costs_discount.same_as(effects_discount)),
      regions(std::move(wanted)) {
  Compiler(model, parameters, *this).run();
}

std::vector<std::vector<bool>> regions_of(const std::vector<model::Outcome>& outcomes) {
  std::vector<std::vector<bool>> found;
  for (const model::Outcome& one : outcomes) {
    const bool of_time = one.kind == model::OutcomeKind::qalys || one.kind == model::OutcomeKind::life_years;
    if (!of_time && one.kind != model::OutcomeKind::cost_effectiveness) continue;
    if (std::find(found.begin(), found.end(), one.target.states) == found.end()) found.push_back(one.target.states);
  }
  return found;
}

}  // namespace sojourn::outcomes
