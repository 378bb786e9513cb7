#include <gtest/gtest.h>

#include "base/diagnostics.hpp"

namespace sojourn {
namespace {

TEST(Diagnostics, OneLineAProblemSortedAndOnce) {
  Diagnostics problems;
  EXPECT_TRUE(problems.ok());
  EXPECT_EQ(problems.text(), "");
  problems.add({{"b.yaml", 1, 1}, "states", "no state is initial", "", "add `initial: true`"});
  problems.add({{"a.yaml", 10, 3}, "horizon", "a time is needed", "this is a number", "write 5 years"});
  problems.add({{"a.yaml", 9, 20}, "seed", "too large", "", ""});
  problems.add({{"a.yaml", 9, 4}, "", "unknown key `sead`", "", "did you mean `seed`?"});
  problems.add({{"a.yaml", 9, 20}, "seed", "too large", "", ""});
  EXPECT_FALSE(problems.ok());
  EXPECT_EQ(problems.size(), 5U);
  EXPECT_EQ(problems.text(),
            "a.yaml:9:4: unknown key `sead`; did you mean `seed`?\n"
            "a.yaml:9:20: seed: too large\n"
            "a.yaml:10:3: horizon: a time is needed (this is a number); write 5 years\n"
            "b.yaml:1:1: states: no state is initial; add `initial: true`");
}

TEST(Diagnostics, UnknownPlaces) {
  Diagnostics problems;
  problems.add({{"a.yaml", 0, 0}, "", "is empty", "", ""});
  problems.add({{"", 0, 0}, "--set", "needs name=value", "", ""});
  problems.add({{"a.yaml", 3, 0}, "", "no column known", "", ""});
  problems.add({{"", 4, 0}, "", "no file known", "", ""});
  EXPECT_EQ(problems.text(),
            "--set: needs name=value\nline 4: no file known\na.yaml: is empty\na.yaml:3: no column known");
}

TEST(Diagnostics, AtMostSoMany) {
  Diagnostics problems;
  for (int i = 1; i <= 5; ++i) problems.add({{"a", i, 1}, "", "bad", "", ""});
  EXPECT_EQ(problems.text(5), "a:1:1: bad\na:2:1: bad\na:3:1: bad\na:4:1: bad\na:5:1: bad");
  EXPECT_EQ(problems.text(4), "a:1:1: bad\na:2:1: bad\na:3:1: bad\na:4:1: bad\nand 1 more problem");
  EXPECT_EQ(problems.text(2), "a:1:1: bad\na:2:1: bad\nand 3 more problems");
  EXPECT_EQ(problems.text(0), "and 5 more problems");
}

TEST(Diagnostics, HostileTextStaysOneLineOfUtf8) {
  Diagnostics problems;
  problems.add({{"a", 1, 1}, "k\ney", "bad \x1b[31m\xff", "caf\xc3\xa9", ""});
  EXPECT_EQ(problems.text(), "a:1:1: k\\ney: bad \\x1b[31m\\xff (caf\xc3\xa9)");
}

TEST(Diagnostics, Quoted) {
  const std::string long_text(61, 'x');
  EXPECT_EQ(quoted("age"), "`age`");
  EXPECT_EQ(quoted(""), "``");
  EXPECT_EQ(quoted("a\tb\r"), "`a\\tb\\x0d`");
  EXPECT_EQ(quoted(std::string_view(long_text)), "`" + std::string(60, 'x') + "...`");
  EXPECT_EQ(quoted(std::string_view(long_text).substr(1)), "`" + std::string(60, 'x') + "`");
  EXPECT_EQ(quoted("\xe2\x89\xa4\xf0\x9f\x98\x80"), "`\xe2\x89\xa4\xf0\x9f\x98\x80`");
  // Cut short, stray, overlong, a surrogate, beyond U+10FFFF.
  EXPECT_EQ(quoted("\xe2\x89"), "`\\xe2\\x89`");
  EXPECT_EQ(quoted("\x80"), "`\\x80`");
  EXPECT_EQ(quoted("\xc0\xaf"), "`\\xc0\\xaf`");
  EXPECT_EQ(quoted("\xe0\x80\xaf"), "`\\xe0\\x80\\xaf`");
  EXPECT_EQ(quoted("\xed\xa0\x80"), "`\\xed\\xa0\\x80`");
  EXPECT_EQ(quoted("\xf4\x90\x80\x80"), "`\\xf4\\x90\\x80\\x80`");
}

}  // namespace
}  // namespace sojourn
