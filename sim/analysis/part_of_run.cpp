#include "analysis/part_of_run.hpp"

#include "base/byte_stream.hpp"

namespace sojourn::analysis {

namespace {

void pass(auto& stream, auto& counts) {
  for (auto* one : {&counts.draws, &counts.draws_made, &counts.moves, &counts.events}) stream.pass(*one);
}

void pass_numbers(auto& stream, auto& shard) {
  for (auto* one : {&shard.number, &shard.patients.first, &shard.patients.count, &shard.bytes}) stream.pass(*one);
}

}  // namespace

std::string PartOfRun::bytes() const {
  ByteWriter writer;
  pass(writer, counts);
  writer.text(sums);
  writer.count(shards.size());
  for (const store::ShardFile& one : shards) {
    pass_numbers(writer, one);
    writer.text(one.digest);
    writer.text(one.name);
  }
  return writer.take();
}

PartOfRun PartOfRun::read(std::string_view bytes) {
  ByteReader reader(bytes);
  PartOfRun part;
  pass(reader, part.counts);
  part.sums = reader.text();
  for (std::uint64_t left = reader.count(); left > 0; --left) {
    store::ShardFile& one = part.shards.emplace_back();
    pass_numbers(reader, one);
    one.digest = reader.text();
    one.name = reader.text();
  }
  return part;
}

}  // namespace sojourn::analysis
