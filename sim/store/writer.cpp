#include "store/writer.hpp"

#include <optional>

#include "store/guarded_file.hpp"
#include "store/trajectory_writer.hpp"

namespace sojourn::store {

struct Writer::File : GuardedFile<TrajectoryWriter> {
  using GuardedFile::GuardedFile;
};

Writer::Writer(const std::string& path, const model::Model& model, const RunInput& input)
    : file_(std::make_unique<File>(path)) {
  file_->write([&](Output& output, std::optional<TrajectoryWriter>& trajectories) {
    const Layout layout(model, input);
    write_head(output, model, input, layout);
    trajectories.emplace(output, model, input, layout);
    write_outcomes_group(output);
  });
}

Writer::~Writer() = default;

void Writer::append(const history::Block& block) {
  file_->write([&](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->append(block); });
}

void Writer::write_table(const Table& table) {
  file_->write([&](Output& output, std::optional<TrajectoryWriter>&) {
    output.chunks().drain();  // so that the file does not depend on how far threads have come
    store::write_table(output, table);
  });
}

std::string Writer::finish() {
  return file_->finish([](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->finish(); });
}

}  // namespace sojourn::store
