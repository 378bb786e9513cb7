// The matrices that R's BCEA and voi take: effects `e` and costs `c`, rows = samples of the parameters, columns =
// strategies, and the thresholds `k`.
#include <algorithm>
#include <cmath>

#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "export/format.hpp"
#include "export/sample_matrix.hpp"

namespace sojourn::exports {

namespace {

constexpr double most_thresholds = 1e6;

// The names of outcomes of this kind, in the order of the table.
std::vector<std::string> outcomes_of_kind(const Source& source, const Table& samples, const std::string& kind) {
  const bool of_their_own = std::any_of(samples.columns.begin(), samples.columns.end(),
                                        [](const Column& column) { return column.name == "kind"; });
  const Table table = of_their_own ? samples : source.reader().table("outcomes");
  const auto &names = texts_of(source, table, "outcome"), &kinds = texts_of(source, table, "kind");
  std::vector<std::string> found;
  for (std::size_t row = 0; row < names.size(); ++row) {
    if (kinds[row] == kind && std::find(found.begin(), found.end(), names[row]) == found.end())
      found.push_back(names[row]);
  }
  return found;
}

Figure figure(const Source& source, const Table& samples, const std::string& option, const std::string& given,
              const std::string& kind) {
  if (!given.empty()) return parse_figure(option, given);
  const std::vector<std::string> found = outcomes_of_kind(source, samples, kind);
  if (found.size() == 1) return {option, found[0], {}};
  std::string text = "say with " + option + " which outcome to take (";
  if (found.empty()) throw InputError(text + "none is of the kind `" + kind + "`)");
  for (std::size_t i = 0; i < found.size(); ++i) text += (i > 0 ? ", " : "") + found[i];
  throw InputError(text + " are of the kind `" + kind + "`)");
}

struct Matrices {
  SampleMatrix effects, costs;
};

Matrices matrices(const Source& source) {
  const Table samples = source.reader().table("samples");
  const Request& request = source.request();
  return {sample_matrix(source, samples, figure(source, samples, "--effects", request.effects, "qalys")),
          sample_matrix(source, samples, figure(source, samples, "--costs", request.costs, "cost"))};
}

void add_matrix(TextFile* file, const Source& source, const SampleMatrix& matrix) {
  if (file == nullptr) return;
  const std::size_t columns = source.strategies().size();
  CsvLine header(file->buffer());
  header.text("sample");
  for (const ChosenStrategy& strategy : source.strategies()) header.text(csv_cell(strategy.name));
  header.end();
  for (std::size_t row = 0; row < matrix.samples.size(); ++row) {
    CsvLine line(file->buffer());
    line.integer(matrix.samples[row]);
    for (std::size_t s = 0; s < columns; ++s) line.number(matrix.values[row * columns + s]);
    line.end();
  }
}

std::vector<std::string> tables(const Source&) {
  return {"e", "c", "k"};
}

bool check(const Source& source, const std::vector<std::string>&) {
  const Thresholds& k = source.request().thresholds;
  if (!(k.step > 0) || k.to < k.from || (k.to - k.from) / k.step > most_thresholds) {
    throw InputError("--thresholds: FROM:TO:STEP rises from FROM to TO in steps above 0, at most a million of them");
  }
  const std::vector<std::string> stored = source.reader().tables();
  if (std::find(stored.begin(), stored.end(), "samples") != stored.end()) return false;
  throw InputError(source.path() +
                   ": it holds one set of parameters, and BCEA needs many; run the model with --samples, for example " +
                   "`sojourn run MODEL.yaml --samples 1000 --out OTHER.h5`");
}

std::vector<std::string> write(const Source& source, const Tables& tables) {
  const Matrices made = matrices(source);
  add_matrix(tables.find("e"), source, made.effects);
  add_matrix(tables.find("c"), source, made.costs);
  if (TextFile* file = tables.find("k")) {
    const Thresholds& k = source.request().thresholds;
    file->buffer() += "k\n";
    const auto steps = static_cast<std::int64_t>(std::floor((k.to - k.from) / k.step + 1e-9));
    for (std::int64_t i = 0; i <= steps; ++i) {
      CsvLine(file->buffer()).number(k.from + static_cast<double>(i) * k.step).end();
    }
  }
  return {"e is " + made.effects.figure, "c is " + made.costs.figure};
}

}  // namespace

const Format bcea_format{"bcea", tables, check, write};

}  // namespace sojourn::exports
