// A build with MPI: the processes that mpirun or srun started.
#include "base/durable.hpp"
#include "team/launch.hpp"
#include "team/mpi/shared_items.hpp"

namespace sojourn::team {

namespace {

class MpiTeam : public Team {
 public:
  int rank() const override { return wire_.rank(); }
  int size() const override { return wire_.size(); }
  int processors() const override { return wire_.processors(); }

  void share(std::int64_t count, const Progress& progress, const Work& work) override {
    if (first()) {
      ItemsOfFirst items(wire_, count, progress);
      const std::exception_ptr thrown = thrown_by([&] { work(items); });
      raise(items.finish(Fault::of(thrown, items.last())));
    } else {
      ItemsOfOthers items(wire_);
      const std::exception_ptr thrown = thrown_by([&] { work(items); });
      items.finish(Fault::of(thrown, items.last()));
      raise({});
    }
  }

  void agree(const std::function<void()>& action) override {
    Fault own = Fault::of(thrown_by(action), rank());
    if (own && !first())
      own.text += " (in process " + std::to_string(rank()) + " of " + std::to_string(size()) + ", on " +
                  this_process().host + ")";
    Fault chosen;
    for (const std::string& bytes : gather(own.bytes())) {
      Fault one = Fault::read(bytes);
      if (one.before(chosen)) chosen = std::move(one);
    }
    raise(chosen);
  }

  std::vector<std::string> gather(const std::string& bytes) override {
    if (!first()) {
      wire_.send(0, Channel::together, bytes);
      return {};
    }
    std::vector<std::string> all{bytes};
    for (int from = 1; from < size(); ++from) all.push_back(wire_.receive(from, Channel::together));
    return all;
  }

  std::string broadcast(const std::string& bytes) override {
    if (!first()) return wire_.receive(0, Channel::together);
    for (int to = 1; to < size(); ++to) wire_.send(to, Channel::together, bytes);
    return bytes;
  }

  bool agreed() const override { return agreed_; }
  void leave() override { wire_.leave(); }
  void abort(int code) override { wire_.abort(code); }

 private:
  template <class Action>
  static std::exception_ptr thrown_by(const Action& action) {
    try {
      action();
      return nullptr;
    } catch (...) {
      return std::current_exception();
    }
  }

  // What the first process says, in all.
  void raise(const Fault& of_first) {
    const Fault fault = Fault::read(broadcast(of_first.bytes()));
    agreed_ = static_cast<bool>(fault);
    fault.raise();
  }

  Wire wire_;
  bool agreed_ = false;
};

}  // namespace

bool has_mpi() {
  return true;
}

std::string mpi_name() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string all(text.data(), static_cast<std::size_t>(length));
  // "Open MPI v4.1.4, package: ...": what stands before the first comma or line's end
  return all.substr(0, all.find_first_of(",\n"));
}

std::unique_ptr<Team> join() {
  if (launched().size == 1) return alone(usable_processors());
  return std::make_unique<MpiTeam>();
}

}  // namespace sojourn::team
