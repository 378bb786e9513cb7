// One figure of one outcome for each sample of the parameters (rows) and strategy (columns), from the table `samples`
// of a result. Every sample must have exactly one number under every strategy: else the rows of two matrices would not
// belong together, which the programs that read them do not notice.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/table.hpp"
#include "export/request.hpp"

namespace sojourn::exports {

struct SampleMatrix {
  std::vector<std::int64_t> samples;  // in rising order, from 1; the base case (0) is none
  std::vector<double> values;         // by sample, then strategy
  std::string figure;                 // what they are: "qalys,measure=discounted_qalys,time=5"
};

// What the user calls a figure: `qalys`, or `qalys,measure=qalys,time=5` where the outcome has several. Where there is
// one as it is and one discounted, the name alone is the discounted one.
struct Figure {
  std::string option;  // for messages: --effects
  std::string outcome;
  std::vector<std::pair<std::string, std::string>> where;  // column = value
};
[[nodiscard]] Figure parse_figure(const std::string& option, const std::string& text);

// Throws InputError: no such outcome, several figures, a sample that has none.
[[nodiscard]] SampleMatrix sample_matrix(const Source& source, const Table& samples, const Figure& figure);

// The column, or InputError that the file's table lacks it.
[[nodiscard]] const std::vector<std::string>& texts_of(const Source& source, const Table& table,
                                                       const std::string& name);
[[nodiscard]] std::vector<double> numbers_of(const Source& source, const Table& table, const std::string& name);

}  // namespace sojourn::exports
