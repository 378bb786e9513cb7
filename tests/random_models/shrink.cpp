// Smaller models: parts taken out, and what is written made simpler, as long as the text becomes shorter and the model
// can still be read.
#include <algorithm>
#include <functional>
#include <tuple>

#include "random_models/lives.hpp"
#include "random_models/making.hpp"

namespace sojourn::engine::testing {

namespace {

using Edit = std::function<void(Draft&)>;

// What a term may be replaced by: the simplest of its sort, then its own parts.
std::vector<Term> simpler(const Term& term) {
  std::vector<Term> found;
  if (term.text != simplified(term).text) found.push_back(simplified(term));
  if (term.sort == Sort::boolean && term.text != "false") found.push_back({Sort::boolean, "false"});
  for (std::size_t i = 0; i < term.parts.size(); ++i) {
    if (term.parts[i].sort == term.sort) found.push_back(term.parts[i]);
    for (Term& inner : simpler(term.parts[i])) {
      found.push_back(term);
      found.back().parts[i] = std::move(inner);
    }
  }
  return found;
}

class Edits {
 public:
  explicit Edits(const Draft& draft) : draft_(draft) {}

  std::vector<Edit> run() {
    alone(&Draft::strategies);
    halves(&Draft::declarations);
    halves(&Draft::branches);
    each(&Draft::strategies);
    for (const auto& one : draft_.states) forget_name(one.name);
    for (const auto& one : draft_.declarations) {
      if (one.event) forget_name(one.name);
    }
    each(&Draft::branches);
    each(&Draft::declarations);
    for (const auto& one : draft_.attributes) forget_name(one.name);
    for (const auto& one : draft_.parameters) forget_name(one.name);
    for (const auto& one : draft_.states) {
      for (const auto& tag : one.tags) forget_name(tag);
    }
    each(&Draft::correlations);
    add([](Draft& d) { d.start.reset(); });
    declarations();
    branches();
    cohort();
    strategies();
    terms();
    return std::move(edits_);
  }

 private:
  void add(Edit edit) { edits_.push_back(std::move(edit)); }
  void forget_name(const std::string& name) {
    add([name](Draft& d) { forget(d, name); });
  }
  template <class T>
  void each(std::vector<T> Draft::*list) {
    for (std::size_t i = 0; i < (draft_.*list).size(); ++i) {
      add([=](Draft& d) { (d.*list).erase((d.*list).begin() + static_cast<std::ptrdiff_t>(i)); });
    }
  }
  template <class T>
  void alone(std::vector<T> Draft::*list) {
    for (std::size_t i = 0; (draft_.*list).size() > 1 && i < (draft_.*list).size(); ++i) {
      add([=](Draft& d) { d.*list = std::vector<T>{(d.*list)[i]}; });
    }
  }
  template <class T>
  void halves(std::vector<T> Draft::*list) {
    const auto half = static_cast<std::ptrdiff_t>((draft_.*list).size() / 2);
    if (half < 2) return;
    add([=](Draft& d) { (d.*list).erase((d.*list).begin(), (d.*list).begin() + half); });
    add([=](Draft& d) { (d.*list).erase((d.*list).begin() + half, (d.*list).end()); });
  }
  // Elements of a list that `of` finds in a draft.
  template <class Of>
  void elements(std::size_t n, Of of, std::size_t fewest = 0) {
    for (std::size_t i = 0; i < n && n > fewest; ++i) {
      add([=](Draft& d) { of(d).erase(of(d).begin() + static_cast<std::ptrdiff_t>(i)); });
    }
  }

  void declarations() {
    for (std::size_t i = 0; i < draft_.declarations.size(); ++i) {
      const Declaration& one = draft_.declarations[i];
      add([i](Draft& d) { d.declarations[i].when.reset(); });
      add([i](Draft& d) { d.declarations[i].priority = 0; });
      add([i](Draft& d) { d.declarations[i].recurrent = false; });
      add([i](Draft& d) { d.declarations[i].sets.clear(); });
      elements(
          one.components.size(), [i](Draft & d) -> auto& { return d.declarations[i].components; }, 1);
      elements(
          one.from.size(), [i](Draft & d) -> auto& { return d.declarations[i].from; }, 1);
      elements(
          one.sets.size(), [i](Draft & d) -> auto& { return d.declarations[i].sets; });
      for (std::size_t c = 0; c < one.components.size(); ++c) component(i, c);
    }
  }
  void component(std::size_t i, std::size_t c) {
    const auto at = [i, c](Draft& d) -> Component& { return d.declarations[i].components[c]; };
    const Component& one = draft_.declarations[i].components[c];
    add([at](Draft& d) { at(d).time_ratio.reset(); });
    add([at](Draft& d) { at(d).odds_ratio.reset(); });
    add([at](Draft& d) {
      at(d).hazard_ratio.clear();
      at(d).smr.clear();
    });
    add([at](Draft& d) { at(d).clock = {Sort::clock, "reset"}; });
    elements(
        one.hazard_ratio.size(), [at](Draft & d) -> auto& { return at(d).hazard_ratio; });
    elements(
        one.smr.size(), [at](Draft & d) -> auto& { return at(d).smr; });
  }

  void branches() {
    for (std::size_t i = 0; i < draft_.branches.size(); ++i) {
      const Branch& one = draft_.branches[i];
      add([i](Draft& d) { d.branches[i].when.reset(); });
      add([i](Draft& d) { d.branches[i].in.clear(); });
      add([i](Draft& d) { d.branches[i].priority = 0; });
      elements(
          one.at.size(), [i](Draft & d) -> auto& { return d.branches[i].at; });
      elements(
          one.on_entry.size(), [i](Draft & d) -> auto& { return d.branches[i].on_entry; });
      elements(
          one.on_event.size(), [i](Draft & d) -> auto& { return d.branches[i].on_event; });
      if (one.choice && one.choice->odds_ratio) add([i](Draft& d) { d.branches[i].choice->odds_ratio.reset(); });
      for (std::size_t o = 0; o < one.options.size(); ++o) {
        if (!one.ordinal) forget_name(one.options[o].name);
        add([i, o](Draft& d) { d.branches[i].options[o].to.clear(); });
        elements(
            one.options[o].sets.size(), [ i, o ](Draft & d) -> auto& { return d.branches[i].options[o].sets; });
      }
      // Decided by a rule instead: its first option.
      if (!one.ordinal && !(one.choice && one.choice->rule)) {
        add([i](Draft& d) {
          const std::string first = d.branches[i].options.front().name;
          d.branches[i].choice = Choice{Term{Sort::category, first, {}, {}, first}, {}, {}};
        });
      }
    }
  }

  void cohort() {
    for (std::size_t i = 0; i < draft_.attributes.size(); ++i) {
      const Attribute& one = draft_.attributes[i];
      if (one.cases.size() > 1) add([i](Draft& d) { d.attributes[i].cases.erase(d.attributes[i].cases.begin()); });
    }
  }

  void strategies() {
    for (std::size_t i = 0; i < draft_.strategies.size(); ++i) {
      add([i](Draft& d) { d.strategies[i].start.reset(); });
      elements(
          draft_.strategies[i].parameters.size(), [i](Draft & d) -> auto& { return d.strategies[i].parameters; });
    }
  }

  void terms() {
    std::size_t place = 0;
    each_term(draft_, [&](const Term& term) {
      for (Term& one : simpler(term)) {
        add([place, one = std::move(one)](Draft& d) {
          std::size_t at = 0;
          each_term(d, [&](Term& slot) {
            if (at++ == place) slot = one;
          });
        });
      }
      ++place;
    });
    add([](Draft& d) { d.replicate = 0; });
    add([](Draft& d) { d.first_patient = 1; });
    for (const double horizon : {1.0, 2.0}) {
      if (draft_.horizon > horizon) add([horizon](Draft& d) { d.horizon = horizon; });
    }
  }

  const Draft& draft_;
  std::vector<Edit> edits_;
};

// Shorter text comes first, then smaller numbers.
auto size_of(const Draft& draft) {
  return std::tuple(yaml(draft).size(), draft.replicate, draft.first_patient, draft.horizon);
}

}  // namespace

rc::Seq<Draft> smaller(const Draft& draft) {
  auto made = rc::seq::map(rc::seq::fromContainer(Edits(draft).run()), [draft](const Edit& edit) {
    Draft changed = draft;
    edit(changed);
    mend(changed);
    return changed;
  });
  return rc::seq::filter(std::move(made), [size = size_of(draft)](const Draft& changed) {
    return size_of(changed) < size && readable(changed);
  });
}

rc::Gen<Draft> random_model() {
  return [](const rc::Random& random, int) {
    return rc::shrinkable::shrinkRecur(make(random), [](const Draft& draft) { return smaller(draft); });
  };
}

}  // namespace sojourn::engine::testing
