#include "command/results_out.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "command/text_file.hpp"

namespace sojourn::command {

namespace {

int terminal_width() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::max(40, static_cast<int>(size.ws_col)) : 120;
}

}  // namespace

void write_results(const outcomes::Results& results, const std::string& json, const std::string& csv) {
  if (!json.empty()) write_text(json, outcomes::json(results));
  if (!csv.empty()) write_text(csv, outcomes::csv(results));
}

void show_results(const outcomes::Results& results, const trial::Results& trials, const std::string& last_lines,
                  std::initializer_list<std::string_view> files) {
  const int width = terminal_width();
  const std::string made = trial::terminal_table(trials, width);
  const std::string text = outcomes::terminal_table(results, width) + (made.empty() ? "" : "\n" + made) + last_lines;
  if (std::find(files.begin(), files.end(), "-") != files.end()) {
    std::fputs(text.c_str(), stderr);
  } else {
    write_text("-", text);
  }
}

}  // namespace sojourn::command
