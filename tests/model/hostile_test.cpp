// Models that were damaged: an answer every time, soon, never a crash. And how long large models take.
#include <gmock/gmock.h>

#include <cmath>
#include <ctime>
#include <functional>
#include <random>

#include "support.hpp"

namespace sojourn::model::testing {
namespace {

// Processor time, so that busy neighbours do not count.
std::clock_t now() {
  return std::clock();
}
double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

#ifndef NDEBUG  // watched by sanitizers
constexpr double slowness = 20;
#else
constexpr double slowness = 1;
#endif

const char* const good_models[] = {"attributes", "branches", "cohort", "effects", "outcomes", "w2"};

std::string text_of(const std::string& name) {
  return file_text(source_dir + "/tests/data/models/" + name + ".yaml");
}

std::string mutated(std::string text, std::mt19937& random) {
  static const std::string pieces[] = {
      "",  " ",   ":",     ": ",  "\n",  "{",    "}",      "[",       "]",     ",",
      "-", "0",   "1e308", "-1",  "nan", "true", "any",    "\"",      "years", " per year",
      "x", "in(", ")",     "? :", "#",   "rest", "since ", "initial", "b: {}", "1 / 0"};
  for (std::size_t n = 1 + random() % 3; n > 0 && !text.empty(); --n) {
    const std::size_t at = random() % text.size();
    const std::size_t length = std::min<std::size_t>(random() % 12, text.size() - at);
    if (random() % 4 == 0) {  // move a piece of the text
      const std::string moved = text.substr(random() % text.size(), random() % 40);
      text.replace(at, length, moved);
    } else {
      text.replace(at, length, pieces[random() % std::size(pieces)]);
    }
  }
  return text;
}

// Rows of patients: every damage is answered, and what is read has as many values as rows, all of them finite.
TEST(Hostile, MutationsOfRows) {
  std::mt19937 random(20241);
  const std::string good =
      "id,age,\"sex\",w,note\nA,3.5,female,1,a first patient with much to say\n"
      "\"B, b\",12,male,2,\"and another one, who says still more\"\nC,7,\"male\",0.5,what is said here is left alone\n";
  const std::string model =
      two_states("{exponential: {rate: 0.1 per year}}",
                 "cohort: {rows: {file: p.csv, columns: {age: years, sex: {levels: [female, male]}}, weight: w}}\n");
  std::size_t refused = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string text = mutated(good, random);
    const Loaded loaded = load_text(model, {}, {{"p.csv", text}});
    ASSERT_EQ(loaded.model.has_value(), loaded.problems.empty()) << text;
    refused += loaded.model ? 0 : 1;
    if (!loaded.model) continue;
    const auto& table = *loaded.model->rows->table;
    ASSERT_EQ(table.cumulative.size(), table.rows) << text;
    for (const auto& column : table.columns) {
      ASSERT_EQ(column.size(), table.rows) << text;
      for (const double value : column) ASSERT_TRUE(std::isfinite(value)) << text;
    }
  }
  EXPECT_GT(refused, 1000u);
  EXPECT_LT(refused, 3900u);
}

TEST(Hostile, MutationsOfGoodModels) {
  std::mt19937 random(20240);
  std::size_t refused = 0;
  const auto start = now();
  for (int i = 0; i < 4000; ++i) {
    const std::string text =
        mutated(text_of(good_models[static_cast<std::size_t>(i) % std::size(good_models)]), random);
    const Loaded loaded = load_text(text);
    ASSERT_EQ(loaded.model.has_value(), loaded.problems.empty()) << text;
    refused += loaded.model ? 0 : 1;
  }
  EXPECT_GT(refused, 2000u);
  EXPECT_LT(seconds_since(start), 60 * slowness);
}

TEST(Hostile, ValuesOfTheWrongKindEverywhere) {
  const char* const values[] = {"[]",    "{}",          "~",       "x",   "'x'", "-1",  "1e309",
                                "[[1]]", "{a: {b: c}}", "\"1 +\"", "yes", "''",  "[~]", "{x: ~}"};
  for (const char* name : good_models) {
    const std::string text = text_of(name);
    for (std::size_t at = text.find(": "); at != std::string::npos; at = text.find(": ", at + 1)) {
      const std::size_t end = text.find_first_of(",}\n", at + 2);
      if (end == std::string::npos || text[at + 2] == '{' || text[at + 2] == '[' || text[at + 2] == '"') continue;
      for (const char* value : values) {
        std::string bad = text;
        bad.replace(at + 2, end - at - 2, value);
        const Loaded loaded = load_text(bad);
        ASSERT_EQ(loaded.model.has_value(), loaded.problems.empty()) << bad;
      }
    }
  }
}

std::string large_model(std::size_t lines) {
  std::string text = "sojourn: 1\ntitle: large\nhorizon: 5 years\nstates:\n  s0: {initial: true, tags: [t]}\n";
  const std::size_t n = lines / 4;
  for (std::size_t i = 1; i < n; ++i) text += "  s" + std::to_string(i) + ": {tags: [t]}\n";
  text += "  dead: {absorbing: true}\nparameters:\n";
  for (std::size_t i = 0; i < n; ++i) {
    text += "  p" + std::to_string(i) + ": {value: 0." + std::to_string(i + 1) +
            ", range: [0, 1], source: \"a study\", status: judgement}\n";
  }
  text += "cohort:\n  attributes:\n    frail: {normal: {mean: 0, sd: 1}}\ntransitions:\n";
  for (std::size_t i = 0; i < n; ++i) {
    const std::string id = std::to_string(i), next = i + 1 < n ? "s" + std::to_string(i + 1) : "dead";
    text += "  - {name: go" + id + ", from: s" + id + ", to: " + next +
            ", time: {weibull: {shape: 1.2, scale: 9 months}}, hazard_ratio: \"frail > 0 ? p" + id + " : 1\"}\n";
    text += "  - {name: die" + id + ", from: s" + id +
            ", to: dead, clock: forward, time: {exponential: {probability: p" + id + ", within: 1 year}}}\n";
  }
  return text;
}

std::string many_rows(std::size_t rows) {
  std::string text = "id,age,sex,w,note\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string id = std::to_string(i);
    text +=
        "P" + id + "," + std::to_string(1 + i % 90) + (i % 2 == 0 ? ",female," : ",male,") + "1,\"note " + id + "\"\n";
  }
  return text;
}

// Processor time of a thing done, the least of several; done often enough to be measured.
double least_seconds(int times, const std::function<void()>& action) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = now();
    action();
    least = std::min(least, seconds_since(start));
  }
  return least;
}

// Ten times the lines take ten times as long, not a hundred times: two sizes in one run, so that neither the machine
// nor what else it does matters. 50 leaves room for caches, logarithms and searches that are quick beside the rest.
TEST(Speed, LinesAreReadInTimeThatGrowsWithThem) {
  const std::string few = large_model(2000), many = large_model(20000);
  ASSERT_EQ(load_text(few).problems, "");
  ASSERT_EQ(load_text(many).problems, "");
  const double one = least_seconds(9, [&] { (void)load_text(few); });
  const double ten = least_seconds(3, [&] { (void)load_text(many); });
  RecordProperty("milliseconds_of_2000", std::to_string(one * 1000));
  RecordProperty("milliseconds_of_20000", std::to_string(ten * 1000));
  EXPECT_LT(ten, 50 * one);
}

TEST(Speed, RowsAreReadInTimeThatGrowsWithThem) {
  const std::string model =
      two_states("{exponential: {rate: 0.1 per year}}",
                 "cohort: {rows: {file: p.csv, columns: {age: years, sex: {levels: [female, male]}}, weight: w}}\n");
  const std::string few = many_rows(2000), many = many_rows(20000);
  ASSERT_EQ(load_text(model, {}, {{"p.csv", few}}).problems, "");
  const double one = least_seconds(9, [&] { (void)load_text(model, {}, {{"p.csv", few}}); });
  const double ten = least_seconds(5, [&] { (void)load_text(model, {}, {{"p.csv", many}}); });
  RecordProperty("milliseconds_of_2000", std::to_string(one * 1000));
  RecordProperty("milliseconds_of_20000", std::to_string(ten * 1000));
  EXPECT_LT(ten, 50 * one);
}

// A file with too much is refused before the next is opened: the work does not grow with the files that follow.
TEST(Hostile, FilesThatAreTooMuchTogether) {
  std::string parameters = "parameters:\n", list, states = "states:\n";
  for (int i = 0; i < 70000; ++i) parameters += "  p" + std::to_string(i) + ": 1\n";
  std::vector<EmbeddedFile> files{{"f0.yaml", parameters}};
  for (int i = 0; i < 15; ++i) list += (i > 0 ? ", f" : "f") + std::to_string(i) + ".yaml";
  const std::string text = two_states("{exponential: {rate: 0.1 per year}}", "include: [" + list + "]\n");
  EXPECT_EQ(load_text(text, {}, files).problems,  // the others are not there, and not missed
            "m.yaml:f0.yaml:1:1: parameters: more than 32000 parameters (70000 here; the limit of one model)");
  std::vector<EmbeddedFile> halves;
  std::string half = "parameters:\n", other = "parameters:\n";
  for (int i = 0; i < 20000; ++i) {
    half += "  p" + std::to_string(i) + ": 1\n";
    other += "  q" + std::to_string(i) + ": 1\n";
  }
  EXPECT_EQ(
      load_text(text, {}, {{"f0.yaml", half}, {"f1.yaml", other}}).problems,
      "m.yaml:f1.yaml:1:1: parameters: more than 32000 parameters (20000 here, 20000 in the files before; the limit of "
      "one model)");
}

TEST(Hostile, ValuesOfAllFilesTogether) {
  std::string many = "transitions:\n";
  for (int i = 0; i < 900'000; ++i) many += "- \n";
  std::vector<EmbeddedFile> files;
  for (int i = 0; i < 3; ++i) files.push_back({"f" + std::to_string(i) + ".yaml", many});
  const std::string text =
      two_states("{exponential: {rate: 0.1 per year}}", "include: [f0.yaml, f1.yaml, f2.yaml, absent.yaml]\n");
  EXPECT_THAT(
      load_text(text, {}, files).problems,
      ::testing::MatchesRegex("m.yaml:f2.yaml:1999..:1: more than 2000000 values .the limit of a model and what "
                              "it includes, together."));
}

// Lists that multiply with each other are bounded.
TEST(Hostile, ProductsOfLongLists) {
  std::string states, transitions, branches, strategies, parameters;
  for (int i = 0; i < 20000; ++i) {
    const std::string id = std::to_string(i);
    states += "  s" + id + ": {tags: [t]}\n";
    if (i < 5000) transitions += "  - {from: any, to: dead, time: {fixed: 1 year}, clock: since s" + id + "}\n";
    if (i < 5000) branches += "  b" + id + ": {on_entry: {tag: t}, choose: x, options: {x: {to: s" + id + "}}}\n";
    if (i < 5000) strategies += "  x" + id + ": {parameters: {p: 1}, decisions: {b1: y}}\n";
  }
  const std::string text =
      "sojourn: 1\ntitle: t\nhorizon: 1 year\nparameters: {p: 0}\nstates:\n  start: {initial: true, tags: [t]}\n  "
      "dead: {absorbing: true}\n" +
      states + "transitions:\n" + transitions + "branches:\n" + branches + "strategies:\n" + strategies;
  const auto start = now();
  EXPECT_FALSE(load_text(text).model);
  EXPECT_LT(seconds_since(start), 10 * slowness);
}

TEST(Speed, ManyProblemsEndSoon) {
  std::string text = large_model(20000);
  for (std::size_t at = text.find("frail > 0"); at != std::string::npos; at = text.find("frail > 0", at))
    text.replace(at, 9, "frial > 0");
  const auto start = now();
  EXPECT_FALSE(load_text(text).model);
  EXPECT_LT(seconds_since(start), 10 * slowness);
}

}  // namespace
}  // namespace sojourn::model::testing
