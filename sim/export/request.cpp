#include "export/request.hpp"

#include "base/error.hpp"
#include "base/similar.hpp"
#include "base/words.hpp"

namespace sojourn::exports {

namespace {

std::string hint_after(const std::string& name, const std::vector<std::string>& known) {
  const std::string hint = did_you_mean(name, known);
  return hint.empty() ? "; there are " + listed(known) : "; " + hint;
}

ChosenStrategy chosen(const std::string& path, const store::Reader& reader, const model::Model& model,
                      const std::string& name) {
  const std::vector<std::string>& simulated = reader.strategies();
  const auto place = std::find(simulated.begin(), simulated.end(), name);
  if (place == simulated.end()) {
    throw InputError("--strategies: " + path + " has no strategy '" + name + "'" + hint_after(name, simulated));
  }
  const auto& all = model.strategies;
  const auto found = std::find_if(all.begin(), all.end(), [&](const model::Strategy& s) { return s.name == name; });
  if (found == all.end()) throw InputError(path + ": its model has no strategy '" + name + "' (is the file damaged?)");
  return {static_cast<std::size_t>(place - simulated.begin()), found - all.begin() + 1, name};
}

}  // namespace

Source::Source(const std::string& path, const store::Reader& reader, const model::Model& model, const Request& request)
    : path_(path), reader_(reader), model_(model), request_(request) {
  const auto& names = request.strategies.empty() ? reader.strategies() : request.strategies;
  for (const std::string& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1)
      throw InputError("--strategies: '" + name + "' is given twice");
    strategies_.push_back(chosen(path, reader, model, name));
  }
}

std::int64_t Source::first_patient() const {
  return request_.patients ? request_.patients->first : 1;
}

std::int64_t Source::last_patient() const {
  return request_.patients ? request_.patients->second : reader_.patients_stored();
}

void Source::need_trajectories() const {
  if (reader_.patients_stored() == 0) {
    throw InputError(path_ + ": no trajectories were kept in it; it was made " +
                     store::without_trajectories(reader_.input()));
  }
  if (first_patient() < 1 || last_patient() < first_patient() || last_patient() > reader_.patients_stored()) {
    throw InputError("--patients: " + path_ + " holds the trajectories of patients 1 to " +
                     std::to_string(reader_.patients_stored()) + " (" + reader_.trajectories() + ")");
  }
}

void Source::need_all_states(const std::string& format) const {
  if (reader_.input().policy.states.empty()) return;
  throw InputError(path_ + ": stays in some states were left out (" + reader_.trajectories() + "); " + format +
                   " needs all of them: run the model again without --keep-states, or export --format csv");
}

std::size_t Source::attribute(const std::string& name, const std::string& option) const {
  std::vector<std::string> known;
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
    if (model_.attributes[a].name == name) return a;
    known.push_back(model_.attributes[a].name);
  }
  throw InputError(option + ": there is no attribute '" + name + "'" + hint_after(name, known));
}

}  // namespace sojourn::exports
