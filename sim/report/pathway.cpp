// The pathway as a graph: states, and what can move a patient from one to another; with the table `flows`, how many
// patients did.
#include <string>
#include <utility>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

Json texts(const std::vector<std::string>& values) {
  Json list = Json::list();
  for (const std::string& one : values) list.add(Json::text(one));
  return list;
}

Json states_json(const model::Model& model) {
  const std::vector<StateId> starts = model.start_states();
  Json list = Json::list();
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    const model::State& state = model.states[s];
    bool start = false;
    for (const StateId id : starts) start = start || id == make_id<StateId>(s);
    list.add(Json::object()
                 .set("name", Json::text(state.name))
                 .set("label", Json::text(state.label.empty() ? state.name : state.label))
                 .set("start", Json::boolean(start))
                 .set("absorbing", Json::boolean(state.absorbing))
                 .set("tags", texts(state.tags)));
  }
  return list;
}

Json move(const model::Model& model, const std::string& name, const char* kind, const std::string& cause, StateId from,
          StateId to) {
  return Json::object()
      .set("name", Json::text(name))
      .set("kind", Json::text(kind))
      .set("cause", Json::text(cause))
      .set("from", Json::text(model.states[from.index()].name))
      .set("to", Json::text(model.states[to.index()].name));
}

Json moves_json(const model::Model& model) {
  Json list = Json::list();
  for (const model::Declaration& one : model.declarations) {
    if (!one.to.valid()) continue;
    for (const StateId from : one.from) list.add(move(model, one.name, "transition", one.cause, from, one.to));
  }
  for (const model::Branch& branch : model.branches) {
    for (const model::Option& option : branch.options) {
      if (!option.to.valid()) continue;
      for (const StateId from : branch.in) {
        if (from != option.to) list.add(move(model, branch.name, "branch", option.name, from, option.to));
      }
    }
  }
  return list;
}

Json flows_json(const Rows& flows) {
  Json list = Json::list();
  for (std::size_t r = 0; r < flows.size(); ++r) {
    Json one = Json::object();
    for (const char* column : {"strategy", "transition", "from", "to"})
      one.set(column, Json::text(flows.text(r, column)));
    for (const char* column : {"patients", "count"}) one.set(column, Json::number(flows.number(r, column)));
    list.add(std::move(one));
  }
  return list;
}

}  // namespace

Json pathway_section(const Inputs& inputs) {
  const model::Model& model = inputs.result().model();
  if (model.states.size() < 2) return Json::object();
  return Json::object()
      .set("states", states_json(model))
      .set("moves", moves_json(model))
      .set("flows", flows_json(inputs.result().table("flows")));
}

}  // namespace sojourn::report
