// The matrices e, c, k from a table of samples. BCEA itself takes matrices whose rows do not belong together, without
// a word: here they must not come about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "../store/fixture.hpp"
#include "base/error.hpp"
#include "export/export.hpp"

namespace sojourn::exports {
namespace {

using store_test::Folder;
using ::testing::HasSubstr;

struct Sample {
  std::int64_t sample;
  std::string outcome, measure, level;
  double time;
  std::string strategy;
  double estimate;
};

template <class T, class F>
Column column(const char* name, const std::vector<Sample>& rows, F value) {
  std::vector<T> values;
  for (const Sample& row : rows) values.push_back(value(row));
  return {name, "", "", std::move(values)};
}

Table samples(const std::vector<Sample>& rows) {
  Table table{"samples", "", {}};
  auto& c = table.columns;
  c.push_back(column<std::int64_t>("sample", rows, [](const Sample& s) { return s.sample; }));
  c.push_back(column<std::string>("outcome", rows, [](const Sample& s) { return s.outcome; }));
  c.push_back(column<std::string>("measure", rows, [](const Sample& s) { return s.measure; }));
  c.push_back(column<std::string>("group", rows, [](const Sample&) { return std::string(); }));
  c.push_back(column<std::string>("level", rows, [](const Sample& s) { return s.level; }));
  c.push_back(column<double>("time", rows, [](const Sample& s) { return s.time; }));
  c.push_back(column<std::string>("strategy", rows, [](const Sample& s) { return s.strategy; }));
  c.push_back(column<double>("estimate", rows, [](const Sample& s) { return s.estimate; }));
  c.push_back(column<double>("se", rows, [](const Sample&) { return 0.01; }));
  c.push_back(column<double>("difference", rows, [](const Sample&) { return 0.0; }));
  c.push_back(column<double>("difference_se", rows, [](const Sample&) { return 0.0; }));
  return table;
}

// Samples 0 to 3 of two strategies: qalys = sample + 0.5 under the second, costs a thousand times that and 7.
std::vector<Sample> complete() {
  std::vector<Sample> rows;
  for (const std::int64_t s : {0, 3, 1, 2}) {
    const auto x = static_cast<double>(s);
    rows.push_back({s, "qalys", "qalys", "", 5, "observe", x});
    rows.push_back({s, "qalys", "qalys", "", 5, "hsct_all", x + 0.5});
    rows.push_back({s, "costs", "cost", "", 5, "hsct_all", 1000 * x + 507});
    rows.push_back({s, "costs", "cost", "", 5, "observe", 1000 * x + 7});
    rows.push_back({s, "efs", "survival", "", 1, "observe", 0.7});
    rows.push_back({s, "efs", "survival", "", 1, "hsct_all", 0.8});
  }
  return rows;
}

const Table kinds{"outcomes",
                  "",
                  {{"outcome", "", "", std::vector<std::string>{"efs", "efs", "costs", "qalys"}},
                   {"kind", "", "", std::vector<std::string>{"survival", "survival", "cost", "qalys"}}}};

struct Result {
  explicit Result(const std::vector<Sample>& rows, const Table& outcomes = kinds) {
    store::RunInput input = store_test::small_input(10);
    input.policy.keep = store::Keep::none;
    store::Writer writer(path, model, input);
    writer.write_table(outcomes);
    if (!rows.empty()) writer.write_table(samples(rows));
    (void)writer.finish();
  }
  [[nodiscard]] std::string exported(const Request& request = {}) const {
    const store::Reader reader(path);
    return write(Source("r.h5", reader, model, request), "bcea", {folder.file("out"), ""}).text;
  }
  [[nodiscard]] std::string refusal(const Request& request = {}) const {
    try {
      (void)exported(request);
    } catch (const InputError& error) {
      EXPECT_FALSE(std::filesystem::exists(folder.file("out"))) << "nothing is left behind";
      return error.what();
    }
    return "no refusal";
  }
  [[nodiscard]] std::string text(const std::string& table) const {
    return store_test::read_bytes(folder.file("out/" + table + ".csv"));
  }

  Folder folder;
  model::Model model = store_test::small_model();
  std::string path = folder.file("r.h5");
};

TEST(Bcea, MatricesOfSamplesAndStrategies) {
  const Result result(complete());
  Request request;
  request.thresholds = {0, 1, 0.25};
  EXPECT_THAT(result.exported(request), HasSubstr("e.csv, c.csv, k.csv, export.json"));
  EXPECT_EQ(result.text("e"), "sample,observe,hsct_all\n1,1,1.5\n2,2,2.5\n3,3,3.5\n");
  EXPECT_EQ(result.text("c"), "sample,observe,hsct_all\n1,1007,1507\n2,2007,2507\n3,3007,3507\n");
  EXPECT_EQ(result.text("k"), "k\n0\n0.25\n0.5\n0.75\n1\n");
}

TEST(Bcea, StrategiesInTheOrderAskedFor) {
  const Result result(complete());
  Request request;
  request.strategies = {"hsct_all", "observe"};
  (void)result.exported(request);
  EXPECT_EQ(result.text("e"), "sample,hsct_all,observe\n1,1.5,1\n2,2.5,2\n3,3.5,3\n");
}

TEST(Bcea, OtherOutcomesByName) {
  const Result result(complete());
  Request request;
  request.effects = "efs";
  (void)result.exported(request);
  EXPECT_EQ(result.text("e"), "sample,observe,hsct_all\n1,0.7,0.8\n2,0.7,0.8\n3,0.7,0.8\n");
}

TEST(Bcea, WithoutSamplesItSaysWhatToDo) {
  EXPECT_THAT(Result({}).refusal(), HasSubstr("--samples"));
}

TEST(Bcea, AMissingRowIsNoShorterMatrix) {
  std::vector<Sample> rows = complete();
  std::erase_if(rows, [](const Sample& s) { return s.sample == 2 && s.outcome == "costs" && s.strategy == "observe"; });
  EXPECT_THAT(Result(rows).refusal(), HasSubstr("sample 2 has no number of 'costs' under 'observe'"));
}

TEST(Bcea, ASampleOfOneOutcomeOnly) {
  std::vector<Sample> rows = complete();
  rows.push_back({4, "qalys", "qalys", "", 5, "observe", 4});
  rows.push_back({4, "qalys", "qalys", "", 5, "hsct_all", 4});
  EXPECT_THAT(Result(rows).refusal(), HasSubstr("sample 4 has no number of 'costs'"));
}

TEST(Bcea, ARowTwice) {
  std::vector<Sample> rows = complete();
  rows.push_back({1, "qalys", "qalys", "", 5, "observe", 9});
  EXPECT_THAT(Result(rows).refusal(), HasSubstr("sample 1 has two numbers of 'qalys' under 'observe'"));
}

TEST(Bcea, NoEstimate) {
  std::vector<Sample> rows = complete();
  rows[6].estimate = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(Result(rows).refusal(), HasSubstr("has no number of 'qalys'"));
}

TEST(Bcea, OfTwoFiguresTheDiscounted) {
  std::vector<Sample> rows = complete();
  const std::vector<Sample> once = rows;
  for (Sample row : once) {
    if (row.outcome != "qalys") continue;
    row.measure = "discounted_qalys";
    row.estimate /= 2;
    rows.push_back(row);
  }
  const Result result(rows);
  EXPECT_THAT(result.exported(),
              HasSubstr("e is qalys,measure=discounted_qalys,time=5\nc is costs,measure=cost,time=5"));
  EXPECT_EQ(result.text("e"), "sample,observe,hsct_all\n1,0.5,0.75\n2,1,1.25\n3,1.5,1.75\n");
  Request request;
  request.effects = "qalys,measure=qalys";
  (void)result.exported(request);
  EXPECT_EQ(result.text("e"), "sample,observe,hsct_all\n1,1,1.5\n2,2,2.5\n3,3,3.5\n");
}

TEST(Bcea, SeveralFiguresOfAnOutcome) {
  std::vector<Sample> rows = complete();
  const std::vector<Sample> once = rows;
  for (Sample row : once) {
    if (row.outcome != "qalys") continue;
    row.level = "high";
    row.estimate /= 2;
    rows.push_back(row);
  }
  const Result result(rows);
  EXPECT_THAT(result.refusal(), HasSubstr("'qalys' has 2 figures (measure=qalys,level=high,time=5; "
                                          "measure=qalys,time=5); choose one, as in --effects qalys,measure=qalys,"));
  Request request;
  request.effects = "qalys,level=high,time=5.0";
  (void)result.exported(request);
  EXPECT_EQ(result.text("e"), "sample,observe,hsct_all\n1,0.5,0.75\n2,1,1.25\n3,1.5,1.75\n");
  request.effects = "qalys,level=low";
  EXPECT_THAT(Result(rows).refusal(request), HasSubstr("no such figure"));
  request.effects = "qalys,leve=high";
  EXPECT_THAT(Result(rows).refusal(request), HasSubstr("no column 'leve'"));
  request.effects = "qalys,high";
  EXPECT_THAT(Result(rows).refusal(request), HasSubstr("'high' is not COLUMN=VALUE"));
}

TEST(Bcea, NoOrSeveralOutcomesOfTheKind) {
  Table none = kinds;
  none.columns[1].values = std::vector<std::string>{"survival", "survival", "cost", "share"};
  EXPECT_THAT(Result(complete(), none).refusal(),
              HasSubstr("--effects which outcome to take (none is of the kind `qalys`"));
  Table several = kinds;
  several.columns[1].values = std::vector<std::string>{"survival", "cost", "cost", "qalys"};
  EXPECT_THAT(Result(complete(), several).refusal(), HasSubstr("(efs, costs are of the kind `cost`)"));
}

TEST(Bcea, MisspeltNames) {
  Request request;
  request.costs = "cots";
  EXPECT_THAT(Result(complete()).refusal(request), HasSubstr("no outcome 'cots'; did you mean `costs`?"));
  request.costs = "";
  request.strategies = {"observ"};
  EXPECT_THAT(Result(complete()).refusal(request), HasSubstr("no strategy 'observ'; did you mean `observe`?"));
}

TEST(Bcea, Thresholds) {
  for (const Thresholds wrong : {Thresholds{1, 0, 1}, Thresholds{0, 1, 0}, Thresholds{0, 1e9, 1}}) {
    Request request;
    request.thresholds = wrong;
    EXPECT_THAT(Result(complete()).refusal(request), HasSubstr("--thresholds"));
  }
}

}  // namespace
}  // namespace sojourn::exports
