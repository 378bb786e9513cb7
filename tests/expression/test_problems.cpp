// Every problem the language knows, with its place and its words.
#include <gtest/gtest.h>

#include <string>

#include "example.hpp"

namespace sojourn::expression::testing {
namespace {

struct Wrong {
  const char* text;
  const char* problems;
};

constexpr Wrong wrong[] = {
    {"010 + 1", "0: `010` is not a number (a leading zero, which some programs read as octal); write 10"},
    {"1_000", "0: `1_000` is not a number (digits are grouped with `_`); write 1000"},
    {"0x1F", "0: `0x1F` is not a number (hexadecimal notation); write it in decimal"},
    {".inf", "0: `.inf` is not a number (infinity is not a value)"},
    {"1e400", "0: `1e400` is not a number (it is too large: the largest is 1.8e308)"},
    {"1e-400", "0: `1e-400` is not a number (it is too close to 0: the smallest is 5e-324)"},
    {"1.2.3", "0: `1.2.3` is not a number (it has a second decimal point or one in the exponent)"},
    {"5%", "1: `%` has no meaning in an expression; write a percentage as a fraction, 0.05 for 5%"},
    {"1,5", "1: a comma has no meaning here; write a decimal point as `.`"},
    {"28days", "0: `28days` is not a number (something follows the number 28); write 28 days"},
    {"1e", "0: `1e` is not a number (the exponent has no digits)"},
    {"1e5.5", "0: `1e5.5` is not a number (it has a second decimal point or one in the exponent)"},
    {"_x + 1", "0: `_x` is not a name (names begin with a letter)"},
    {"", "0: the expression is empty"},
    {"   ", "3: the expression is empty"},
    {"1 +", "3: a value is missing: the expression ends"},
    {"1 + * 2", "4: a value is missing: found `*`"},
    {"(1 + 2", "0: `(` is never closed"},
    {"1 + 2)", "5: `)` closes nothing"},
    {"min(1, 2", "3: `(` is never closed"},
    {"min(1,)", "6: a value is missing: found `)`"},
    {"1 2", "2: an operator is missing before `2`"},
    {"burden AND frail", "7: an operator is missing before `AND`; did you mean `and`?"},
    {"hr hr", "3: an operator is missing before `hr`"},
    {"true ? 1", "8: `:` is missing: the expression ends (for the `?` before it); write condition ? a : b"},
    {"true ? 1 :", "10: a value is missing: the expression ends"},
    {"1 : 2", "2: `:` without `?` before it"},
    {"1 < 2 < 3", "6: comparisons cannot be chained; write a < b and b < c"},
    {"frail = true", "6: `=` is not an operator; write =="},
    {"frail & true | false",
     "6: `&` is not an operator; write and\n"
     "13: `|` is not an operator; write or"},
    {"burden ** 2", "7: `**` is not an operator; write ^"},
    {"burden − 1", "7: `−` is not an operator; write -"},
    {"sex == 'male'", "7: quotes are not part of an expression; write male without them"},
    {"sex == \"big male\"", "7: quotes are not part of an expression; write names without them"},
    {"burden $ 2 ] ; é",
     "7: `$` has no meaning in an expression\n"
     "11: `]` has no meaning in an expression; use ( )\n"
     "13: `;` has no meaning in an expression; one expression only\n"
     "15: `é` has no meaning in an expression (the character U+00E9); names hold the letters a-z, digits and _"},
    {"r\u0430te * 2",
     "1: `\u0430` has no meaning in an expression (the character U+0430); names hold the letters a-z, digits and _"},
    {"28\u00a0days", "2: `\\u00a0` has no meaning in an expression (the character U+00A0); write a plain blank"},
    {"\u201c3 years\u201d",
     "0: `\u201c` has no meaning in an expression (the character U+201C); remove the typographic quote\n"
     "10: `\u201d` has no meaning in an expression (the character U+201D); remove the typographic quote"},
    {"((((", "4: a value is missing: the expression ends"},
    {"((((1))", "1: `(` is never closed"},
    {"hr months", "3: the unit `months` does not follow a number; write ... * 1 month"},
    {"hr * month", "5: the unit `month` needs a number before it; write 1 month"},
    {"3 per", "5: a unit of time is missing after `per`: the expression ends; write e.g. 0.3 per year"},
    {"3 per 5", "6: a unit of time is missing after `per`: found `5`; write e.g. 0.3 per year"},
    {"3 per hr", "6: a unit of time is missing after `per`: found `hr`; write e.g. 0.3 per year"},
    {"burdn + hrr",
     "0: `burdn` is not known here (no parameter or attribute has this name); did you mean `burden`?\n"
     "8: `hrr` is not known here (no parameter or attribute has this name); did you mean `hr`?"},
    {"femal", "0: `femal` is not known here (no parameter or attribute has this name)"},
    {"male",
     "0: `male` is a level of `sex` (a level stands beside == or != or where one is chosen); write sex == male"},
    {"hsct", "0: `hsct` is a state (a value is needed); write in(hsct)"},
    {"event_free", "0: `event_free` is a tag (a value is needed); write in(event_free)"},
    {"icans", "0: `icans` is an event (a value is needed); write visited(icans)"},
    {"log", "0: `log` is a function; write log(...)"},
    {"count", "0: `count` is a function; write count(...)"},
    {"rest", "0: `rest` is not a value (it stands alone, as the probability that the others leave)"},
    {"site == mal", "8: `mal` is not one of none, marrow, cns"},
    {"mal == site", "0: `mal` is not one of none, marrow, cns"},
    {"foo == bar",
     "0: `foo` is not known here (no parameter or attribute has this name)\n"
     "7: `bar` is not known here (no parameter or attribute has this name)"},
    {"sex == site", "4: cannot compare one of female, male with one of none, marrow, cns"},
    {"sex < male", "4: `<` needs numbers (these are categories); use == or !="},
    {"frail > true", "6: `>` needs numbers (these are booleans); use == or !="},
    {"frail == 1", "6: cannot compare a boolean with a number; a boolean is a condition already"},
    {"age > 3", "4: cannot compare a time with a number; a time has a unit, e.g. 28 days"},
    {"age > 3 days + 2", "13: cannot add a number to a time; a time has a unit, e.g. 28 days"},
    {"age + 1", "4: cannot add a number to a time; a time has a unit, e.g. 28 days"},
    {"1 - wait", "2: cannot subtract a time from a number; a time has a unit, e.g. 28 days"},
    {"burden + frail", "9: a number is needed (this is a boolean); write (condition ? 1 : 0)"},
    {"frail and burden", "10: a boolean is needed (this is a number); compare it with something, e.g. ... > 0"},
    {"not sex", "4: a boolean is needed (this is one of female, male); compare it with a level"},
    {"sex and frail", "0: a boolean is needed (this is one of female, male); compare it with a level"},
    {"+frail", "1: a number is needed (this is a boolean); write (condition ? 1 : 0)"},
    {"-frail", "1: a number is needed (this is a boolean); write (condition ? 1 : 0)"},
    {"burden ? 1 : 2", "0: a boolean is needed (this is a number); compare it with something, e.g. ... > 0"},
    {"frail ? 1 : true", "6: both values of `? :` must be of one type (a number or a boolean)"},
    {"frail ? 1 : age", "6: both values of `? :` must be of one type (a number or a time)"},
    {"frail ? male : none",
     "8: `male` is a level of `sex` (a level stands beside == or != or where one is chosen); write sex == male\n"
     "15: `none` is a level of `site` (a level stands beside == or != or where one is chosen); write site == none"},
    {"frail ? male : unknown",
     "8: `male` is a level of `sex` (a level stands beside == or != or where one is chosen); write sex == male\n"
     "15: `unknown` is not known here (no parameter or attribute has this name)"},
    {"exp(age)",
     "4: a plain number is needed (`exp` takes plain numbers; this is a time); divide by a unit, e.g. / year"},
    {"log(rate)", "4: a plain number is needed (`log` takes plain numbers; this is a rate)"},
    {"sqrt(age)", "0: cannot take the square root of a time (the power of time must be even)"},
    {"sqrt(age * wait * rate)", "0: cannot take the square root of a time (the power of time must be even)"},
    {"age ^ hr",
     "4: cannot raise a time to this power (the exponent must be a number written out that gives a whole power of time "
     "up to 8); divide by a unit first, e.g. (... / year) ^ ..."},
    {"age ^ 0.5",
     "4: cannot raise a time to this power (the exponent must be a number written out that gives a whole power of time "
     "up to 8); divide by a unit first, e.g. (... / year) ^ ..."},
    {"2 ^ age", "4: a plain number is needed (it is an exponent; this is a time); divide by a unit, e.g. / year"},
    {"age^9",
     "3: cannot raise a time to this power (the exponent must be a number written out that gives a whole power of time "
     "up to 8); divide by a unit first, e.g. (... / year) ^ ..."},
    {"age*age*age*age*age*age*age*age*age", "31: the power of time is beyond 8"},
    {"floor(age)",
     "6: a plain number is needed (`floor` takes plain numbers; this is a time); divide by a unit, e.g. / year"},
    {"min(age, 1)", "9: `min` needs values of one kind (a time and a number)"},
    {"min(1)", "0: `min` needs 2 or more values (1 given)"},
    {"exp(1, 2)", "0: `exp` needs 1 value (2 given)"},
    {"exp()", "0: `exp` needs 1 value (0 given)"},
    {"odds_scale(0.1)", "0: `odds_scale` needs 2 values (1 given)"},
    {"expp(1)", "0: `expp` is not a function; did you mean `exp`?"},
    {"age(3)", "0: `age` is not a function (it is an attribute); write * to multiply"},
    {"hr(3)", "0: `hr` is not a function (it is a parameter); write * to multiply"},
    {"now()", "0: `now` is not a function; write now without parentheses"},
    {"in(foo)", "3: `foo` is not a state or a tag"},
    {"in(remision)", "3: `remision` is not a state or a tag; did you mean `remission`?"},
    {"in(icans)", "3: `icans` is an event (`in` needs a state or a tag); write visited(icans)"},
    {"in()", "0: `in` needs the name of a state or a tag (0 values given)"},
    {"in(hsct, dead)", "0: `in` needs the name of a state or a tag (2 values given); join several with `or`"},
    {"in(1)", "0: `in` needs the name of a state or a tag"},
    {"visited(event_free)",
     "8: `event_free` is a tag (`visited` needs a state or an event); name the states, e.g. visited(infused)"},
    {"visited(nothing)",
     "8: `nothing` is a tag (`visited` needs a state or an event); name the states, e.g. visited(STATE)"},
    {"visited(relapse)", "8: `relapse` is not a state or an event; did you mean `relapsed`?"},
    {"time_since(recovry)", "11: `recovry` is not a state or an event; did you mean `recovery`?"},
    {"count(dead, hsct)", "0: `count` needs the name of a state or an event (2 values given); join several with `or`"},
    {"!", "1: a value is missing: the expression ends"},
    {"a.b", "1: `.` has no meaning in an expression; names hold the letters a-z, digits and _"},
    {"burden @ 3", "7: `@` has no meaning in an expression"},
    {"TRUE", "0: `TRUE` is not known here (no parameter or attribute has this name); did you mean `true`?"},
    {"Age > 3 years", "0: `Age` is not known here (no parameter or attribute has this name); did you mean `age`?"},
    {"plan == dead", "8: `dead` is not one of none, hsct, blinatumomab"},
    {"frail == yes", "9: `yes` is not known here (no parameter or attribute has this name); write true"},
    {"rate > 0.3", "5: cannot compare a rate with a number; a rate has a unit, e.g. 0.3 per year"},
    {"rate + 1", "5: cannot add a number to a rate; a rate has a unit, e.g. 0.3 per year"},
};

TEST(Problems, AreSaidWithPlaceReasonAndHint) {
  for (const Wrong& each : wrong) EXPECT_EQ(problems(each.text), each.problems) << each.text;
}

TEST(Problems, ExpectedTypes) {
  const Type sex = scope().attributes[2].type;
  EXPECT_EQ(problems("28", Type::number(1)), "0: a time is needed (this is a number); add a unit, e.g. 28 days");
  EXPECT_EQ(problems("0.1", Type::number(-1)), "0: a rate is needed (this is a number); add a unit, e.g. 0.1 per year");
  EXPECT_EQ(problems("1 + hr", Type::number(1)), "0: a time is needed (this is a number); add a unit, e.g. ... days");
  EXPECT_EQ(problems("age", Type::number()), "0: a number is needed (this is a time)");
  EXPECT_EQ(problems("frail", Type::number()), "0: a number is needed (this is a boolean)");
  EXPECT_EQ(problems("burden", Type::boolean()),
            "0: a boolean is needed (this is a number); compare it with something, e.g. ... > 0");
  EXPECT_EQ(problems("sex", Type::boolean()),
            "0: a boolean is needed (this is one of female, male); compare it with a level");
  EXPECT_EQ(problems("site", sex), "0: one of female, male is needed (this is one of none, marrow, cns)");
  EXPECT_EQ(problems("femal", sex), "0: `femal` is not one of female, male; did you mean `female`?");
  EXPECT_EQ(problems("frail ? male : femal", sex), "15: `femal` is not one of female, male; did you mean `female`?");
  EXPECT_EQ(problems("age * age", Type::number(1)), "0: a time is needed (this is a time to the power 2)");
}

TEST(Problems, BareStates) {
  Allowed bare;
  bare.bare_states = true;
  const auto said = [&](const char* text) { return problems(text, Type::boolean(), bare); };
  EXPECT_EQ(said("not event_free"), "");
  EXPECT_EQ(said("dead or relapsed and true"), "");
  EXPECT_EQ(said("in(dead)"),
            "0: `in` may not be used here (states and tags stand for being in them); write the name alone");
  EXPECT_EQ(said("visited(dead)"), "0: `visited` may not be used here (states and tags stand for being in them)");
  EXPECT_EQ(said("hr > 1"), "0: `hr` is a parameter (only states and tags may be used here)");
  EXPECT_EQ(said("frail"), "0: `frail` is an attribute (only states and tags may be used here)");
  EXPECT_EQ(said("icans"), "0: `icans` is an event (only states and tags may be used here)");
  EXPECT_EQ(said("deat"), "0: `deat` is not a state or a tag; did you mean `dead`?");
}

TEST(Problems, WhatMayNotBeUsedHere) {
  Allowed nothing;
  nothing.attributes = nothing.history = nothing.time = false;
  nothing.why_not_attributes = "it is the same for all patients";
  nothing.why_not_history = "it is the same at all times";
  nothing.why_not_time = "it changes continuously";
  const auto said = [](const char* text, const Allowed& allowed) { return problems(text, std::nullopt, allowed); };
  EXPECT_EQ(said("age", nothing), "0: attribute `age` may not be used here (it is the same for all patients)");
  EXPECT_EQ(said("in(dead)", nothing), "0: `in` may not be used here (it is the same at all times)");
  EXPECT_EQ(said("now", nothing), "0: `now` may not be used here (it changes continuously)");
  EXPECT_EQ(said("hr + p", nothing), "");
  EXPECT_EQ(said("burdn", nothing), "0: `burdn` is not known here (no parameter has this name)");
  Allowed still = nothing;
  still.history = true;
  EXPECT_EQ(said("time_since(dead)", still), "0: `time_since` may not be used here (it changes continuously)");
  EXPECT_EQ(said("count(dead)", still), "");
}

TEST(Problems, AllAtOnceAndSorted) {
  EXPECT_EQ(problems("(brden > 1) and sex == mal ? 010 : now"),
            "1: `brden` is not known here (no parameter or attribute has this name); did you mean `burden`?\n"
            "23: `mal` is not one of female, male; did you mean `male`?\n"
            "29: `010` is not a number (a leading zero, which some programs read as octal); write 10");
}

TEST(Problems, LevelThatIsAlsoACategoryOfTheSameLevels) {
  Scope two = scope();
  two.attributes.push_back({"male", two.attributes[2].type});
  const ParseResult result = parse("sex == male", two, std::nullopt, {});
  const auto* found = std::get_if<std::vector<ExpressionProblem>>(&result);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->front().problem, "`male` means two things here");
}

TEST(Problems, Limits) {
  EXPECT_EQ(problems(std::string(65537, '1')), "0: the expression is too long (65537 bytes; the limit is 64 kB)");
  EXPECT_EQ(problems(std::string(201, '(') + "1" + std::string(201, ')')),
            "201: the expression is nested too deeply (more than 200 levels)");
}

}  // namespace
}  // namespace sojourn::expression::testing
