#include "engine/choice.hpp"

#include <algorithm>
#include <array>

namespace sojourn::engine {

namespace {

#if defined(__x86_64__)
constexpr std::array<std::string_view, 3> names{"sse2", "avx2", "avx512"};
#elif defined(__aarch64__)
constexpr std::array<std::string_view, 1> names{"neon"};
#else
constexpr std::array<std::string_view, 1> names{"pairs"};
#endif
static_assert(names.size() == every_isa.size());

EngineChoice& chosen() {
  static EngineChoice choice;
  return choice;
}

}  // namespace

bool available(Isa isa) {
#if defined(__x86_64__)
  switch (isa) {
    case Isa::baseline:
      return true;
    case Isa::avx2:
      return __builtin_cpu_supports("avx2") != 0;
    case Isa::avx512:
      return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
             __builtin_cpu_supports("avx512vl") != 0;
  }
#endif
  return isa == Isa::baseline;
}

Isa best_isa() {
  return *std::ranges::find_if(every_isa, available);  // the last is always there
}

std::string_view name_of(Isa isa) {
  return names[static_cast<std::size_t>(isa)];
}

std::optional<Isa> isa_named(std::string_view name) {
  const auto found = std::ranges::find(every_isa, name, name_of);
  return found == every_isa.end() ? std::nullopt : std::optional(*found);
}

EngineChoice engine_choice() {
  return chosen();
}

void choose_engine(const EngineChoice& choice) {
  chosen() = choice;
}

}  // namespace sojourn::engine
