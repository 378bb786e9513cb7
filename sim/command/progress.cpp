#include "command/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/number_text.hpp"
#include "base/words.hpp"

namespace sojourn::command {

namespace {

constexpr double bar_interval = 0.1;    // [s]
constexpr double line_interval = 10.0;  // [s]

int stderr_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : 80;
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

Progress::Style Progress::style_for_stderr() {
  return isatty(STDERR_FILENO) ? Style::bar : Style::lines;
}

Progress::Progress(std::int64_t total, std::string what, Style style)
    : total_(total), what_(std::move(what)), style_(style), begin_(std::chrono::steady_clock::now()) {
  next_ = style == Style::bar ? bar_interval : line_interval;
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void Progress::advance(std::int64_t done) {
  done_ = done;
  if (style_ == Style::silent) return;
  const double elapsed = seconds();
  if (elapsed < next_) return;
  next_ = elapsed + (style_ == Style::bar ? bar_interval : line_interval);
  draw(elapsed);
}

void Progress::draw(double elapsed) {
  const double share = total_ > 0 ? static_cast<double>(done_) / static_cast<double>(total_) : 1;
  const double rate = static_cast<double>(done_) / elapsed;
  const double left = rate > 0 ? static_cast<double>(total_ - done_) / rate : 0;
  const std::string figures = with_commas(done_) + " of " + with_commas(total_) + " " + what_ + ", " +
                              with_commas(static_cast<std::int64_t>(rate)) + " a second, " + duration_text(left) +
                              " left";
  if (style_ == Style::lines) {
    std::fprintf(stderr, "%s %%: %s\n", fixed_text(100 * share, 0).c_str(), figures.c_str());
    return;
  }
  const int width = std::min(24, stderr_width() - static_cast<int>(figures.size()) - 11);
  if (width < 4) {
    const std::string line = fixed_text(100 * share, 0) + " %  " + figures;
    std::fprintf(stderr, "\r\033[K%s", line.substr(0, static_cast<std::size_t>(stderr_width() - 1)).c_str());
    shown_ = true;
    return;
  }
  const int full = static_cast<int>(share * width);
  std::string bar;
  for (int i = 0; i < width; ++i) bar += i < full ? "#" : ".";
  std::fprintf(stderr, "\r\033[K[%s] %s %%  %s", bar.c_str(), fixed_text(100 * share, 0).c_str(), figures.c_str());
  shown_ = true;
}

void Progress::clear() {
  if (shown_) std::fprintf(stderr, "\r\033[K");
  shown_ = false;
}

}  // namespace sojourn::command
