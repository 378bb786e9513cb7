#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "base/number_text.hpp"

namespace sojourn {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(NumberText, Shortest) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(1), "1");
  EXPECT_EQ(number_text(-0.0), "-0");
  EXPECT_EQ(number_text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(number_text(1e300), "1e+300");
  EXPECT_EQ(number_text(5e-324), "5e-324");
  EXPECT_EQ(number_text(no_number), "nan");
  EXPECT_EQ(number_text(-infinite), "-inf");
}

TEST(NumberText, Conventions) {
  EXPECT_EQ(json_number(0.25), "0.25");
  EXPECT_EQ(json_number(no_number), "null");
  EXPECT_EQ(json_number(infinite), "null");
  EXPECT_EQ(csv_number(0.25), "0.25");
  EXPECT_EQ(csv_number(no_number), "");
  EXPECT_EQ(csv_number(infinite), "Inf");
  EXPECT_EQ(csv_number(-infinite), "-Inf");
}

TEST(NumberText, RoundTrip) {
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 100000; ++i) {
    const double value = std::bit_cast<double>(static_cast<std::uint64_t>(random()));
    if (!std::isfinite(value)) continue;
    const ParsedNumber back = parse_number(number_text(value));
    ASSERT_TRUE(back) << number_text(value);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*back.value), std::bit_cast<std::uint64_t>(value));
  }
}

TEST(NumberText, Fixed) {
  EXPECT_EQ(fixed_text(0.755, 1), "0.8");
  EXPECT_EQ(fixed_text(75.25, 1), "75.2");  // ties to even
  EXPECT_EQ(fixed_text(2, 3), "2.000");
  EXPECT_EQ(fixed_text(2.5, 0), "2");
  EXPECT_EQ(fixed_text(-0.001, 2), "0.00");
  EXPECT_EQ(fixed_text(-0.0, 0), "0");
  EXPECT_EQ(fixed_text(-0.01, 2), "-0.01");
  EXPECT_EQ(fixed_text(no_number, 2), "-");
  EXPECT_EQ(fixed_text(infinite, 2), "inf");
  EXPECT_EQ(fixed_text(1e20, 2), "1e+20");
  EXPECT_EQ(fixed_text(999999999999999, 2), "999999999999999.00");
  EXPECT_EQ(fixed_text(0.5, -3), "0");
  EXPECT_EQ(fixed_text(0.5, 99), "0.50000000000000000");
}

TEST(NumberText, Accepts) {
  EXPECT_EQ(*parse_number("0").value, 0);
  EXPECT_EQ(*parse_number("-3").value, -3);
  EXPECT_EQ(*parse_number("+3").value, 3);
  EXPECT_EQ(*parse_number(".5").value, 0.5);
  EXPECT_EQ(*parse_number("5.").value, 5);
  EXPECT_EQ(*parse_number("1e-3").value, 1e-3);
  EXPECT_EQ(*parse_number("1E+05").value, 1e5);
  EXPECT_EQ(*parse_number("0.1e1").value, 1);
  EXPECT_EQ(*parse_number("0e999").value, 0);
  EXPECT_EQ(*parse_number("1.7976931348623157e308").value, std::numeric_limits<double>::max());
  EXPECT_EQ(*parse_number("5e-324").value, 5e-324);
  EXPECT_TRUE(std::signbit(*parse_number("-0").value));
}

struct Refused {
  const char* text;
  std::size_t offset;
  const char* why;
  const char* hint;
};

constexpr Refused refused[] = {
    {"", 0, "it is empty", ""},
    {"010", 0, "a leading zero, which some programs read as octal", "write 10"},
    {"-010", 1, "a leading zero, which some programs read as octal", "write -10"},
    {"00", 0, "a leading zero, which some programs read as octal", "write 0"},
    {"00.5", 0, "a leading zero, which some programs read as octal", "write 0.5"},
    {"1_000", 1, "digits are grouped with `_`", "write 1000"},
    {"1'000", 1, "digits are grouped with `'`", "write 1000"},
    {"1,5", 1, "it holds a comma", "write a decimal point, and no thousands separators"},
    {"0x1F", 0, "hexadecimal notation", "write it in decimal"},
    {"-0x1p3", 0, "hexadecimal notation", "write it in decimal"},
    {"0o17", 0, "octal notation", "write it in decimal"},
    {"0b1", 0, "binary notation", "write it in decimal"},
    {".inf", 0, "infinity is not a value", ""},
    {"-Infinity", 0, "infinity is not a value", ""},
    {".nan", 0, "\"not a number\" is not a value", ""},
    {"NA", 0, "\"not a number\" is not a value", ""},
    {"1e400", 0, "it is too large: the largest is 1.8e308", ""},
    {"1e-400", 0, "it is too close to 0: the smallest is 5e-324", ""},
    {"1e", 1, "the exponent has no digits", ""},
    {"1e+", 1, "the exponent has no digits", ""},
    {"1.2.3", 3, "it has a second decimal point or one in the exponent", ""},
    {"5%", 1, "percent signs are not understood", "write 0.05"},
    {"28 days", 2, "something follows the number 28", ""},
    {"12abc", 2, "something follows the number 12", ""},
    {"1 ", 1, "something follows the number 1", ""},
    {" 1", 0, "it begins with a space", ""},
    {"yes", 0, "it does not begin with a digit", ""},
    {"-", 0, "it does not begin with a digit", ""},
    {".", 0, "it does not begin with a digit", ""},
    {"+-1", 0, "it does not begin with a digit", ""},
    {"e5", 0, "it does not begin with a digit", ""},
};

TEST(NumberText, RefusesEachWithItsReason) {
  for (const Refused& each : refused) {
    const ParsedNumber parsed = parse_number(each.text);
    EXPECT_FALSE(parsed) << each.text;
    EXPECT_EQ(parsed.offset, each.offset) << each.text;
    EXPECT_EQ(parsed.why, each.why) << each.text;
    EXPECT_EQ(parsed.hint, each.hint) << each.text;
  }
}

TEST(NumberText, LongOnes) {
  EXPECT_FALSE(parse_number(std::string(100000, '9')));
  EXPECT_EQ(parse_number(std::string(100000, '9')).why, "it is too large: the largest is 1.8e308");
  EXPECT_EQ(parse_number("0." + std::string(100000, '0') + "1").why, "it is too close to 0: the smallest is 5e-324");
  EXPECT_EQ(*parse_number("1." + std::string(100000, '0')).value, 1);
}

TEST(NumberText, RandomBytesNeverSlipThrough) {
  std::mt19937_64 random(7);
  const std::string_view alphabet = "0123456789.eE+-_x' ,%n";
  for (int i = 0; i < 200000; ++i) {
    std::string text(random() % 8, ' ');
    for (char& c : text) c = alphabet[random() % alphabet.size()];
    const ParsedNumber parsed = parse_number(text);
    if (parsed) {
      EXPECT_TRUE(std::isfinite(*parsed.value));
      EXPECT_EQ(text.find_first_of("_x' ,%n"), std::string::npos) << text;
    } else {
      EXPECT_FALSE(parsed.why.empty()) << text;
      EXPECT_LE(parsed.offset, text.size());
    }
  }
}

}  // namespace
}  // namespace sojourn
