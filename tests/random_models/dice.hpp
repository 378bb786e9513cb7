// What chance decides while a model is made: a stream of rapidcheck's random numbers.
#pragma once

#include <rapidcheck.h>

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace sojourn::engine::testing {

class Dice {
 public:
  explicit Dice(const rc::Random& random) : random_(random) {}

  [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.next() % n); }
  [[nodiscard]] std::size_t from(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  [[nodiscard]] double between(double low, double high) {
    return low + static_cast<double>(random_.next() >> 11U) * 0x1p-53 * (high - low);
  }
  [[nodiscard]] bool chance(double p) { return between(0, 1) < p; }
  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  template <class T>
  [[nodiscard]] T one_of(std::initializer_list<T> list) {
    return list.begin()[below(list.size())];
  }

 private:
  rc::Random random_;
};

}  // namespace sojourn::engine::testing
