// Parameters: order, ranges, --set, strategies; and where files come from.
#include <filesystem>
#include <limits>

#include "base/error.hpp"
#include "base/units.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

const std::string three = two_states("{exponential: {rate: r}}",
                                     "parameters: {r: p / w, p: {value: 0.5, range: [0, 1]}, w: 6 months, on: true}\n");

std::vector<double> values(const Model& model, const Strategy* strategy = nullptr) {
  Diagnostics problems;
  auto found = parameter_values(model, strategy, problems);
  EXPECT_TRUE(problems.ok()) << problems.text();
  return found;
}

std::string renamed() {
  std::string text = three;
  text.replace(text.find("on: true"), 8, "do_it: true");
  return text;
}

TEST(Parameters, InAnyOrderWithUnits) {
  const Loaded loaded = load_text(renamed());
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(values(*loaded.model), (std::vector<double>{1, 0.5, 0.5, 1}));
  EXPECT_EQ(loaded.model->parameters[0].unit_text, "per year");
  EXPECT_EQ(loaded.model->parameters[2].unit_text, "months");
  EXPECT_EQ(loaded.model->parameters[1].high, 1.0);
}

// `unit` is another way to write the same number, to the bit.
TEST(Parameters, UnitsApart) {
  const auto one = [](const std::string& parameters, const Overrides& overrides = {}) {
    Loaded loaded =
        load_text(two_states("{exponential: {rate: 1 per year}}", "parameters: {" + parameters + "}\n"), overrides);
    EXPECT_TRUE(loaded.model) << loaded.problems;
    return loaded.model ? std::move(*loaded.model) : Model{};
  };
  const std::pair<const char*, const char*> same[] = {
      {"{value: 9, unit: months}", "9 months"},
      {"{value: 0.1, unit: weeks}", "0.1 weeks"},
      {"{value: 1, unit: day}", "1 day"},
      {"{value: 0.3, unit: per year}", "0.3 per year"},
      {"{value: 0.02, unit: per month}", "0.02 / month"},
      {"{value: 7e-3, unit: per day}", "7e-3 per day"},
      {"{value: -3, unit: years}", "-3 years"},
      {"{value: 9 months, unit: months}", "9 months"},
      {"{value: 9 months, unit: month}", "9 months"},
      {"{value: 0.02 / month, unit: per month}", "0.02 per month"},
      {"{value: 0.25, unit: 1}", "0.25"},
      {"{value: \"2 * q\", unit: years}", "6 years"},
      {"{value: \"w + 1 year\", unit: months}", "1.5 years"},
  };
  for (const auto& [apart, together] : same) {
    const Model a = one(std::string("p: ") + apart + ", q: 3, w: 6 months"),
                b = one(std::string("p: ") + together + ", q: 3, w: 6 months");
    EXPECT_EQ(values(a)[0], values(b)[0]) << apart;
    EXPECT_EQ(a.parameters[0].value.type().time_power, b.parameters[0].value.type().time_power) << apart;
  }
  const Model ranged = one("p: {value: 9, unit: months, range: [3, 2 years]}");
  EXPECT_EQ(ranged.parameters[0].low, 0.25);
  EXPECT_EQ(ranged.parameters[0].high, 2.0);
  EXPECT_EQ(ranged.parameters[0].unit_text, "months");
  EXPECT_EQ(values(one("p: {value: 9, unit: months}", {{"p", "2 weeks"}}))[0], years_from(2, TimeUnit::week));
  EXPECT_EQ(load_text(two_states("{exponential: {rate: 1 per year}}", "parameters: {p: {value: 9, unit: months}}\n"),
                      {{"p", "12"}})
                .problems,
            "--set: p: a time is needed (this is a number); add a unit, e.g. 12 days");
}

TEST(Parameters, SetFromTheCommandLine) {
  const Loaded loaded = load_text(renamed(), {{"p", "0.25"}, {"w", "1 year"}, {"w", "3 months"}});
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(values(*loaded.model), (std::vector<double>{1, 0.25, 0.25, 1}));
  EXPECT_EQ(values(*load_text(renamed(), {{"p", "w / 2 years"}}).model)[1], 0.25);
  EXPECT_EQ(values(*load_text(renamed(), {{"do_it", "false"}}).model)[3], 0);
}

TEST(Parameters, SetIsChecked) {
  EXPECT_EQ(load_text(renamed(), {{"pp", "1"}}).problems, "--set: pp: there is no parameter `pp`; did you mean `p`?");
  EXPECT_EQ(load_text(renamed(), {{"p", "2"}}).problems,
            "--set: parameters.p: the value 2 is above the range, whose highest is 1");
  EXPECT_EQ(load_text(renamed(), {{"w", "3"}}).problems,
            "--set: w: a time is needed (this is a number); add a unit, e.g. 3 days");
  EXPECT_EQ(load_text(renamed(), {{"p", "r * w"}}).problems,
            "--set: parameters.p: parameters are defined by each other in a circle (r uses p uses r)");
  EXPECT_EQ(load_text(renamed(), {{"p", ""}}).problems, "--set: p: the expression is empty");
  EXPECT_EQ(load_text(renamed(), {{"p", "010"}}).problems.substr(0, 9), "--set: p:");
}

TEST(Parameters, StrategiesChangeWhatIsDerived) {
  const Loaded loaded =
      load_text(renamed() + "strategies: {s1: {}, s2: {parameters: {p: 1}}, s3: {parameters: {w: p * 1 year}}}\n");
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(values(*loaded.model, &loaded.model->strategies[0])[0], 1);
  EXPECT_EQ(values(*loaded.model, &loaded.model->strategies[1])[0], 2);
  EXPECT_EQ(values(*loaded.model, &loaded.model->strategies[2])[2], 0.5);
}

TEST(Parameters, StrategiesMayNotCloseACircle) {
  EXPECT_EQ(load_text(renamed() + "strategies: {s: {parameters: {w: p / r}}}\n").problems,
            "m.yaml:8:14: parameters.r: parameters are defined by each other in a circle (r uses w uses r, under "
            "strategy `s`)");
}

TEST(Parameters, EqualTextsAreEqualBits) {
  const Loaded loaded =
      load_text(two_states("{never: {}}", "parameters: {x: 28 days, y: 4 weeks, z: 12 months, u: 1 year}\n"));
  ASSERT_TRUE(loaded.model) << loaded.problems;
  const auto found = values(*loaded.model);
  EXPECT_EQ(found[0], found[1]);
  EXPECT_EQ(found[2], found[3]);
}

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("sojourn_files_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "model" / "sub");
    write("model/m.yaml", two_states());
    write("model/sub/t.csv", "age,rate\n0,1\n");
    write("outside.csv", "age,rate\n0,1\n");
    std::filesystem::create_symlink("../outside.csv", folder_ / "model" / "out.csv");
    std::filesystem::create_symlink("sub/t.csv", folder_ / "model" / "in.csv");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
  [[nodiscard]] std::string refusal(const std::string& relative) const {
    try {
      (void)DiskSources((folder_ / "model" / "m.yaml").string()).read(relative);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder_;
};

TEST_F(Files, OnlyBelowTheModel) {
  const DiskSources sources((folder_ / "model" / "m.yaml").string());
  EXPECT_EQ(sources.read("sub/t.csv"), "age,rate\n0,1\n");
  EXPECT_EQ(sources.read("in.csv"), "age,rate\n0,1\n");
  EXPECT_NE(refusal("out.csv").find("a link that leads out"), std::string::npos) << refusal("out.csv");
  EXPECT_NE(refusal("../outside.csv").find("below its folder"), std::string::npos);
  EXPECT_NE(refusal("sub/../../outside.csv").find("below its folder"), std::string::npos);
  EXPECT_NE(refusal((folder_ / "outside.csv").string()).find("below its folder"), std::string::npos);
  EXPECT_NE(refusal("sub").find("a folder"), std::string::npos);
  EXPECT_NE(refusal("none.csv").find("no such file"), std::string::npos);
  EXPECT_NE(refusal(std::string("a\0b", 3)).find("zero byte"), std::string::npos);
}

TEST_F(Files, ModelsThatCannotBeRead) {
  Diagnostics problems;
  EXPECT_FALSE(load(DiskSources((folder_ / "none.yaml").string()), {}, problems));
  EXPECT_FALSE(load(DiskSources(folder_.string()), {}, problems));
  EXPECT_FALSE(load(DiskSources("/dev/zero"), {}, problems));
  EXPECT_FALSE(load(DiskSources(""), {}, problems));
  EXPECT_NE(problems.text().find("there is no such file"), std::string::npos);
  EXPECT_NE(problems.text().find("it is a folder"), std::string::npos);
  EXPECT_NE(problems.text().find("it is not a regular file"), std::string::npos);
}

TEST_F(Files, AModelReadsAgainFromItsCopies) {
  const Model first = load_file("tests/data/models/life_table.yaml");
  Diagnostics problems;
  const auto again = load(MemorySources("result.h5", first.text, first.files), {}, problems);
  ASSERT_TRUE(again) << problems.text();
  EXPECT_EQ(again->declarations[0].components[0].time.tables[1].rates,
            first.declarations[0].components[0].time.tables[1].rates);
  EXPECT_FALSE(load(MemorySources("result.h5", first.text, {}), {}, problems));
  EXPECT_NE(problems.text().find("not among the files kept with the model"), std::string::npos) << problems.text();
}

}  // namespace
}  // namespace sojourn::model::testing
