#include "sweep/shard_file.hpp"

#include "base/byte_stream.hpp"
#include "base/error.hpp"
#include "store/digest.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::string_view magic = "sojourn sums 2\n";
constexpr std::size_t digest_size = 32;

std::string digest_of(std::string_view bytes) {
  store::ColumnHash hash;
  hash.add(bytes.data(), bytes.size());
  return hash.hex();
}

}  // namespace

std::string shard_bytes(const ShardContent& content) {
  ByteWriter writer;
  writer.text(content.basis);
  writer.count(static_cast<std::uint64_t>(content.patients.first));
  writer.count(static_cast<std::uint64_t>(content.patients.count));
  writer.count(content.entries.size());
  for (const ShardEntry& one : content.entries) {
    writer.text(id_text(one.id));
    writer.count(one.failed ? 1 : 0);
    writer.text(one.bytes);
    writer.text(one.solution);
  }
  std::string bytes = std::string(magic) + writer.take();
  return bytes + digest_of(bytes);
}

ShardContent read_shard(std::string_view bytes) {
  if (bytes.size() < magic.size() + digest_size || !bytes.starts_with(magic)) {
    throw RunError("is cut short, or no shard of a sweep");
  }
  const std::string_view checked = bytes.substr(0, bytes.size() - digest_size);
  if (digest_of(checked) != bytes.substr(checked.size())) throw RunError("is damaged: its checksum is another");
  try {
    ByteReader reader(checked.substr(magic.size()));
    ShardContent content;
    content.basis = reader.text();
    content.patients.first = static_cast<std::int64_t>(reader.count());
    content.patients.count = static_cast<std::int64_t>(reader.count());
    const std::uint64_t entries = reader.count();
    for (std::uint64_t i = 0; i < entries; ++i) {
      const auto id = id_of(reader.text());
      if (!id) throw MalformedBytes();
      const bool failed = reader.count() != 0;
      const std::string_view one = reader.text();
      content.entries.push_back({*id, failed, std::string(one), std::string(reader.text()),
                                 static_cast<std::size_t>(one.data() - bytes.data())});
    }
    if (!reader.at_end()) throw MalformedBytes();
    return content;
  } catch (const MalformedBytes&) {
    throw RunError("is damaged");
  }
}

}  // namespace sojourn::sweep
