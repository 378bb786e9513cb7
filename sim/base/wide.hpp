// Loops over columns compiled twice: for any processor of the kind, and for one with vectors of 256 bits, which is
// asked for when the program runs. The same operations in the same order either way, none fused: the same bits.
#pragma once

namespace sojourn {

#if defined(__x86_64__)
[[nodiscard]] inline bool has_wide_vectors() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

// On a copy, to which nothing that `work` writes can belong: bounds and pointers stay in registers.
template <class Work>
[[gnu::target("avx2"), gnu::flatten, gnu::noinline]] void run_wide(const Work& work) {
  const Work own(work);
  own();
}
#else
[[nodiscard]] inline bool has_wide_vectors() {
  return false;
}

template <class Work>
void run_wide(const Work& work) {
  work();
}
#endif

// Runs `work`, a lambda, with the widest vectors there are.
template <class Work>
inline void wide(const Work& work) {
  if (has_wide_vectors()) {
    run_wide(work);
  } else {
    work();
  }
}

}  // namespace sojourn
