// What a fuzzer may do to the program: any bytes as a model, an expression or a table. Each function returns if all is
// well and ends the process by abort() if a promise is broken; crashes and hangs are for the caller to notice.
#pragma once

#include <string_view>

namespace sojourn::fuzz {

// model::load, and what `check --explain` says of a model that is taken. Promises: a model or problems, never both;
// problems are lines of UTF-8 without control characters, of bounded length.
void read_model(std::string_view bytes);

// The first bytes choose what is expected and allowed, and the patient; the rest is the text. Promises: problems lie
// inside the text and are sorted; code that was compiled gives the same bits alone and side by side.
void read_expression(std::string_view bytes);

// A CSV file beside a good model: as a life table and as a survival curve.
void read_table(std::string_view bytes);

}  // namespace sojourn::fuzz
