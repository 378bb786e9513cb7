// Rows of a CSV file as files come: line ends, quotes, byte order marks, names of columns; and how long large ones
// take.
#include <gmock/gmock.h>

#include <ctime>

#include "model/words.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

using ::testing::HasSubstr;

Loaded with_rows(const std::string& csv, const std::string& columns, const std::string& more = "") {
  return load_text(two_states("{exponential: {rate: 0.1 per year}}",
                              "cohort:\n  rows: {file: p.csv, columns: " + columns + "}\n" + more),
                   {}, {{"p.csv", csv}});
}

TEST(CohortRows, AsFilesCome) {
  const std::string columns = "{age: days, sex: {column: \"Sex, at birth\", levels: [f, m]}, sick: boolean}";
  const std::string unix = "id,age,\"Sex, at birth\",sick\n1,365.25,f,TRUE\n2,730.5,\"m\",0\n";
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : unix) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const std::string blanks = "\n\nid , age , \"Sex, at birth\" , sick\n\n1 , 365.25 , f , true\n2, 730.5, m, False";
  for (const std::string& text : {unix, windows, blanks}) {
    const Loaded loaded = with_rows(text, columns);
    ASSERT_TRUE(loaded.model) << loaded.problems;
    const auto& table = *loaded.model->rows->table;
    EXPECT_EQ(table.rows, 2U);
    EXPECT_EQ(table.columns, (std::vector<std::vector<double>>{{1, 2}, {0, 1}, {1, 0}}));
    EXPECT_FALSE(table.in_order);
    EXPECT_TRUE(table.cumulative.empty());
    EXPECT_EQ(loaded.model->files.size(), 1U);
    EXPECT_EQ(loaded.model->attributes[0].type.time_power, 1);
    EXPECT_EQ(loaded.model->attributes[1].type.levels->back(), "m");
  }
}

// Columns are counted in characters.
TEST(CohortRows, PlaceOfAProblem) {
  EXPECT_THAT(with_rows("name,age\nM\xC3\xBCller,x\n", "{age: years}").problems, HasSubstr("p.csv:2:8: `x` is not"));
  EXPECT_THAT(with_rows("name,age\n\"M\xC3\xBCller, J\",x\n", "{age: years}").problems, HasSubstr("p.csv:2:13: `x`"));
}

TEST(CohortRows, LaterAttributesUseThem) {
  const Loaded loaded =
      with_rows("age,w\n3,1\n", "{age: years}, weight: w",
                "  attributes: {old: {value: age > 2 years}, dose: {gamma: {mean: age, shape: 2}}}\n");
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(loaded.model->rows->weight, "w");
  EXPECT_THAT(with_rows("age\n3\n", "{age: years}", "  attributes: {old: {value: agee > 2 years}}\n").problems,
              HasSubstr("did you mean `age`?"));
}

TEST(CohortRows, InWords) {
  const Loaded loaded = with_rows("age,w\n3,1\n4,1\n", "{age: years}, weight: w",
                                  "  attributes: {x: {normal: {mean: 0, sd: 1}}, y: {probability: 0.5}}\n"
                                  "  correlation: [[x, y, \"r / 2\"]]\nparameters: {r: 0.5}\n");
  ASSERT_TRUE(loaded.model) << loaded.problems;
  const std::string words = in_words(*loaded.model);
  EXPECT_THAT(words, HasSubstr("Known at the start: age, x, y.\n"
                               "  age from 2 rows of p.csv, a row at random for each patient, by the weight w\n"
                               "Rank correlations: x with y 0.25.\n"));
  EXPECT_TRUE(remarks(*loaded.model).size() == 2) << words;  // no source, no outcomes; the parameter is used
}

// 2,000 rows in a fraction of a second; problems of a large file are few and come soon.
TEST(CohortRows, LargeFiles) {
  std::string good = "id,age,sex,burden\n", bad = good;
  for (int i = 0; i < 2000; ++i) good += std::to_string(i) + ",12.25,female,0.123456789\n";
  for (int i = 0; i < 100'000; ++i) bad += "1,,femal,=A1\n";
  const std::string columns = "{age: years, sex: {levels: [female, male]}, burden: number}";
  const std::clock_t start = std::clock();
  ASSERT_TRUE(with_rows(good, columns).model);
  EXPECT_LT(std::clock() - start, CLOCKS_PER_SEC / 2);
  const std::string problems = with_rows(bad, columns).problems;
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n') + 1, 33);
  EXPECT_THAT(problems, HasSubstr("p.csv:12:1: from here on 99990 more cells with such problems in the column `sex`"));
}

}  // namespace
}  // namespace sojourn::model::testing
