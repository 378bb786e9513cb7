#include "outcomes/columns.hpp"

#include <algorithm>

#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::size_t gap = 2, widest_header = 18, narrowest_label = 24;

struct Width {
  std::size_t left = 0, right = 0;
  [[nodiscard]] std::size_t total() const { return left + right; }
};

std::string without_trailing_spaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string full_label(const Line& line) {
  return line.mark.empty() ? line.label : line.label + " " + line.mark;
}

std::vector<Width> widths_of(const TextColumns& columns) {
  std::vector<Width> widths(columns.headers.size());
  for (const Line& line : columns.lines) {
    for (std::size_t c = 0; c < line.entries.size(); ++c) {
      widths[c].left = std::max(widths[c].left, display_width(line.entries[c].left));
      widths[c].right = std::max(widths[c].right, display_width(line.entries[c].right));
    }
  }
  for (std::size_t c = 0; c < widths.size(); ++c) {
    const std::size_t header = std::min(display_width(columns.headers[c]), widest_header);
    if (header > widths[c].total()) widths[c].left += header - widths[c].total();
  }
  return widths;
}

std::size_t label_width(const TextColumns& columns) {
  std::size_t width = display_width(columns.title);
  for (const Line& line : columns.lines) {
    if (!line.entries.empty()) width = std::max(width, display_width(full_label(line)));
  }
  return width;
}

std::string block(const TextColumns& columns, const std::vector<Width>& widths, std::size_t label, std::size_t first,
                  std::size_t last) {
  std::string heading = pad_right(shortened(columns.title, label), label);
  for (std::size_t c = first; c < last; ++c) {
    heading += std::string(gap, ' ') + pad_left(shortened(columns.headers[c], widths[c].total()), widths[c].total());
  }
  std::string text = without_trailing_spaces(heading) + "\n";
  for (const Line& line : columns.lines) {
    std::string row = full_label(line);
    if (display_width(row) > label && !line.entries.empty()) {  // a line of its own
      text += row + "\n";
      row.clear();
    }
    row = pad_right(row, label);
    for (std::size_t c = first; c < last && !line.entries.empty(); ++c) {
      row += std::string(gap, ' ') + pad_left(line.entries[c].left, widths[c].left) +
             pad_right(line.entries[c].right, widths[c].right);
    }
    text += without_trailing_spaces(row) + "\n";
  }
  return text;
}

}  // namespace

std::string laid_out(const TextColumns& columns, int width) {
  const std::vector<Width> widths = widths_of(columns);
  const auto room = static_cast<std::size_t>(std::max(width, 40));
  std::size_t widest = 0, all = 0;
  for (const Width& w : widths) {
    widest = std::max(widest, w.total() + gap);
    all += w.total() + gap;
  }
  std::size_t label = label_width(columns);
  if (label + all > room) {  // a shorter label if that saves a fold; else as much as one column leaves
    const std::size_t shorter = room > all ? room - all : 0;
    label = shorter >= narrowest_label ? shorter : std::min(label, room > widest ? room - widest : 1);
    label = std::min(label, std::max(narrowest_label, room / 2));
  }
  std::string text;
  for (std::size_t first = 0; first < widths.size();) {
    std::size_t last = first + 1, used = label + gap + widths[first].total();
    while (last < widths.size() && used + gap + widths[last].total() <= room) used += gap + widths[last++].total();
    if (first > 0) text += "\n";
    text += block(columns, widths, label, first, last);
    first = last;
  }
  return text;
}

}  // namespace sojourn::outcomes
