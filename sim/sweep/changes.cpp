#include "sweep/changes.hpp"

#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "model/csv.hpp"
#include "model/load.hpp"
#include "sweep/sweep_file.hpp"

namespace sojourn::sweep {

namespace {

// The line from a little before where the two differ.
std::string shown(std::string_view line, std::string_view other) {
  constexpr std::size_t before = 20;
  std::size_t same = 0;
  while (same < line.size() && same < other.size() && line[same] == other[same]) ++same;
  const std::size_t from = same > before ? line.find(' ', same - before) : 0;
  if (from == 0 || from == std::string_view::npos || from > same) return quoted(line);
  const std::string rest = "..." + std::string(line.substr(from));
  return quoted(std::string_view(rest));
}

// "NAME, line 14: was `x: 1`, is `x: 2`"; nothing if they are the same.
std::optional<std::string> difference(const std::string& name, const std::string& before, const std::string& now) {
  if (before == now) return std::nullopt;
  model::CsvLines old_lines(before), new_lines(now);
  while (true) {
    const bool old_one = old_lines.next(), new_one = new_lines.next();
    if (!old_one && !new_one) return name + ": blanks and line ends";
    if (old_one && new_one && old_lines.line() == new_lines.line()) continue;
    const int line = new_one ? new_lines.number() : old_lines.number();
    const std::string_view was = old_one ? old_lines.line() : "", is = new_one ? new_lines.line() : "";
    return name + ", line " + std::to_string(line) + ": was " + (old_one ? shown(was, is) : "the end") + ", is " +
           (new_one ? shown(is, was) : "the end");
  }
}

std::string read_or_nothing(const model::Sources& sources, const std::string& relative) {
  try {
    return relative.empty() ? sources.read_model() : sources.read(relative);
  } catch (const InputError&) {
    return "";
  }
}

}  // namespace

Changes changes_since(const Definition& before, const std::string& path) {
  Changes found;
  const std::string text = model::DiskSources(path).read_model();
  if (const auto one = difference(path, before.sweep_text, text)) found.sweep.push_back(*one);
  Diagnostics problems;
  const auto file = read_sweep_file(path, text, problems);
  if (!file || !problems.ok()) throw InputError(problems.text());
  const std::string model_path = (std::filesystem::path(path).parent_path() / file->model).lexically_normal().string();
  const model::DiskSources sources(model_path);
  if (const auto one = difference(model_path, before.model_text, read_or_nothing(sources, ""))) {
    found.model.push_back(*one);
  }
  for (const model::EmbeddedFile& one : before.files) {
    const auto other = difference(sources.display_name(one.path), one.content, read_or_nothing(sources, one.path));
    if (other) found.model.push_back(*other);
  }
  return found;
}

}  // namespace sojourn::sweep
