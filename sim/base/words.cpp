#include "base/words.hpp"

namespace sojourn {

std::string with_commas_between(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    if (digits[at - 1] != '-') digits.insert(at, ",");
  }
  return digits;
}

std::string counted(std::size_t number, const std::string& one, const std::string& many) {
  return with_commas(number) + " " + (number == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace sojourn
