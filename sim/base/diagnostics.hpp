// What is wrong with the user's input: problems are collected, never thrown one at a time, and printed together,
// sorted by place, as `file:line:column: path: problem (why); hint`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sojourn {

// A place in an input file; line and column count from 1, 0 = unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

struct Problem {
  Location at;
  std::string path;     // e.g. transitions[2].time.weibull.shape
  std::string problem;  // what is wrong
  std::string why;      // optional: in parentheses
  std::string hint;     // optional: after a semicolon
};

class Diagnostics {
 public:
  void add(Problem problem) { problems_.push_back(std::move(problem)); }
  [[nodiscard]] bool ok() const { return problems_.empty(); }
  [[nodiscard]] std::size_t size() const { return problems_.size(); }
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
  // One line a problem, sorted by file, line, column, text; identical lines once. At most `limit` lines, then a count.
  // Lines are separated by newlines; there is none at the end.
  [[nodiscard]] std::string text(std::size_t limit = 100) const;

 private:
  std::vector<Problem> problems_;
};

// Another place in a message about `here`: "line 12", or "FILE, line 12" in another file.
[[nodiscard]] std::string line_of(const Location& other, const Location& here);

// The user's own text inside a message: `text`, one line, valid UTF-8, cut after 60 characters.
// Where <iomanip> is included pass a string_view: std::quoted is nearer to a std::string.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace sojourn
