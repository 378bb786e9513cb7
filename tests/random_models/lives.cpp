#include "random_models/lives.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"
#include "engine/bench.hpp"
#include "program/lower.hpp"

namespace sojourn::engine::testing {

namespace {

void append_ends(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
  const std::uint32_t before = to.empty() ? 0 : to.back();
  for (const std::uint32_t one : more) to.push_back(before + one);
}

// Adds the rows of the patients of `part`, under its strategy `from`, to those of the patients before.
void put_rows(history::Block& whole, std::size_t strategy, const history::Block& part, std::size_t from) {
  history::Trajectories& to = whole.strategies[strategy];
  const history::Trajectories& more = part.strategies[from];
  to.append(more, {}, more.rows());
  append_ends(to.sojourn_end, more.sojourn_end);
  append_ends(to.event_end, more.event_end);
  append_ends(to.change_end, more.change_end);
}

// `at`: the place of the part's first patient.
void put_baseline(history::Block& whole, std::size_t strategy, const history::Block& part, std::size_t from,
                  std::size_t at) {
  const auto all = static_cast<std::size_t>(whole.patients), some = static_cast<std::size_t>(part.patients);
  const auto& values = part.baseline[part.baseline.size() == 1 ? 0 : from];
  auto& to = whole.baseline[strategy];
  to.resize(values.size() / some * all);
  for (std::size_t a = 0; a < values.size() / some; ++a) {
    std::copy_n(values.data() + a * some, some, to.data() + a * all + at);
  }
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

class Comparison {
 public:
  Comparison(const Lived& a, const Lived& b) : a_(a), b_(b) {}

  std::string run() {
    if (a_.error != b_.error) return "errors: '" + a_.error + "' and '" + b_.error + "'";
    if (!a_.error.empty()) return "";
    for (std::size_t s = 0; s < a_.block.strategies.size(); ++s) {
      if (!same_bits(a_.block.baseline[s], b_.block.baseline[s])) return "baseline of strategy " + std::to_string(s);
      const std::string found = strategy(s);
      if (!found.empty()) return found;
    }
    const Counts &x = a_.counts, &y = b_.counts;
    if (x.draws != y.draws) return "draws used: " + std::to_string(x.draws) + " and " + std::to_string(y.draws);
    if (x.moves != y.moves || x.events != y.events) return "counts of moves or events";
    return "";
  }

 private:
  [[nodiscard]] std::string strategy(std::size_t s) const {
    const history::Trajectories &x = a_.block.strategies[s], &y = b_.block.strategies[s];
    const bool ends = same_bits(x.sojourn_end, y.sojourn_end) && same_bits(x.event_end, y.event_end) &&
                      same_bits(x.change_end, y.change_end);
    const bool rows = same_bits(x.sojourns.state, y.sojourns.state) && same_bits(x.sojourns.cause, y.sojourns.cause) &&
                      same_bits(x.sojourns.start, y.sojourns.start) && same_bits(x.sojourns.stop, y.sojourns.stop) &&
                      same_bits(x.events.event, y.events.event) && same_bits(x.events.time, y.events.time) &&
                      same_bits(x.changes.attribute, y.changes.attribute) &&
                      same_bits(x.changes.time, y.changes.time) && same_bits(x.changes.value, y.changes.value);
    if (ends && rows) return "";
    for (std::size_t p = 0; p < static_cast<std::size_t>(a_.block.patients); ++p) {
      const std::string one = text(a_.block.patient(s, p)), other = text(b_.block.patient(s, p));
      if (one != other)
        return "strategy " + std::to_string(s) + ", patient " + std::to_string(p + 1) + ":\n" + one + "and\n" + other;
    }
    return "strategy " + std::to_string(s) + ": rows that belong to nobody";
  }

  static std::string hex(double x) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17g (%a)", x, x);
    return text;
  }

  static std::string text(const history::PatientHistory& life) {
    std::string made;
    for (std::size_t i = 0; i < life.state.size(); ++i) {
      made += "  state " + std::to_string(life.state[i]) + " from " + hex(life.start[i]) + " to " + hex(life.stop[i]) +
              ", ended by " + std::to_string(life.cause[i]) + "\n";
    }
    for (std::size_t i = 0; i < life.event.size(); ++i) {
      made += "  event " + std::to_string(life.event[i]) + " at " + hex(life.event_time[i]) + "\n";
    }
    for (std::size_t i = 0; i < life.attribute.size(); ++i) {
      made += "  attribute " + std::to_string(life.attribute[i]) + " at " + hex(life.change_time[i]) + ": " +
              hex(life.change_value[i]) + "\n";
    }
    return made;
  }

  const Lived &a_, &b_;
};

template <class T>
bool same(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

bool same_life(const history::PatientHistory& a, const history::PatientHistory& b) {
  return same(a.state, b.state) && same(a.cause, b.cause) && same(a.start, b.start) && same(a.stop, b.stop) &&
         same(a.event, b.event) && same(a.event_time, b.event_time) && same(a.attribute, b.attribute) &&
         same(a.change_time, b.change_time) && same(a.change_value, b.change_value);
}

}  // namespace

World::World(const model::Sources& sources) {
  Diagnostics problems;
  model = model::load(sources, {}, problems);
  refusal = problems.text();
  if (!model) return;
  try {
    for (const auto& one : model->strategies) {
      const auto values = model::parameter_values(*model, &one, problems);
      programs.push_back(program::lower(*model, one, values));
    }
  } catch (const InputError& error) {
    refusal = error.what();
  }
  if (!problems.ok()) refusal = problems.text();
}

World world_of(const Draft& draft) {
  World world(model::MemorySources("model.yaml", yaml(draft), draft.files));
  world.first_patient = draft.first_patient;
  for (program::Program& one : world.programs) one.replicate = draft.replicate;
  return world;
}

bool readable(const Draft& draft) {
  return world_of(draft).refusal.empty();
}

std::string wrong_lived_as(const history::Block& block) {
  const auto patients = static_cast<std::size_t>(block.patients);
  for (std::size_t s = 0; !block.lived_as.empty() && s < block.strategies.size(); ++s) {
    for (std::size_t p = 0; p < patients; ++p) {
      const std::size_t first = block.lived_as[s * patients + p];
      const bool earliest = first <= s && block.lived_as[first * patients + p] == first;
      if (earliest && (first == s || same_life(block.patient(s, p), block.patient(first, p)))) continue;
      return "patient " + std::to_string(p + 1) + " is said to live under strategy " + std::to_string(s) +
             " as under " + std::to_string(first);
    }
  }
  return "";
}

Lived live(const std::vector<program::Program>& programs, const PatientRange& patients, const Way& way) {
  Lived made;
  const auto count = static_cast<std::int32_t>(patients.count);
  made.block.first_patient = patients.first;
  made.block.patients = count;
  made.block.strategies.resize(programs.size());
  made.block.baseline.resize(programs.size());
  made.block.lived_as.resize(programs.size() * static_cast<std::size_t>(count));
  std::vector<history::Block> parts;
  for (std::int32_t first = 0; first < count; first += way.block) {
    parts.emplace_back();
    parts.back().first_patient = patients.first + first;
    parts.back().patients = std::min(way.block, count - first);
  }
  try {
    Bench bench(programs, way.engine);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      history::Block& part = parts[way.backwards ? parts.size() - 1 - i : i];
      bench.simulate(part, nullptr);
      made.counts += bench.counts(part);
    }
  } catch (const InputError& error) {
    made.error = error.what();
    return made;
  }
  for (const auto& part : parts) {
    const auto at = static_cast<std::size_t>(part.first_patient - patients.first),
               some = static_cast<std::size_t>(part.patients);
    for (std::size_t s = 0; s < programs.size(); ++s) {
      put_rows(made.block, s, part, s);
      put_baseline(made.block, s, part, s, at);
      std::copy_n(part.lived_as.data() + s * some, some,
                  made.block.lived_as.data() + s * static_cast<std::size_t>(count) + at);
    }
  }
  return made;
}

std::string difference(const Lived& a, const Lived& b) {
  return Comparison(a, b).run();
}

Lived live_alone(const World& world, const PatientRange& patients) {
  Lived made;
  made.block.first_patient = patients.first;
  made.block.patients = static_cast<std::int32_t>(patients.count);
  for (std::size_t s = 0; s < world.programs.size(); ++s) {
    std::vector<program::Program> one;
    one.push_back(program::lower(*world.model, world.model->strategies[s], world.programs[s].parameters));
    one.back().replicate = world.programs[s].replicate;
    Lived alone = live(one, patients, {});
    if (!alone.error.empty()) return alone;
    made.counts += alone.counts;
    made.block.strategies.push_back(std::move(alone.block.strategies.front()));
    made.block.baseline.push_back(std::move(alone.block.baseline.front()));
  }
  return made;
}

std::string compare_engines(const World& world, std::int32_t patients, Lived& seen) {
  const PatientRange range{world.first_patient, patients};
  seen = live(world.programs, range, {.engine = {EngineKind::reference}});
  const auto wrong = [](const Lived& lived) { return lived.error.empty() ? wrong_lived_as(lived.block) : ""; };
  std::string differs = wrong(seen);
  for (const Isa isa : every_isa) {
    if (!differs.empty() || !available(isa)) continue;
    const Lived batched = live(world.programs, range, {.engine = {EngineKind::batched, isa}});
    differs = wrong(batched) + difference(seen, batched);
    if (differs.empty() && batched.error.empty() && batched.counts.draws_made != seen.counts.draws_made)
      differs =
          "draws made: " + std::to_string(seen.counts.draws_made) + " and " + std::to_string(batched.counts.draws_made);
    if (!differs.empty()) differs = std::string(name_of(isa)) + ": " + differs;
  }
  return differs;
}

std::string compare_orders(const World& world, std::int32_t patients, Lived& seen) {
  const PatientRange range{world.first_patient, patients};
  seen = live(world.programs, range, {});
  if (!seen.error.empty()) return "";  // whose error comes first depends on the order
  const Lived backwards = live(world.programs, range, {.block = 33, .backwards = true});
  const std::string by_blocks = wrong_lived_as(backwards.block) + difference(seen, backwards);
  return by_blocks.empty() ? difference(seen, live_alone(world, range)) : by_blocks;
}

}  // namespace sojourn::engine::testing
