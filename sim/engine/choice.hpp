// Which engine lives the patients, and in which instructions. Nothing that comes out depends on it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sojourn::engine {

enum class EngineKind : std::uint8_t { batched, reference };
// What the kernels are compiled for, the widest first. The baseline is what every processor of the kind has: SSE2 of
// x86-64, NEON of AArch64.
#if defined(__x86_64__)
enum class Isa : std::uint8_t { baseline, avx2, avx512 };
inline constexpr std::array every_isa{Isa::avx512, Isa::avx2, Isa::baseline};
#else
enum class Isa : std::uint8_t { baseline };
inline constexpr std::array every_isa{Isa::baseline};
#endif

[[nodiscard]] bool available(Isa isa);  // on this processor
[[nodiscard]] Isa best_isa();
[[nodiscard]] std::string_view name_of(Isa isa);  // as it is written: avx512
[[nodiscard]] std::optional<Isa> isa_named(std::string_view name);

struct EngineChoice {
  EngineKind kind = EngineKind::batched;
  Isa isa = best_isa();
};

// Of the whole program; what a Bench uses unless it is told otherwise.
[[nodiscard]] EngineChoice engine_choice();
void choose_engine(const EngineChoice& choice);  // before threads begin

}  // namespace sojourn::engine
