// Words around numbers and names, for people.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <vector>

namespace sojourn {

[[nodiscard]] std::string with_commas_between(std::string digits);

// 1,234,567
template <std::integral Integer>
[[nodiscard]] std::string with_commas(Integer number) {
  return with_commas_between(std::to_string(number));
}

// "1 file", "1,200 files"
[[nodiscard]] std::string counted(std::size_t number, const std::string& one, const std::string& many);

// "a, b, c"
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

}  // namespace sojourn
