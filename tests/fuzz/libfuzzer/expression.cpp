#include "main.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sojourn::fuzz::read_expression({reinterpret_cast<const char*>(data), size});
  return 0;
}
