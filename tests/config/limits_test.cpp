// Hostile input: whatever it is, an answer comes soon, in little memory, with a place, and without a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <random>
#include <sstream>

#include "config/text_check.hpp"
#include "config/tree.hpp"

namespace sojourn::config {
namespace {

using ::testing::HasSubstr;

struct Answer {
  std::string text;
  double seconds;  // of the processor, whatever else the machine does
};

Answer read(std::string text) {
  Diagnostics problems;
  const std::clock_t start = std::clock();
  (void)read_document("m.yaml", std::move(text), problems);
  return {problems.text(), static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC};
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Limits, FileLineDepthMarksAndNodes) {
  EXPECT_THAT(read(std::string(file_limit + 1, 'a')).text, HasSubstr("larger than 16 MB"));
  EXPECT_THAT(read(std::string(100u << 20, 'a')).text, HasSubstr("larger than 16 MB"));
  EXPECT_THAT(read("a: " + std::string(line_limit, 'x')).text, HasSubstr("a line of more than 64 kB"));
  EXPECT_THAT(read(repeated("[", 101) + repeated("]", 101)).text, HasSubstr("more than 100 levels"));
  EXPECT_THAT(read(repeated("- ", 101) + "a").text, HasSubstr("more than 100 levels"));
  EXPECT_THAT(read(repeated("[a],\n", mark_limit / 3 + 1)).text, HasSubstr("more than 1000000 brackets"));
  EXPECT_THAT(read(repeated("- \n", node_limit + 1)).text, HasSubstr("more than 2000000 values"));
  EXPECT_EQ(read(repeated("[", 100) + repeated("]", 100)).text, "");
}

TEST(Limits, BombsEndSoon) {
  std::string aliases = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    aliases += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + "," + last + "]\n";
  }
  const std::size_t most = file_limit / 16;
  const std::string bombs[] = {aliases,
                               repeated("[\n", most),
                               repeated("{\n", most),
                               repeated("[{\n", most / 2),
                               repeated("&a ", 20000),
                               repeated("!a ", 20000),
                               repeated("\"", 60001),
                               repeated("'", 60001),
                               repeated("? ", 30000),
                               repeated(": ", 30000),
                               repeated(",a ", 20000),
                               repeated("- ", 30000),
                               repeated("---\n", most),
                               repeated("%\n", most),
                               repeated("\n", most),
                               repeated(" \n", most),
                               repeated("a:\n", most),
                               repeated("a: |\n", most),
                               repeated("*a,", 20000),
                               "a: \"" + repeated("\\\n", most),
                               "[" + repeated("a: b,", 200000) + "]"};
  for (const std::string& bomb : bombs) {
    const Answer answer = read(bomb);
    EXPECT_NE(answer.text, "") << bomb.substr(0, 20);
    EXPECT_LT(answer.seconds, 20) << bomb.substr(0, 20);
    EXPECT_LT(answer.text.size(), 20000u) << bomb.substr(0, 20);
  }
}

TEST(Limits, RandomBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = static_cast<char>(random() % 256);
    (void)read(text);
  }
}

TEST(Limits, RandomYaml) {
  const std::string pieces[] = {"a",     "b:",    ": ",   "\n", "\n  ", "- ", "[",   "]", "{", "}",
                                ",",     "\"",    "'",    "#",  "&x ",  "*x", "!t ", "|", ">", "?",
                                "---\n", "...\n", "<<: ", "1",  "%",    "\\", "\t",  "~", " ", "é"};
  std::mt19937 random(2);
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (std::size_t n = random() % 30; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Answer answer = read(text);
    ASSERT_LT(answer.seconds, 5) << text;
  }
}

}  // namespace
}  // namespace sojourn::config
