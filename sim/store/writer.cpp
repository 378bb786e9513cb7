#include "store/writer.hpp"

#include <optional>

#include "store/guarded_file.hpp"
#include "store/trajectory_writer.hpp"

namespace sojourn::store {

namespace {

void write_head(Output& output, const model::Model& model, const RunInput& input) {
  write_root(output, model, input);
  write_input(output, input);
  write_dictionary(output, model, Layout(model, input));
}

}  // namespace

struct Writer::File : GuardedFile<TrajectoryWriter> {
  using GuardedFile::GuardedFile;
};

Writer::Writer(const std::string& path, const model::Model& model, const RunInput& input)
    : file_(std::make_unique<File>(path)) {
  file_->write([&](Output& output, std::optional<TrajectoryWriter>& trajectories) {
    write_head(output, model, input);
    trajectories.emplace(output, model, input);
    output.group("/outcomes", "tables computed from the trajectories of all patients");
  });
}

Writer::~Writer() = default;

void Writer::append(const history::Block& block) {
  file_->write([&](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->append(block); });
}

void Writer::write_table(const Table& table) {
  file_->write([&](Output& output, std::optional<TrajectoryWriter>&) { store::write_table(output, table); });
}

std::string Writer::finish() {
  return file_->finish([](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->finish(); });
}

}  // namespace sojourn::store
