// The parts of the report: each is a function from results to the JSON that one part of the page shows, in a file of
// its own, and a word in the list below; its counterpart of the page is web/sections/NAME.js. One that has nothing to
// show returns an empty object and is left out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "report/result.hpp"

namespace sojourn::report {

struct Inputs {
  std::reference_wrapper<const Result> main;
  std::vector<std::reference_wrapper<const Result>> others;  // the same question under other values of the parameters
  std::string version;                                       // of the program

  [[nodiscard]] const Result& result() const { return main; }
};

#define SOJOURN_REPORT_SECTIONS(SECTION) \
  SECTION(question)                      \
  SECTION(pathway)                       \
  SECTION(outcomes)                      \
  SECTION(curves)                        \
  SECTION(fits)                          \
  SECTION(economics)                     \
  SECTION(trials)                        \
  SECTION(tables)                        \
  SECTION(parameters)                    \
  SECTION(origin)

#define SOJOURN_DECLARE_SECTION(name) [[nodiscard]] Json name##_section(const Inputs& inputs);
SOJOURN_REPORT_SECTIONS(SOJOURN_DECLARE_SECTION)
#undef SOJOURN_DECLARE_SECTION

// Numbers of a curve, rounded to a millionth: far finer than a pixel.
[[nodiscard]] Json rounded(double value);
// A table as {"columns": [{"name", "unit", "description"}], "rows": [[...]]}, values as they are; only the rows for
// which `wanted` holds.
[[nodiscard]] Json table_json(const Rows& rows, const std::function<bool(std::size_t)>& wanted = nullptr);

}  // namespace sojourn::report
