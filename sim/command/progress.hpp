// How far a run has come: a bar with rate and time left on a terminal, plain lines now and then in a log, on stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sojourn::command {

class Progress {
 public:
  enum class Style : std::uint8_t { silent, bar, lines };
  static Style style_for_stderr();  // bar on a terminal, lines otherwise

  Progress(std::int64_t total, std::string what, Style style);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::int64_t done);                       // in all; cheap to call often
  void advance(std::int64_t done, std::int64_t total) {  // the total has become another
    total_ = total;
    advance(done);
  }
  void clear();  // takes the bar off the screen
  [[nodiscard]] double seconds() const;

 private:
  void draw(double elapsed);

  std::int64_t total_, done_ = 0;
  std::string what_;
  Style style_;
  std::chrono::steady_clock::time_point begin_;
  double next_ = 0;
  bool shown_ = false;
};

// "45 s", "3 min 20 s", "2 h 5 min"
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace sojourn::command
