// The page: one HTML file that needs nothing else. Its frame, style and programs are made from web/ when sojourn is
// built; a report is that text with the data put in as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::report {

// As built, with data_mark where the data go; empty in a build without npm.
[[nodiscard]] std::string_view page_template();
inline constexpr std::string_view data_mark = "\"SOJOURN_REPORT_DATA\"";

// `json` inside the template. No text of it can end the element it stands in: `<` is written as an escape. Throws
// RunError if the template is empty.
[[nodiscard]] std::string page(std::string_view made_from, const std::string& json);

// The whole report of a result file, or of a collected sweep; `others`: results of the same model under other values of
// its parameters, not with a sweep. Throws InputError: a file that is neither, or another question.
[[nodiscard]] std::string html(const std::string& file, const std::vector<std::string>& others,
                               const std::string& version);

}  // namespace sojourn::report
