// Strategies: what each decides and which parameters it changes.
#include <algorithm>

#include "base/similar.hpp"
#include "model/dependencies.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_strategies = 1000;

class StrategyReader {
 public:
  StrategyReader(Reading& reading, const Item& item)
      : reading_(reading), fields_(reading.source, item, shapes::strategy) {
    made_.name = item.key();
    made_.at = reading.source.at_key(item);
    decided_.assign(reading.model.branches.size(), false);
  }

  void run() {
    const config::Source& source = reading_.source;
    NameProblem wrong = name_problem(made_.name);
    if (!wrong.problem.empty()) source.add_at_key(fields_.item(), wrong.problem, wrong.why, wrong.hint);
    if (!fields_.ok()) return;
    made_.label = source.text(fields_["label"]).value_or(made_.name);
    made_.reference = source.boolean(fields_["reference"]).value_or(false);
    for (const Item& one : source.children(fields_["parameters"])) parameter(one);
    if (fields_["start"]) made_.start = read_start(reading_, fields_["start"]);
    for (const Item& one : source.children(fields_["decisions"])) decision(one);
    if (fields_["decisions"] || !fields_.has("decisions")) refuse_undecided();
    reading_.model.strategies.push_back(std::move(made_));
  }

 private:
  void parameter(const Item& item) {
    if (reading_.source.full()) return;
    const auto index = reading_.names.find(Names::Kind::parameter, item.key());
    if (!index) {
      reading_.source.add_at_key(item, "there is no parameter " + quoted(item.key()), "",
                                 did_you_mean(item.key(), reading_.names.all(Names::Kind::parameter)));
      return;
    }
    const ParameterId id{*index};
    const Expression& usual = reading_.model.parameters[id.index()].value;
    if (!usual) return;  // what is wrong with it has been said
    const auto value = reading_.expression(item, usual.type(), parameters_only);
    if (value) made_.parameters.emplace_back(id, *value);
  }

  void decision(const Item& item) {
    if (reading_.source.full()) return;
    const auto& branches = reading_.model.branches;
    const auto entry = reading_.branch_ids.find(item.key());
    if (entry == reading_.branch_ids.end()) {
      std::vector<std::string> known;
      for (const Branch& one : branches) known.push_back(one.name);
      reading_.source.add_at_key(item, "there is no branch " + quoted(item.key()), "", did_you_mean(item.key(), known));
      return;
    }
    const BranchId id = entry->second;
    const Branch* found = &branches[id.index()];
    decided_[id.index()] = true;
    const auto& left = reading_.left_to_strategies;
    if (std::find(left.begin(), left.end(), id) == left.end()) {
      reading_.source.add_at_key(item, "the branch " + quoted(found->name) + " is not decided by strategies",
                                 line_of(found->at_location, reading_.source.at(item)),
                                 "write `decided_by: strategy` there");
      return;
    }
    std::optional<Choice> choice;
    if (item.is(config::Node::Kind::mapping)) {
      const Fields fields(reading_.source, item, shapes::strategy_decision);
      if (fields["probabilities"]) {
        choice = read_probabilities(reading_, fields["probabilities"], fields["odds_ratio"], found->options);
      }
    } else if (const auto rule = reading_.expression(item, category_of(option_names(*found)), at_an_instant)) {
      choice = Rule{*rule};
    }
    if (choice) made_.decisions.emplace_back(id, std::move(*choice));
  }

  void refuse_undecided() {
    for (const BranchId id : reading_.left_to_strategies) {
      const Branch& branch = reading_.model.branches[id.index()];
      if (decided_[id.index()]) continue;
      if (reading_.source.full()) return;
      std::string options;
      for (const Option& one : branch.options) options += (options.empty() ? "" : ", ") + one.name;
      reading_.source.add_at_key(fields_.item(), "the strategy does not decide the branch " + quoted(branch.name),
                                 "options: " + options, "add `decisions: {" + branch.name + ": ...}`");
    }
  }

  Reading& reading_;
  Fields fields_;
  Strategy made_;
  std::vector<bool> decided_;  // by branch
};

}  // namespace

void read_strategies(Reading& reading, const Item& strategies) {
  auto& made = reading.model.strategies;
  if (strategies && strategies.node->children.size() > most_strategies) {
    reading.source.add_at_key(strategies, "more than 1000 strategies");
    return;
  }
  for (const Item& item : reading.source.children(strategies)) StrategyReader(reading, item).run();
  const auto references = std::count_if(made.begin(), made.end(), [](const Strategy& one) { return one.reference; });
  if (references > 1) reading.source.add_at_key(strategies, "more than one strategy is the reference");
  if (strategies) return;
  for (const BranchId id : reading.left_to_strategies) {
    const Branch& branch = reading.model.branches[id.index()];
    reading.source.problems().add(
        {branch.at_location, "branches." + branch.name, "no strategy decides it", "the model has no `strategies`", ""});
  }
  Strategy only;
  only.name = only.label = "base";
  only.reference = true;
  made.push_back(std::move(only));
}

}  // namespace sojourn::model
