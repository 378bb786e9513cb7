#include "fixture.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/table.hpp"

namespace sojourn::store_test {

namespace {

// splitmix64 (Steele, Lea, Flood 2014): a well mixed word from patient and purpose.
std::uint64_t mixed(std::int64_t patient, std::uint64_t purpose) {
  std::uint64_t z = static_cast<std::uint64_t>(patient) * 0x9E3779B97F4A7C15ull + purpose * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

double uniform(std::int64_t patient, std::uint64_t purpose) {
  return static_cast<double>(mixed(patient, purpose) >> 11) * 0x1p-53;
}

model::Declaration declaration(model::Declaration::Kind kind, std::string name, int from, int to, int mark) {
  model::Declaration d;
  d.kind = kind;
  d.name = std::move(name);
  d.from = {StateId{from}};
  d.to = StateId{to};
  d.mark = MarkId{mark};
  return d;
}

model::Attribute attribute(std::string name, expression::Type type, bool drawn, double initial) {
  model::Attribute a;
  a.name = std::move(name);
  a.type = std::move(type);
  a.initial = initial;
  if (drawn) a.draws.emplace_back();
  return a;
}

void add_patient(std::int64_t id, std::size_t strategy, history::Trajectories& to) {
  const double horizon = 5.0;
  double now = 0;
  const std::size_t stays = 1 + mixed(id, 1 + strategy) % 4;
  for (std::size_t i = 0; i < stays; ++i) {
    const bool last = i + 1 == stays;
    const double next = last ? horizon : now + (horizon - now) * uniform(id, 100 + i * 7 + strategy);
    to.sojourns.state.push_back(static_cast<std::int16_t>(i % 3));
    to.sojourns.cause.push_back(last ? std::int16_t{-1} : static_cast<std::int16_t>(i == 1 ? 5 : i % 3));
    to.sojourns.start.push_back(now);
    to.sojourns.stop.push_back(next);
    now = next;
  }
  for (std::size_t i = 0; i < mixed(id, 50 + strategy) % 3; ++i) {
    to.events.event.push_back(static_cast<std::int16_t>(3 + i));
    to.events.time.push_back(uniform(id, 60 + i));
  }
  if (mixed(id, 80 + strategy) % 3 == 0) {
    to.changes.attribute.push_back(4);
    to.changes.time.push_back(0.25);
    to.changes.value.push_back(1);
    to.changes.attribute.push_back(3);
    to.changes.time.push_back(uniform(id, 81));
    to.changes.value.push_back(static_cast<double>(1 + mixed(id, 82) % 4));
  }
  to.sojourn_end.push_back(static_cast<std::uint32_t>(to.sojourns.state.size()));
  to.event_end.push_back(static_cast<std::uint32_t>(to.events.event.size()));
  to.change_end.push_back(static_cast<std::uint32_t>(to.changes.attribute.size()));
}

double baseline_value(std::int64_t id, std::size_t attribute, std::size_t strategy) {
  switch (attribute) {
    case 0:
      return 1 + 19 * uniform(id, 200 + strategy);
    case 1:
      return static_cast<double>(mixed(id, 201) % 2);
    case 2:
      return static_cast<double>(mixed(id, 202) % 3);
    default:
      return 0;
  }
}

}  // namespace

model::Model small_model() {
  using Kind = model::Declaration::Kind;
  using expression::Type;
  model::Model m;
  m.title = "A small pathway";
  m.horizon = 5;
  for (const char* name : {"well", "ill", "dead"}) {
    m.states.emplace_back();
    m.states.back().name = name;
  }
  m.states[0].initial = m.states[2].absorbing = true;
  m.states[0].label = "Well (Gesund, größer)";
  m.states[0].tags = {"alive", "event_free"};
  m.declarations = {declaration(Kind::transition, "falls_ill", 0, 1, -1),
                    declaration(Kind::transition, "dies", 1, 2, -1),
                    declaration(Kind::transition, "recovers", 1, 0, -1), declaration(Kind::event, "fever", 1, -1, 3),
                    declaration(Kind::event, "rash", 1, -1, 4)};
  m.events = {"fever", "rash"};
  m.branches.emplace_back();
  m.branches[0].name = "triage";
  m.branches[0].in = {StateId{1}};
  const auto sites =
      std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"marrow", "cns", "both"});
  const auto plans = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"none", "hsct"});
  m.attributes = {attribute("age", Type::number(1), true, 0), attribute("male", Type::boolean(), true, 0),
                  attribute("site", Type::category(sites), true, 0), attribute("grade", Type::number(), false, 0),
                  attribute("plan", Type::category(plans), false, 0)};
  m.strategies.resize(2);
  m.strategies[0].name = "observe";
  m.strategies[0].label = "No consolidation";
  m.strategies[1].name = "hsct_all";
  m.strategies[1].reference = true;
  return m;
}

store::RunInput small_input(std::int64_t patients) {
  store::RunInput input;
  input.model_name = "small.yaml";
  input.model_text = "sojourn: 1\ntitle: größer\n";
  input.files = {{"tables/life.csv", std::string("age,rate\n0,0.1\n\0binary", 22)}, {"empty.csv", ""}};
  input.overrides = {{"p_donor", "0.9"}, {"wait", "69 days"}};
  input.patients = patients;
  input.seed = 4'000'000'000u;
  return input;
}

history::Block block_of(const model::Model& model, std::int64_t first_patient, std::int32_t patients,
                        Baseline baseline) {
  history::Block block;
  block.first_patient = first_patient;
  block.patients = patients;
  block.strategies.resize(model.strategies.size());
  for (std::size_t s = 0; s < block.strategies.size(); ++s) {
    for (std::int32_t p = 0; p < patients; ++p) add_patient(first_patient + p, s, block.strategies[s]);
  }
  block.baseline.resize(baseline == Baseline::shared ? 1 : model.strategies.size());
  for (std::size_t set = 0; set < block.baseline.size(); ++set) {
    for (std::size_t a = 0; a < model.attributes.size(); ++a) {
      for (std::int32_t p = 0; p < patients; ++p) {
        block.baseline[set].push_back(baseline_value(first_patient + p, a, set));
      }
    }
  }
  return block;
}

Table small_table() {
  return {"efs",
          "Event-free survival",
          {{"strategy", "", "name", std::vector<std::string>{"observe", "hsct_all", "größe"}},
           {"time", "years", "since the origin", std::vector<double>{0.5, 1, 2}},
           {"patients", "", "at risk", std::vector<std::int64_t>{10, 5, -1}}}};
}

std::string write_result(const std::string& path, const store::RunInput& input, std::int32_t block_size,
                         Baseline baseline) {
  const model::Model model = small_model();
  store::Writer writer(path, model, input);
  for (std::int64_t first = 1; first <= input.patients; first += block_size) {
    const std::int64_t left = input.patients - first + 1;
    const auto patients = static_cast<std::int32_t>(std::min<std::int64_t>(block_size, left));
    writer.append(block_of(model, first, patients, baseline));
  }
  writer.write_table(small_table());
  return writer.finish();
}

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string part_of(const std::string& path) {
  const std::filesystem::path p(path);
  return (p.parent_path() / ("." + p.filename().string() + ".part")).string();
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sojourn_store_XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace sojourn::store_test
