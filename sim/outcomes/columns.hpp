// Text in columns, one a strategy, folded into several blocks where they do not fit. An entry is split at its `±`, so
// that these stand below one another.
#pragma once

#include <string>
#include <vector>

namespace sojourn::outcomes {

struct Entry {
  std::string left, right;
};

struct Line {
  std::string label;           // indented by the caller
  std::vector<Entry> entries;  // by column; none: a heading
  std::string mark;            // of a footnote, after the label
};

struct TextColumns {
  std::string title;
  std::vector<std::string> headers;
  std::vector<Line> lines;
};

// Each line ends in a newline; no trailing spaces. Where the label does not fit it takes a line of its own; headers are
// shortened.
[[nodiscard]] std::string laid_out(const TextColumns& columns, int width);

}  // namespace sojourn::outcomes
