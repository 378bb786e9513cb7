#include "export/transition_matrix.hpp"

#include "base/csv_text.hpp"
#include "export/moves.hpp"

namespace sojourn::exports {

namespace {

using Pairs = std::vector<std::vector<bool>>;

// What the stored lives show.
struct Seen {
  explicit Seen(std::size_t states)
      : moves(states, std::vector<bool>(states)), stayed(states), entered(states), passed(states) {}

  Pairs moves;
  std::vector<bool> stayed, entered;  // by state: for some time; as the end of a move
  std::vector<std::int64_t> passed;   // by state: times passed through
};

Seen look_at_all(const Source& source) {
  Seen seen(source.model().states.size());
  std::vector<Stay> stays;
  const auto look = [&](const history::Block& block) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      find_stays(block.patient(0, p), stays, &seen.passed);
      for (const Stay& stay : stays) {
        seen.stayed[stay.state] = true;
        if (stay.to < 0) continue;
        seen.moves[stay.state][static_cast<std::size_t>(stay.to)] = true;
        seen.entered[static_cast<std::size_t>(stay.to)] = true;
      }
    }
  };
  for (std::size_t place = 0; place < source.reader().strategies().size(); ++place) {
    source.for_each_block(place, 1, source.reader().patients_stored(), look);
  }
  return seen;
}

Pairs declared(const model::Model& model) {
  Pairs pairs(model.states.size(), std::vector<bool>(model.states.size()));
  for (const model::Declaration& declaration : model.declarations) {
    if (declaration.kind != model::Declaration::Kind::transition) continue;
    for (const StateId from : declaration.from) pairs[from.index()][declaration.to.index()] = true;
  }
  return pairs;
}

}  // namespace

TransitionMatrix::TransitionMatrix(const Source& source) : from_(source.model().states.size()) {
  const Seen seen = look_at_all(source);
  const Pairs of_model = declared(source.model());
  int number = 0;
  for (std::size_t from = 0; from < from_.size(); ++from) {
    for (std::size_t to = 0; to < from_.size(); ++to) {
      const bool only_passed = seen.passed[to] > 0 && !seen.stayed[to] && !seen.entered[to];
      const bool possible = of_model[from][to] && seen.stayed[from] && !only_passed && from != to;
      if (possible || seen.moves[from][to]) from_[from].push_back({to, ++number});
    }
  }
}

std::string TransitionMatrix::csv(const model::Model& model) const {
  std::string text;
  CsvLine header(text);
  header.text("from");
  for (const model::State& state : model.states) header.text(csv_cell(state.name));
  header.end();
  for (std::size_t from = 0; from < from_.size(); ++from) {
    CsvLine line(text);
    line.text(csv_cell(model.states[from].name));
    std::size_t next = 0;
    for (std::size_t to = 0; to < from_.size(); ++to) {
      if (next < from_[from].size() && from_[from][next].to == to) {
        line.integer(from_[from][next++].number);
      } else {
        line.text("NA");
      }
    }
    line.end();
  }
  return text;
}

}  // namespace sojourn::exports
