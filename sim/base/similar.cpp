#include "base/similar.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace sojourn {

namespace {

constexpr std::size_t longest_name = 80;  // [bytes]

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t smallest = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

std::optional<std::string> most_similar(std::string_view name, std::span<const std::string> names) {
  if (name.empty() || name.size() > longest_name) return std::nullopt;
  const std::string wanted = lower_case(name);
  const std::size_t limit = std::clamp<std::size_t>(name.size() / 3, 1, 4);
  std::size_t nearest = limit + 1;
  const std::string* found = nullptr;
  for (const std::string& candidate : names) {
    if (candidate.empty() || candidate.size() > longest_name || candidate == name) continue;
    const std::size_t distance = edit_distance(wanted, lower_case(candidate), limit);
    if (distance >= nearest || distance >= std::max(name.size(), candidate.size())) continue;
    nearest = distance;
    found = &candidate;
  }
  return found == nullptr ? std::nullopt : std::optional<std::string>(*found);
}

std::string did_you_mean(std::string_view name, std::span<const std::string> names) {
  const std::optional<std::string> found = most_similar(name, names);
  return found ? "did you mean `" + *found + "`?" : std::string();
}

}  // namespace sojourn
