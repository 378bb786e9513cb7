// Typed access: what each accessor takes, and that everything wrong in a mapping is said at once.
#include "config/reader.hpp"

#include <gtest/gtest.h>

namespace sojourn::config {
namespace {

constexpr Key keys[] = {{"count", Kind::whole_number, "a count", true},
                        {"share", Kind::number, "a share"},
                        {"flag", Kind::boolean, "a flag"},
                        {"names", Kind::names, "names"},
                        {"inner", Kind::mapping, "a mapping"},
                        {"list", Kind::mappings, "a list"}};
constexpr Shape shape{"a thing", keys};

struct Read {
  explicit Read(const std::string& text)
      : document(read_document("m.yaml", text, problems)), source(*document, problems) {}
  Diagnostics problems;
  std::optional<Document> document;
  Source source;
};

TEST(Reader, ReadsWhatIsDeclared) {
  Read read("count: 3\nshare: 0.5\nflag: true\nnames: [a, b]\ninner: {x: 1}\nlist: [{}, {}]\n");
  const Fields fields(read.source, read.source.root(), shape);
  EXPECT_EQ(read.source.whole_number(fields["count"], 0, 10), 3);
  EXPECT_EQ(read.source.number(fields["share"]), 0.5);
  EXPECT_EQ(read.source.boolean(fields["flag"]), true);
  EXPECT_EQ(read.source.one_or_more(fields["names"]).size(), 2u);
  EXPECT_EQ(read.source.children(fields["list"])[1].path, "list[1]");
  EXPECT_EQ(read.source.children(fields["inner"])[0].path, "inner.x");
  EXPECT_TRUE(read.problems.ok()) << read.problems.text();
}

TEST(Reader, SaysEverythingAtOnce) {
  Read read("shore: 1\nflag: [true]\nnames: {a: b}\ninner: x\nlist: {}\nshare:\n");
  const Fields fields(read.source, read.source.root(), shape);
  EXPECT_FALSE(fields["flag"]);
  EXPECT_TRUE(fields.has("flag"));
  EXPECT_FALSE(fields.has("count"));
  EXPECT_EQ(read.problems.text(),
            "m.yaml:1:1: `count` is missing (a count)\n"
            "m.yaml:1:1: shore: unknown key in a thing; did you mean `share`?\n"
            "m.yaml:2:7: flag: expected true or false, found a list\n"
            "m.yaml:3:8: names: expected a name or a list of names, found a mapping\n"
            "m.yaml:4:8: inner: expected a mapping, found `x`\n"
            "m.yaml:5:7: list: expected a list of mappings, found a mapping; begin each entry with '- '\n"
            "m.yaml:6:1: share: this key has no value; give it a number, or remove the line");
}

// A reader may speak of a key whatever the key holds, if anything.
TEST(Reader, WhatHasNoValueHasAPlace) {
  Read read("inner: {flag: [1], names:}\nlist: 1\n");
  const Fields fields(read.source, read.source.root(), shape);
  const Fields inner(read.source, fields["inner"], shape), list(read.source, fields["list"], shape);
  const auto place = [&](const Item& item) {
    EXPECT_FALSE(item);
    const Location at = read.source.at(item), at_key = read.source.at_key(item);
    EXPECT_EQ(at.column, at_key.column);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + item.path;
  };
  EXPECT_EQ(place(inner["flag"]), "1:9 inner.flag");     // of another kind
  EXPECT_EQ(place(inner["names"]), "1:20 inner.names");  // null
  EXPECT_EQ(place(inner["share"]), "1:1 inner");         // absent: where it could be
  EXPECT_EQ(place(fields["share"]), "1:1 ");
  EXPECT_EQ(place(list["count"]), "2:1 list");  // of what is no mapping
  EXPECT_EQ(place(Item{}), "1:1 ");
  const std::size_t before = read.problems.size();
  read.source.add(inner["flag"], "a");
  read.source.add_at_key(inner["names"], "b");
  read.source.add_at_offset(list["count"], 3, "c", "", "");
  EXPECT_EQ(read.problems.size(), before + 3);
}

TEST(Reader, NumbersAreDecimal) {
  Read read("[010, 1_000, 0x1F, .inf, 1e400, '1', 1.5, 1e-3, -2, +3, 12:30, .nan, \"\", 1e, one]");
  const auto items = read.source.children(read.source.root());
  std::vector<std::optional<double>> found;
  for (const Item& one : items) found.push_back(read.source.number(one));
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool good = i == 6 || i == 7 || i == 8 || (i == 9 && found[i]);
    EXPECT_EQ(found[i].has_value(), good) << items[i].node->text;
  }
  EXPECT_EQ(found[7], 1e-3);
  EXPECT_EQ(found[8], -2.0);
}

TEST(Reader, WholeNumbersInRange) {
  Read read("[3, 11, -1, 3.0, 1e1, '3', 99999999999999999999]");
  const auto items = read.source.children(read.source.root());
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(read.source.whole_number(items[i], 0, 10).has_value(), i == 0) << items[i].node->text;
  }
}

TEST(Reader, BooleansAreTrueAndFalse) {
  Read read("[true, false, yes, on, True, 1, 'true', ~]");
  const auto items = read.source.children(read.source.root());
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(read.source.boolean(items[i]).has_value(), i < 2) << i;
}

}  // namespace
}  // namespace sojourn::config
