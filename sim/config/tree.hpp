// A YAML file as our own tree: ordered mappings, sequences and scalars with their text, each with its place. Only the
// plain part of YAML is taken: no anchors, aliases, tags, merge keys or second documents; no tabs, no binary.
// Limits: 16 MB a file, 64 kB a line, 100 levels, 2 million nodes, 1 million of the characters []{},&*!"' together.
// Reading takes time and memory linear in the file, whatever is in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace sojourn::config {

struct Node {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  std::uint16_t file = 0;            // 0: the document's own; n: the n-th it includes
  bool quoted = false;               // a scalar in quotes or a block: never taken for a number or a boolean
  int line = 0, column = 0;          // from 1; columns count bytes
  int key_line = 0, key_column = 0;  // of the key, in a mapping
  std::string key;                   // in a mapping
  std::string text;                  // of a scalar
  std::vector<Node> children;        // of a sequence or a mapping, in file order
};

struct Document {
  std::string file;  // as shown in messages
  std::string text;
  Node root;
  std::vector<Document> included;  // their roots are empty once they are united with this one (config/unite.hpp)
  std::string folder;              // of an included file, below the including one's: empty, or ends with /

  // Places for messages: columns count characters.
  [[nodiscard]] Location at(const Node& node) const;
  [[nodiscard]] Location at_key(const Node& node) const;
  // Of a byte of a scalar's text, as far as it can be told (folded and escaped scalars: where they begin).
  [[nodiscard]] Location at_offset(const Node& node, std::size_t offset) const;

  // The document in whose file the node is written.
  [[nodiscard]] const Document& owner(const Node& node) const;

  std::vector<std::size_t> line_starts;  // byte offsets

 private:
  [[nodiscard]] Location place(int line, int column) const;
  [[nodiscard]] Location within(const Node& node, std::size_t offset) const;
};

// The way to a child, in messages: path.key or path[index]. Long keys are cut, and of a long way the beginning.
[[nodiscard]] std::string path_to(const std::string& path, const Node& child);
[[nodiscard]] std::string path_to(const std::string& path, std::size_t index);

// What a file is read as.
struct FileRole {
  std::string_view beginning = "a model begins with `sojourn: 1`";  // for one that holds nothing
  std::size_t* values = nullptr;  // counts those of several files, which share the limit
};

// Nothing is returned when the text is not such YAML; duplicate keys are reported and the tree is still returned.
[[nodiscard]] std::optional<Document> read_document(std::string file, std::string text, Diagnostics& problems,
                                                    const FileRole& role = {});

}  // namespace sojourn::config
