// The long format of R's mstate: for each stay one row for each transition that the patient is at risk of.
#include <algorithm>

#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "export/format.hpp"
#include "export/moves.hpp"
#include "export/names.hpp"
#include "export/transition_matrix.hpp"

namespace sojourn::exports {

namespace {

const std::vector<std::string> own_columns = {"id",    "from", "to",     "trans",    "Tstart",
                                              "Tstop", "time", "status", "strategy", "transition"};

std::vector<std::size_t> covariates(const Source& source) {
  std::vector<std::size_t> chosen;
  const auto& attributes = source.model().attributes;
  if (const auto& named = source.request().covariates) {
    for (const std::string& name : *named) chosen.push_back(source.attribute(name, "--covariates"));
    return chosen;
  }
  for (std::size_t a = 0; a < attributes.size(); ++a) {
    if (attributes[a].known_at_start()) chosen.push_back(a);
  }
  return chosen;
}

// The attribute's name, unless a column of the format has it.
std::string column_name(const model::Model& model, std::size_t attribute) {
  std::string name = model.attributes[attribute].name;
  const auto is_taken = [&](const std::string& wanted) {
    const bool of_format = std::find(own_columns.begin(), own_columns.end(), wanted) != own_columns.end();
    return of_format || std::any_of(model.attributes.begin(), model.attributes.end(), [&](const model::Attribute& a) {
             return a.name == wanted && &a != &model.attributes[attribute];
           });
  };
  while (is_taken(name)) name = "baseline_" + name;
  return name;
}

class LongFormat {
 public:
  LongFormat(const Source& source, const TransitionMatrix& matrix, TextFile& file)
      : model_(source.model()), matrix_(matrix), names_(model_), covariates_(covariates(source)), file_(file) {
    CsvLine line(file_.buffer());
    for (const std::string& name : own_columns) line.text(name);
    for (const std::size_t a : covariates_) line.text(csv_cell(column_name(model_, a)));
    line.end();
  }

  void add(const ChosenStrategy& strategy, const history::Block& block) {
    const std::string strategy_cell = csv_cell(strategy.name);
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      find_stays(block.patient(0, p), stays_);
      patient_.clear();
      append_csv_number(patient_, block.first_patient + static_cast<std::int64_t>(p));
      read_covariates(block, p);
      std::size_t rows = 0;
      for (const Stay& stay : stays_) rows += add_stay(stay, strategy_cell);
      if (rows == 0) ++never_at_risk_;
    }
  }
  // Lives without a row, counted under each strategy.
  [[nodiscard]] std::int64_t never_at_risk() const { return never_at_risk_; }

 private:
  void read_covariates(const history::Block& block, std::size_t p) {
    baseline_.clear();
    for (const std::size_t a : covariates_) {
      baseline_ += ',';
      append_value(baseline_, model_.attributes[a], names_.levels[a], block.baseline_value(0, a, p), Values::named);
    }
  }

  std::size_t add_stay(const Stay& stay, const std::string& strategy) {
    const auto& transitions = matrix_.from(stay.state);
    if (transitions.empty()) return 0;
    times_.clear();
    CsvLine(times_).number(stay.start).number(stay.stop).number(stay.stop - stay.start);
    for (const TransitionMatrix::Transition& transition : transitions) {
      const bool happened = stay.to == static_cast<std::int32_t>(transition.to);
      std::string& to = file_.buffer();
      CsvLine line(to);
      line.text(patient_).integer(stay.state + 1).integer(transition.to + 1).integer(transition.number).text(times_);
      line.integer(happened ? 1 : 0).text(strategy);
      line.text(happened && stay.cause >= 0 ? names_.causes[static_cast<std::size_t>(stay.cause)] : "");
      to += baseline_;
      line.end();
    }
    return transitions.size();
  }

  const model::Model& model_;
  const TransitionMatrix& matrix_;
  Names names_;
  std::vector<std::size_t> covariates_;
  TextFile& file_;
  std::vector<Stay> stays_;
  std::string patient_, times_, baseline_;
  std::int64_t never_at_risk_ = 0;
};

std::vector<std::string> tables(const Source&) {
  return {"long", "tmat"};
}

bool check(const Source& source, const std::vector<std::string>&) {
  source.need_trajectories();
  source.need_all_states("mstate's format");
  (void)covariates(source);
  return true;
}

std::vector<std::string> write(const Source& source, const Tables& tables) {
  const TransitionMatrix matrix(source);
  if (TextFile* file = tables.find("tmat")) file->buffer() += matrix.csv(source.model());
  TextFile* file = tables.find("long");
  if (file == nullptr) return {};
  LongFormat rows(source, matrix, *file);
  source.for_each_block(
      [&](const ChosenStrategy& strategy, const history::Block& block) { rows.add(strategy, block); });
  if (rows.never_at_risk() == 0) return {};
  return {std::to_string(rows.never_at_risk()) +
          " lives have no row: they never spend time in a state that can be left"};
}

}  // namespace

const Format mstate_format{"mstate", tables, check, write};

}  // namespace sojourn::exports
