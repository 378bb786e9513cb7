// Text to tree: structure, quoting, places, and what is refused.
#include "config/tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sojourn::config {
namespace {

using ::testing::HasSubstr;

std::string problems_of(const std::string& text) {
  Diagnostics problems;
  (void)read_document("m.yaml", text, problems);
  return problems.text();
}

Document good(const std::string& text) {
  Diagnostics problems;
  auto document = read_document("m.yaml", text, problems);
  EXPECT_TRUE(document.has_value()) << problems.text();
  EXPECT_EQ(problems.text(), "");
  return document ? std::move(*document) : Document{};
}

TEST(Tree, KeepsOrderKindsQuotesAndPlaces) {
  const Document document = good("b: [1, \"two\", 'three']\na:\n  x: |\n    block\n  y:\n  z: {k: v}\n");
  ASSERT_EQ(document.root.kind, Node::Kind::mapping);
  ASSERT_EQ(document.root.children.size(), 2u);
  const Node& list = document.root.children[0];
  EXPECT_EQ(list.key, "b");
  EXPECT_EQ(list.kind, Node::Kind::sequence);
  EXPECT_FALSE(list.children[0].quoted);
  EXPECT_TRUE(list.children[1].quoted);
  EXPECT_TRUE(list.children[2].quoted);
  EXPECT_EQ(list.children[1].text, "two");
  EXPECT_EQ(list.children[1].line, 1);
  EXPECT_EQ(list.children[1].column, 8);
  const Node& map = document.root.children[1];
  EXPECT_EQ(map.children[0].text, "block\n");
  EXPECT_TRUE(map.children[0].quoted);
  EXPECT_EQ(map.children[1].kind, Node::Kind::null);
  EXPECT_EQ(map.children[1].key_line, 5);
  EXPECT_EQ(map.children[1].key_column, 3);
  EXPECT_EQ(map.children[2].children[0].key, "k");
}

TEST(Tree, ColumnsCountCharacters) {
  const Document document = good("é: {x: \"ä\", y: z}\n");
  const Node& y = document.root.children[0].children[1];
  EXPECT_EQ(document.at(y).column, 16);
  EXPECT_EQ(document.at_key(y).column, 13);
  EXPECT_EQ(document.at(y).line, 1);
}

TEST(Tree, PlacesInsideScalars) {
  const Document document = good("a: p + q\nb: \"p + q\"\nc: >-\n  p\n  + q\n");
  EXPECT_EQ(document.at_offset(document.root.children[0], 4).column, 8);
  EXPECT_EQ(document.at_offset(document.root.children[1], 4).column, 9);
  EXPECT_EQ(document.at_offset(document.root.children[2], 2).line, 3);  // folded: where it begins
}

TEST(Tree, WindowsLineEndsAndByteOrderMark) {
  const Document document = good(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: \"x\"\r\n");
  EXPECT_EQ(document.root.children[1].text, "x");
  EXPECT_EQ(document.at(document.root.children[1]).line, 2);
  EXPECT_EQ(document.at(document.root.children[1]).column, 4);
  EXPECT_TRUE(document.root.children[1].quoted);
}

TEST(Tree, NullsInManyWords) {
  for (const char* text : {"a:", "a: ~", "a: null"})
    EXPECT_EQ(good(text).root.children[0].kind, Node::Kind::null) << text;
  EXPECT_EQ(good("a: 'null'").root.children[0].kind, Node::Kind::scalar);
}

TEST(Tree, DuplicateKeysAtEveryDepth) {
  EXPECT_EQ(problems_of("a: 1\nb: [{c: 1, c: 2}]\na: 3\n"),
            "m.yaml:2:12: b[0].c: this key is there twice (first in line 2)\n"
            "m.yaml:3:1: a: this key is there twice (first in line 1)");
}

struct Refusal {
  const char* text;
  const char* says;
};

class Refused : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refused, WithAClearMessage) {
  const std::string found = problems_of(GetParam().text);
  EXPECT_THAT(found, HasSubstr(GetParam().says));
  EXPECT_THAT(found, ::testing::StartsWith("m.yaml"));
}

INSTANTIATE_TEST_SUITE_P(
    All, Refused,
    ::testing::Values(
        Refusal{"", "the file holds nothing"}, Refusal{"# only a comment\n", "the file holds nothing"},
        Refusal{"---\n", "the file holds nothing"}, Refusal{"a: &x 1\n", "m.yaml:1:4: an anchor"},
        Refusal{"a: &x 1\nb: *x\n", "m.yaml:2:4: an alias"}, Refusal{"a: *x\n", "an alias"},
        Refusal{"&a [1, *a]", "an anchor"}, Refusal{"*a : 1", "alias"}, Refusal{"a: !!str 1\n", "m.yaml:1:4: a tag"},
        Refusal{"a: ! 1\n", "a tag"}, Refusal{"a: !mine [1]\n", "a tag"}, Refusal{"<<: {a: 1}\n", "a merge key"},
        Refusal{"a: 1\n---\nb: 2\n", "m.yaml:2:1: a second document"},
        Refusal{"a: 1\n...\nb: 2\n", "text after the end"}, Refusal{"{a: 1} b\n", "text after the end"},
        Refusal{",a ", "the file holds nothing"}, Refusal{"a:\n\tb: 1\n", "m.yaml:2:1: a tab"},
        Refusal{"a: b\tc\n", "m.yaml:1:5: a tab"}, Refusal{"a: \"b\n", "this quote is not closed"},
        Refusal{"a: 'b''\n", "this quote is not closed"}, Refusal{"a: \"b\\\"", "this quote is not closed"},
        Refusal{"a: [1, 2\nb: 3\n", "the '[' before is not closed"},
        Refusal{"a: {b: 1\n", "the '{' before is not closed"}, Refusal{"a: b: c\n", "a ':' does not belong here"},
        Refusal{"a: 1\n]\n", "a bracket closes nothing"}, Refusal{"[a]: 1\n", "a key must be one word"},
        Refusal{"? {a: 1}\n: 1\n", "a key must be one word"}, Refusal{": 1\n", "m.yaml:1:1"},
        Refusal{"a: @b\n", "a value cannot begin with this character"},
        Refusal{"a: `b`\n", "a value cannot begin with this character"},
        Refusal{"a: \x01\n", "the control character 0x01"}, Refusal{"a: \x7F\n", "the control character 0x7F"},
        Refusal{"a: b\rc: d\n", "a carriage return"}, Refusal{"a: \xFF\n", "the byte 0xFF is not UTF-8"},
        Refusal{"a: \xC0\x80\n", "is not UTF-8"}, Refusal{"a: \xED\xA0\x80\n", "is not UTF-8"},
        Refusal{"a: \xF4\x90\x80\x80\n", "is not UTF-8"}, Refusal{"a: \xE2\x82\n", "is not UTF-8"},
        Refusal{"\xFF\xFE"
                "a",
                "is not UTF-8"}));

TEST(Tree, TabsMayStandInComments) {
  EXPECT_EQ(problems_of("a: 1 # a\tb\n#\tc\n"), "");
}

TEST(Tree, NulBytes) {
  EXPECT_THAT(problems_of(std::string("a: b\0c\n", 7)), HasSubstr("the control character 0x00"));
}

}  // namespace
}  // namespace sojourn::config
