// What an outcome is about: being in states, or events.
#include <algorithm>

#include "base/similar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Node;

constexpr std::size_t most_entries = 1000;  // of a list of states or events

// States and events named by a text, a list or a mapping.
class OccurrenceReader {
 public:
  explicit OccurrenceReader(Reading& reading) : reading_(reading) {
    made_.states.assign(reading.model.states.size(), false);
  }

  std::optional<Occurrence> run(const Item& item) {
    if (!item) return std::nullopt;
    const std::size_t before = reading_.troubles();
    if (item.node->children.size() > most_entries) {
      reading_.source.add(item, "more than 1000 entries", "", "use a tag");
      return std::nullopt;
    }
    if (item.is(Node::Kind::mapping)) {
      const Fields fields(reading_.source, item, shapes::occurrence);
      if (fields["states"]) states(fields["states"]);
      if (fields["event"]) event(fields["event"]);
      for (const Item& one : reading_.source.one_or_more(fields["events"])) event(one);
    } else {
      for (const Item& one : reading_.source.one_or_more(item)) scalar(one);
    }
    if (reading_.troubles() > before) return std::nullopt;
    if (made_.empty()) {
      reading_.source.add(item, "no state and no event is meant here");
      return std::nullopt;
    }
    return made_;
  }

 private:
  void scalar(const Item& item) {
    const auto text = reading_.source.text(item);
    if (!text) return;
    if (reading_.names.find(Names::Kind::event, *text)) {
      event(item);
    } else {
      states(item);
    }
  }

  void event(const Item& item) {
    const auto name = reading_.source.text(item);
    if (!name) return;
    const auto index = reading_.names.find(Names::Kind::event, *name);
    if (!index) {
      reading_.source.add(item, "there is no event " + quoted(*name), "", did_you_mean(*name, reading_.scope.events));
      return;
    }
    const MarkId mark{*index + static_cast<std::int32_t>(reading_.scope.states.size())};
    if (std::find(made_.events.begin(), made_.events.end(), mark) == made_.events.end()) made_.events.push_back(mark);
  }

  void states(const Item& item) {
    const auto expression = reading_.expression(item, Type::boolean(), states_and_tags);
    if (!expression) return;
    const auto code = expression::compile(*expression, {}, reading_.model.states.size());
    for (std::size_t s = 0; s < made_.states.size(); ++s) {
      expression::Context context;
      context.state = static_cast<std::int32_t>(s);
      if (expression::evaluate(code, context) != 0) made_.states[s] = true;
    }
  }

  Reading& reading_;
  Occurrence made_;
};

}  // namespace

std::optional<Occurrence> read_occurrence(Reading& reading, const Item& item) {
  return OccurrenceReader(reading).run(item);
}

}  // namespace sojourn::model
