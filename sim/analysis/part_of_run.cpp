#include "analysis/part_of_run.hpp"

#include "base/byte_stream.hpp"

namespace sojourn::analysis {

namespace {

void pass(auto& stream, auto& part) {
  for (auto* one : {&part.counts.draws, &part.counts.draws_made, &part.counts.moves, &part.counts.events}) {
    stream.pass(*one);
  }
  stream.pass(part.sums);
  stream.pass_list(part.shards, [&](auto& shard) {
    stream.pass(shard.number);
    stream.pass(shard.patients.first);
    stream.pass(shard.patients.count);
    stream.pass(shard.bytes);
    stream.pass(shard.digest);
    stream.pass(shard.name);
  });
}

}  // namespace

std::string PartOfRun::bytes() const {
  ByteWriter writer;
  pass(writer, *this);
  return writer.take();
}

PartOfRun PartOfRun::read(std::string_view bytes) {
  ByteReader reader(bytes);
  PartOfRun part;
  pass(reader, part);
  return part;
}

}  // namespace sojourn::analysis
