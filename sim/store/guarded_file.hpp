// An HDF5 file that is written step by step and of which nothing is left when a step fails: whatever the step threw,
// the part is removed; what HDF5 says about a full disk becomes a message with the file's name and the system's reason.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/error.hpp"
#include "store/header.hpp"
#include "store/output.hpp"

namespace sojourn::store {

// Content: what writes into the output, and must be gone before it is closed.
template <class Content>
class GuardedFile {
 public:
  explicit GuardedFile(const std::string& path) : state_(std::make_unique<State>(path)) {
    step([](State& state) { state.output.emplace(state.part); });
  }
  ~GuardedFile() {
    if (!state_) return;
    prepare_hdf5();
    state_->give_up();
  }
  GuardedFile(const GuardedFile&) = delete;
  GuardedFile& operator=(const GuardedFile&) = delete;

  // action(Output&, std::optional<Content>&)
  template <class Action>
  void write(Action action) {
    step([&](State& state) { action(*state.output, state.content); });
  }
  using Name = std::function<std::string(const std::string& digest, std::uintmax_t bytes)>;
  // The last step; returns the digest. The file then stands under its name on the disk; `name`, if given, makes that
  // (without the folder) from the digest and the size.
  template <class Action>
  [[nodiscard]] std::string finish(Action action, const Name& name = {}) {
    std::string digest;
    step([&](State& state) {
      action(*state.output, state.content);
      state.content.reset();
      digest = state.output->close();
      state.output.reset();
      if (name) state.part.rename_final(name(digest, std::filesystem::file_size(state.part.part_path())));
      state.part.publish();
    });
    state_.reset();
    return digest;
  }

 private:
  // Members in the order in which they depend on each other: the HDF5 file closes before the part is removed.
  struct State {
    PartFile part;
    std::optional<Output> output;
    std::optional<Content> content;

    explicit State(const std::string& path) : part(path) {}

    void give_up() {
      part.discard();
      content.reset();
      if (output) output->abandon();
      output.reset();
    }
  };

  template <class Action>
  void step(Action action) {
    prepare_hdf5();
    if (!state_) throw std::logic_error("the file is already written");
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

  std::unique_ptr<State> state_;
};

}  // namespace sojourn::store
