// Nothing whose last bits depend on the machine: the programs call no transcendental function of libm.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <regex>
#include <string>

namespace sojourn::test {
namespace {

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  std::array<char, 4096> part;
  while (const std::size_t n = fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), n);
  pclose(pipe);
  return text;
}

const std::regex forbidden(
    R"(\bU (exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|)"
    R"(atanh|erf|erfc|lgamma|tgamma|cbrt|hypot|fma)[fl]?(_r)?(@|\n))");

void expect_clean(const std::filesystem::path& object) {
  const std::string symbols = output_of("nm -u '" + object.string() + "' 2>&1");
  ASSERT_NE(symbols.find("U "), std::string::npos) << "nm says: " << symbols;
  std::smatch found;
  EXPECT_FALSE(std::regex_search(symbols, found, forbidden)) << object << " calls " << found.str();
}

TEST(NoLibm, TheCheckSeesACall) {
  EXPECT_TRUE(std::regex_search(std::string("                 U log@GLIBC_2.29\n"), forbidden));
  EXPECT_TRUE(std::regex_search(std::string("                 U pow\n"), forbidden));
  EXPECT_FALSE(std::regex_search(std::string("                 U logger\n                 U _Z3logd\n"), forbidden));
}

TEST(NoLibm, Libraries) {
  const std::filesystem::path build = std::filesystem::path(SOJOURN_PROGRAM).parent_path() / "sim";
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(build)) {
    const std::string name = entry.path().filename().string();
    // what makes results; the other rooms read and write
    const bool makes_results = name == "libsojourn_distributions.a" || name == "libsojourn_engine.a" ||
                               name == "libsojourn_program.a" || name == "libsojourn_expression.a" ||
                               name == "libsojourn_outcomes.a";
    if (!makes_results) continue;
    expect_clean(entry.path());
    ++seen;
  }
  ASSERT_GT(seen, 0) << "none of the libraries is built in " << build;
}

// All that the program is linked from but what others wrote: HDF5, which is in it, calls libm for filters of its own.
TEST(NoLibm, Program) {
  const std::filesystem::path program = SOJOURN_PROGRAM, sim = program.parent_path() / "sim";
  ASSERT_TRUE(std::filesystem::exists(program)) << "the program is not built";
  expect_clean(sim / "CMakeFiles/sojourn.dir/main.cpp.o");
  int rooms = 0;
  for (const auto& room : std::filesystem::directory_iterator(SOJOURN_SOURCE_DIR "/sim")) {
    const std::string name = room.path().filename().string();
    if (!room.is_directory() || name == "cmake") continue;
    expect_clean(sim / ("libsojourn_" + name + ".a"));
    ++rooms;
  }
  EXPECT_GT(rooms, 10);
}

}  // namespace
}  // namespace sojourn::test
