// The columns of hesim's disease progression (`disprog`) and state probabilities (`stateprobs`): a row a stay and where
// it led, a row a strategy, group, state and time of the grid. Ids count from 1, as in hesim. Everything is sample 1.
#include <optional>

#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "export/format.hpp"
#include "export/state_counts.hpp"

namespace sojourn::exports {

namespace {

constexpr double most_cells = 1e8;  // of the state probabilities: groups x states x times of one strategy

// Which group a patient is in, by her attributes at the start.
class Groups {
 public:
  explicit Groups(const Source& source) {
    if (source.request().group.empty()) return;
    using Kind = expression::Type::Kind;
    attribute_ = source.attribute(source.request().group, "--group");
    const model::Attribute& attribute = source.model().attributes[*attribute_];
    if (attribute.type.kind == Kind::number) {
      throw InputError("--group: '" + attribute.name +
                       "' is a number; groups are the levels of a category, or of a boolean");
    }
    size_ = attribute.type.kind == Kind::boolean ? 2 : attribute.type.levels->size();
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t of(const history::Block& block, std::size_t p) const {
    if (!attribute_) return 0;
    const double value = block.baseline_value(0, *attribute_, p);
    if (value >= 0 && value < static_cast<double>(size_)) return static_cast<std::size_t>(value);
    throw InputError("the result holds a level that its model does not have (is the file damaged?)");
  }

 private:
  std::optional<std::size_t> attribute_;
  std::size_t size_ = 1;
};

std::vector<std::string> tables(const Source&) {
  return {"disprog", "stateprobs"};
}

bool check(const Source& source, const std::vector<std::string>&) {
  source.need_trajectories();
  source.need_all_states("hesim's format");
  const Step asked = source.request().step;
  const double step = years_from(asked.count, asked.unit), horizon = source.reader().horizon();
  const double times = horizon / step + 1;
  const auto rows = static_cast<double>(Groups(source).size() * source.model().states.size());
  if (!(step > 0) || times * rows > most_cells) {
    throw InputError("--step: the grid of state probabilities has too many times; take a longer step");
  }
  return true;
}

void add_life(TextFile& file, const model::Model& model, const std::string& before, const std::string& group,
              const history::PatientHistory& life) {
  for (std::size_t i = 0; i < life.state.size(); ++i) {
    if (model.states[static_cast<std::size_t>(life.state[i])].absorbing) continue;
    const bool moves = i + 1 < life.state.size();
    const std::int16_t to = moves ? life.state[i + 1] : life.state[i];
    const bool final = !moves || model.states[static_cast<std::size_t>(to)].absorbing;
    CsvLine line(file.buffer());
    line.text(before).text(group).integer(life.state[i] + 1).integer(to + 1).integer(final ? 1 : 0);
    line.number(life.start[i]).number(life.stop[i]).end();
  }
}

void add_probabilities(TextFile& file, const StateCounts& counts, const ChosenStrategy& strategy, std::size_t groups,
                       std::size_t states) {
  for (std::size_t group = 0; group < groups; ++group) {
    if (counts.patients(group) == 0) continue;
    for (std::size_t state = 0; state < states; ++state) {
      const std::vector<std::int64_t> of_state = counts.counts(group, state);
      for (std::size_t i = 0; i < of_state.size(); ++i) {
        CsvLine line(file.buffer());
        line.integer(1).integer(strategy.id).integer(group + 1).integer(state + 1).number(counts.times()[i]);
        line.number(static_cast<double>(of_state[i]) / static_cast<double>(counts.patients(group))).end();
      }
    }
  }
}

std::vector<std::string> write(const Source& source, const Tables& tables) {
  const Groups groups(source);
  const model::Model& model = source.model();
  TextFile *progression = tables.find("disprog"), *probabilities = tables.find("stateprobs");
  if (progression) {
    progression->buffer() += "sample,strategy_id,patient_id,grp_id,from,to,final,time_start,time_stop\n";
  }
  if (probabilities) probabilities->buffer() += "sample,strategy_id,grp_id,state_id,t,prob\n";
  std::optional<StateCounts> counts;
  source.for_each_block([&](const ChosenStrategy& strategy, const history::Block& block) {
    if (!counts) counts.emplace(groups.size(), model.states.size(), source.reader().horizon(), source.request().step);
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      const history::PatientHistory life = block.patient(0, p);
      const std::size_t group = groups.of(block, p);
      const std::int64_t patient = block.first_patient + static_cast<std::int64_t>(p);
      if (probabilities) counts->add(life, group);
      if (!progression) continue;
      const std::string before = "1," + std::to_string(strategy.id) + "," + std::to_string(patient);
      add_life(*progression, model, before, std::to_string(group + 1), life);
    }
    if (block.first_patient + block.patients <= source.last_patient()) return;
    if (probabilities) add_probabilities(*probabilities, *counts, strategy, groups.size(), model.states.size());
    counts.reset();  // the next strategy begins
  });
  return {};
}

}  // namespace

const Format hesim_format{"hesim", tables, check, write};

}  // namespace sojourn::exports
