#include "store/trajectory_writer.hpp"

#include <algorithm>
#include <stdexcept>

namespace sojourn::store {

namespace {

std::vector<bool> state_mask(const model::Model& model, const TrajectoryPolicy& policy) {
  if (policy.states.empty()) return {};
  std::vector<bool> mask(model.states.size(), false);
  for (const StateId state : policy.states) mask.at(state.index()) = true;
  return mask;
}

void keep_states(const history::Trajectories& from, const std::vector<bool>& kept, std::size_t patients,
                 history::Trajectories& to) {
  to.clear();
  std::size_t row = 0;
  for (std::size_t p = 0; p < patients; ++p) {
    for (; row < from.sojourn_end[p]; ++row) {
      if (!kept[static_cast<std::size_t>(from.sojourns.state[row])]) continue;
      to.sojourns.state.push_back(from.sojourns.state[row]);
      to.sojourns.cause.push_back(from.sojourns.cause[row]);
      to.sojourns.start.push_back(from.sojourns.start[row]);
      to.sojourns.stop.push_back(from.sojourns.stop[row]);
    }
    to.sojourn_end.push_back(static_cast<std::uint32_t>(to.sojourns.state.size()));
  }
  to.event_end = from.event_end;
  to.change_end = from.change_end;
}

}  // namespace

TrajectoryWriter::TrajectoryWriter(Output& output, const model::Model& model, const RunInput& input,
                                   const Layout& layout)
    : output_(output), model_(model), layout_(layout), kept_states_(state_mask(model, input.policy)) {
  filtered_.resize(kept_states_.empty() ? 0 : layout_.strategies.size());
  output.compress(input.compression);
  create_strategies(output, model, layout);
}

void create_strategies(Output& output, const model::Model& model, const Layout& layout) {
  output.group("/strategies", "the strategies simulated, each with the trajectories that were kept");
  for (std::size_t s = 0; s < layout.strategies.size(); ++s) {
    const model::Strategy& strategy = model.strategies[static_cast<std::size_t>(layout.strategy_ids[s] - 1)];
    const std::string path = strategy_path(strategy.name);
    output.group(path, strategy.label);
    output.group_attribute(path, "strategy_id", layout.strategy_ids[s]);
    if (layout.patients == 0) continue;
    output.group(path + "/sojourns", "one row a stay in a state, by patient and time");
    output.group(path + "/events", "one row an event, by patient and time");
    output.group(path + "/changes", "one row a change of an attribute, by patient and time");
  }
}

void TrajectoryWriter::create_feeds(std::size_t baseline_sets) {
  const std::size_t rows = layout_.chunk_rows(baseline_sets, model_.attributes.size());
  for (std::size_t s = 0; s < layout_.strategies.size(); ++s) {
    const std::string path = strategy_path(layout_.strategies[s]);
    const bool filtered = !kept_states_.empty();
    slots_.push_back({row_feed(RowTable::sojourns, output_, layout_, path + "/sojourns", rows), s, filtered});
    slots_.push_back({row_feed(RowTable::events, output_, layout_, path + "/events", rows), s, false});
    slots_.push_back({row_feed(RowTable::changes, output_, layout_, path + "/changes", rows), s, false});
    slots_.push_back({offset_feed(output_, path, rows), s, filtered});
  }
  const std::string about = "attributes at the start, one column an attribute, row p - 1 of patient p";
  for (std::size_t set = 0; set < baseline_sets; ++set) {
    const std::string path = strategy_path(layout_.strategies[set]) + "/baseline";
    output_.group(path, about);
    std::vector<std::string> links;
    for (std::size_t s = 1; baseline_sets == 1 && s < layout_.strategies.size(); ++s) {
      links.push_back(strategy_path(layout_.strategies[s]) + "/baseline");
      output_.link(path, links.back());
    }
    slots_.push_back({baseline_feed(output_, model_, set, path, std::move(links), rows), set, false});
  }
}

void TrajectoryWriter::check_block(const history::Block& block) const {
  const std::size_t strategies = layout_.strategies.size();
  if (block.first_patient != layout_.first_patient + patients_)
    throw std::logic_error("blocks must come in the order of patients");
  if (block.strategies.size() != strategies) throw std::logic_error("a block must hold every strategy");
  if (block.baseline.size() != 1 && block.baseline.size() != strategies) {
    throw std::logic_error("a block must hold one baseline, or one a strategy");
  }
}

void TrajectoryWriter::append(const history::Block& block) {
  check_block(block);
  const std::int64_t wanted = std::clamp<std::int64_t>(layout_.patients - patients_, 0, block.patients);
  patients_ += block.patients;
  if (wanted == 0) return;
  if (slots_.empty()) create_feeds(block.baseline.size());
  begin(block, static_cast<std::size_t>(wanted));
  run();
}

void TrajectoryWriter::begin(const history::Block& block, std::size_t patients) {
  for (std::size_t s = 0; s < filtered_.size(); ++s) {
    keep_states(block.strategies[s], kept_states_, patients, filtered_[s]);
  }
  for (Slot& slot : slots_) {
    const auto& histories = slot.filtered ? filtered_[slot.strategy] : block.strategies[slot.strategy];
    slot.feed->begin({&block, &histories, patients});
  }
}

void TrajectoryWriter::run() {
  for (;;) {
    Feed* next = nullptr;  // whose chunk fills with the earliest patient; the first of equals
    for (const Slot& slot : slots_) {
      Feed& feed = *slot.feed;
      if (feed.left() < feed.room()) continue;
      if (next == nullptr || feed.patient_filling() < next->patient_filling()) next = &feed;
    }
    if (next == nullptr) break;
    next->take(next->room());
  }
  for (const Slot& slot : slots_) slot.feed->take(slot.feed->left());
}

void TrajectoryWriter::finish() {
  if (patients_ < layout_.patients) throw std::logic_error("not all patients were appended");
  for (const Slot& slot : slots_) slot.feed->finish(output_.manifest());
  output_.chunks().drain();
}

}  // namespace sojourn::store
