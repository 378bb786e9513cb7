#include "sweep/plan_text.hpp"

#include <map>
#include <sstream>

#include "base/error.hpp"
#include "model/csv.hpp"

namespace sojourn::sweep {

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

void damaged_file(const std::string& path) {
  throw InputError("'" + path + "' is damaged: the folder of the sweep is not whole");
}

// Values hold neither tabs nor line ends (a sweep file has no tabs, and values of several lines are refused).
std::string scenario_lines(const Scenarios& scenarios) {
  std::string text = "id";
  for (const Axis& axis : scenarios.file().axes) text += "\t" + axis.name;
  text += "\n";
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    text += id_text(scenarios.id(i));
    for (std::size_t a = 0; a < scenarios.points().axes(); ++a) text += "\t" + scenarios.points().value(i, a).text;
    text += "\n";
  }
  return text;
}

std::string stage_lines(const Plan& plan) {
  std::string text;
  for (const Stage& one : plan.stages) {
    text += "stage " + std::to_string(one.patients.first) + " " + std::to_string(one.patients.count) + " " +
            std::to_string(one.strategies) + " " + std::to_string(one.lives_a_shard) + " " +
            std::to_string(one.scenarios.size()) + " " + std::to_string(one.figure_lives) + "\n";
    for (const ScenarioKey id : one.scenarios) text += id_text(id) + "\n";
  }
  return text;
}

Plan read_stages(const std::string& text, const std::string& path) {
  Plan made;
  model::CsvLines lines(text);
  while (lines.next()) {
    std::istringstream words{std::string(lines.line())};
    std::string word;
    std::size_t count = 0;
    Stage one;
    words >> word >> one.patients.first >> one.patients.count >> one.strategies >> one.lives_a_shard >> count >>
        one.figure_lives;
    if (!words || word != "stage" || one.patients.count < 1 || one.strategies < 1 || one.lives_a_shard < 1 ||
        one.figure_lives < 0) {
      damaged_file(path);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto id = lines.next() ? id_of(lines.line()) : std::nullopt;
      if (!id) damaged_file(path);
      one.scenarios.push_back(*id);
    }
    if (one.scenarios.empty()) damaged_file(path);
    made.stages.push_back(std::move(one));
  }
  return made;
}

Points read_points(const std::string& text, const std::string& path, const SweepFile& file) {
  Points made;
  std::vector<std::map<std::string, std::int32_t, std::less<>>> known(file.axes.size());
  for (std::size_t a = 0; a < file.axes.size(); ++a) {
    made.values.push_back(file.axes[a].values);
    for (std::size_t i = 0; i < made.values[a].size(); ++i) {
      known[a].emplace(made.values[a][i].text, static_cast<std::int32_t>(i));
    }
  }
  model::CsvLines lines(text);
  if (!lines.next() || split(std::string(lines.line())).size() != file.axes.size() + 1) damaged_file(path);
  while (lines.next()) {
    const std::vector<std::string> cells = split(std::string(lines.line()));
    if (cells.size() != file.axes.size() + 1) damaged_file(path);
    for (std::size_t a = 0; a < file.axes.size(); ++a) {
      auto place = known[a].find(cells[a + 1]);
      if (place == known[a].end()) {
        made.values[a].push_back(made.make(cells[a + 1], *file.axes[a].item.node));
        place = known[a].emplace(cells[a + 1], static_cast<std::int32_t>(made.values[a].size() - 1)).first;
      }
      made.index.push_back(place->second);
    }
  }
  return made;
}

std::vector<ScenarioKey> read_ids(const std::string& text, const std::string& path) {
  std::vector<ScenarioKey> made;
  model::CsvLines lines(text);
  if (!lines.next()) damaged_file(path);
  while (lines.next()) {
    const auto id = id_of(lines.line().substr(0, 16));
    if (!id) damaged_file(path);
    made.push_back(*id);
  }
  return made;
}

}  // namespace sojourn::sweep
