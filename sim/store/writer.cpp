#include "store/writer.hpp"

#include <optional>
#include <stdexcept>

#include "base/error.hpp"
#include "store/header.hpp"
#include "store/trajectory_writer.hpp"

namespace sojourn::store {

namespace {

void write_head(Output& output, const model::Model& model, const RunInput& input) {
  write_root(output, model, input);
  write_input(output, input);
  write_dictionary(output, model, Layout(model, input));
}

}  // namespace

// Members in the order in which they depend on each other: the HDF5 file closes before the part is removed.
struct Writer::State {
  PartFile part;
  std::optional<Output> output;
  std::optional<TrajectoryWriter> trajectories;

  explicit State(const std::string& path) : part(path) {}

  void give_up() {
    part.discard();
    trajectories.reset();
    if (output) output->abandon();
    output.reset();
  }
};

template <class Action>
void Writer::guarded(Action action) {
  prepare_hdf5();
  if (!state_) throw std::logic_error("the result is already written");
  try {
    action(*state_);
  } catch (const Hdf5Error& error) {
    const int code = state_->part.error();
    const std::string message =
        code != 0 ? state_->part.failure(code) : "cannot write '" + state_->part.final_path() + "': " + error.what();
    state_->give_up();
    state_.reset();
    throw RunError(message);
  } catch (...) {
    state_->give_up();
    state_.reset();
    throw;
  }
}

Writer::Writer(const std::string& path, const model::Model& model, const RunInput& input)
    : state_(std::make_unique<State>(path)) {
  guarded([&](State& state) {
    state.output.emplace(state.part);
    write_head(*state.output, model, input);
    state.trajectories.emplace(*state.output, model, input);
    state.output->group("/outcomes", "tables computed from the trajectories of all patients");
  });
}

Writer::~Writer() {
  if (!state_) return;
  prepare_hdf5();
  state_->give_up();
}

void Writer::append(const history::Block& block) {
  guarded([&](State& state) { state.trajectories->append(block); });
}

void Writer::write_table(const Table& table) {
  guarded([&](State& state) { store::write_table(*state.output, table); });
}

std::string Writer::finish() {
  std::string digest;
  guarded([&](State& state) {
    state.trajectories->finish();
    state.trajectories.reset();
    digest = state.output->close();
    state.output.reset();
    state.part.publish();
  });
  state_.reset();
  return digest;
}

}  // namespace sojourn::store
