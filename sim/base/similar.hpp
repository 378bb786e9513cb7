// "Did you mean": the known name nearest to one that is not known, by Damerau-Levenshtein distance (optimal string
// alignment: insert, delete, replace, swap neighbours), letter case counting little.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sojourn {

// ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);

// The distance, or `limit` + 1 if it is larger than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The nearest of `names`; the first of equally near ones. Nothing if all are further than a third of the letters
// (at least 1, at most 4), or if `name` is longer than 80 bytes.
[[nodiscard]] std::optional<std::string> most_similar(std::string_view name, std::span<const std::string> names);

// "did you mean `x`?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> names);

}  // namespace sojourn
