#include "sweep/design.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/similar.hpp"
#include "base/uniform.hpp"
#include "model/csv.hpp"
#include "sweep/shapes.hpp"
#include "sweep/sobol.hpp"

namespace sojourn::sweep {

namespace {

using config::Source;

// Axes that go together: by row, the values of each.
struct Factor {
  std::vector<std::size_t> axes;
  std::vector<std::vector<std::int32_t>> rows;
};

class PointMaker {
 public:
  PointMaker(const SweepFile& file, const model::Sources& files, const Source& source)
      : file_(file), files_(files), source_(source), used_(file.axes.size(), false) {
    for (const Axis& one : file.axes) points_.values.push_back(one.values);
  }

  Points run() {
    for (const Design& one : file_.designs) design(one);
    for (std::size_t a = 0; a < file_.axes.size(); ++a) {
      if (!used_[a]) alone(a);
    }
    if (source_.problems().ok() && points_.axes() > 0) cross();
    return std::move(points_);
  }

 private:
  void design(const Design& one) {
    Factor factor{one.axes, {}};
    if (one.kind == Design::Kind::table) return table(one);
    if (!claim(one)) return;
    if (one.kind == Design::Kind::zip) {
      zip(one, factor);
    } else {
      drawn(one, factor);
    }
    factors_.push_back(std::move(factor));
  }

  bool claim(const Design& one) {
    bool good = true;
    for (const std::size_t a : one.axes) {
      if (used_[a]) {
        source_.add(one.item, "the axis " + quoted(file_.axes[a].name) + " is in two designs, or twice in one");
        good = false;
      }
      used_[a] = true;
    }
    return good;
  }

  void alone(std::size_t a) {
    evenly(a);
    if (points_.values[a].empty() && !file_.axes[a].broken) {
      source_.add(file_.axes[a].item, "the axis has no values",
                  file_.axes[a].span ? "`steps` is missing" : "neither `values` nor `from` and `to`, and no table");
    }
    Factor factor{{a}, {}};
    for (std::size_t i = 0; i < points_.values[a].size(); ++i) factor.rows.push_back({static_cast<std::int32_t>(i)});
    factors_.push_back(std::move(factor));
  }

  // The steps of an axis with `from` and `to`.
  void evenly(std::size_t a) {
    const auto& span = file_.axes[a].span;
    for (std::int64_t i = 0; span && i < span->steps; ++i) {
      add_value(a, span->at(static_cast<double>(i) / static_cast<double>(span->steps - 1)));
    }
  }

  std::int32_t add_value(std::size_t a, std::string text) {
    points_.values[a].push_back(points_.make(std::move(text), *file_.axes[a].item.node));
    return static_cast<std::int32_t>(points_.values[a].size() - 1);
  }

  void zip(const Design& one, Factor& factor) {
    for (const std::size_t a : one.axes) evenly(a);
    if (one.axes.empty()) return;
    const std::size_t rows = points_.values[one.axes.front()].size();
    for (const std::size_t a : one.axes) {
      if (points_.values[a].size() == rows && rows > 0) continue;
      source_.add(one.item, "zipped axes have as many values as each other",
                  quoted(file_.axes[a].name) + " has " + std::to_string(points_.values[a].size()) + ", " +
                      quoted(file_.axes[one.axes.front()].name) + " " + std::to_string(rows));
      return;
    }
    for (std::size_t r = 0; r < rows; ++r) factor.rows.emplace_back(one.axes.size(), static_cast<std::int32_t>(r));
  }

  void drawn(const Design& one, Factor& factor) {
    for (const std::size_t a : one.axes) {
      const Axis& axis = file_.axes[a];
      if (axis.span && axis.span->steps == 0) continue;
      return source_.add(one.item, "the axis " + quoted(axis.name) + " cannot be drawn",
                         axis.span ? "it has `steps`" : "it has no `from` and `to`");
    }
    const auto points = static_cast<std::size_t>(one.points);
    if (points == 0 || one.axes.empty()) return;  // which has been said
    const bool sobol = one.kind == Design::Kind::sobol;
    const std::vector<double> u = sobol ? sobol_points(points, one.axes.size()) : hypercube(one);
    for (std::size_t i = 0; i < points; ++i) {
      auto& row = factor.rows.emplace_back();
      for (std::size_t k = 0; k < one.axes.size(); ++k) {
        row.push_back(add_value(one.axes[k], file_.axes[one.axes[k]].span->at(u[i * one.axes.size() + k])));
      }
    }
  }

  [[nodiscard]] std::vector<double> hypercube(const Design& one) const {
    const auto n = static_cast<std::size_t>(one.points);
    std::vector<double> u(n * one.axes.size());
    for (std::size_t k = 0; k < one.axes.size(); ++k) {
      const std::uint32_t hash = fnv1a32("latin_hypercube:" + file_.axes[one.axes[k]].name);
      const auto draw = [&](std::size_t i) { return uniforms({one.seed, 0}, {i + 1, 0, hash, 0}); };
      std::vector<std::size_t> slice(n);
      for (std::size_t i = 0; i < n; ++i) slice[i] = i;
      for (std::size_t i = n; i-- > 1;) {  // Fisher and Yates
        std::swap(slice[i], slice[static_cast<std::size_t>(draw(i).first * static_cast<double>(i + 1))]);
      }
      for (std::size_t i = 0; i < n; ++i) {
        u[i * one.axes.size() + k] = (static_cast<double>(slice[i]) + draw(i).second) / static_cast<double>(n);
      }
    }
    return u;
  }

  void table(const Design& one) {
    std::string content;
    try {
      content = files_.read(one.file);
    } catch (const InputError& error) {
      return source_.add(one.item, error.what());
    }
    const std::string name = files_.display_name(one.file);
    model::CsvLines lines(content);
    if (!lines.next()) return source_.problems().add({{name, 1, 1}, "", "the table is empty", "", ""});
    Design found = one;
    header(lines, name, found);
    if (!claim(found) || !source_.problems().ok()) return;
    Factor factor{found.axes, {}};
    std::vector<std::map<std::string, std::int32_t, std::less<>>> known(found.axes.size());
    for (std::size_t k = 0; k < found.axes.size(); ++k) {
      const auto& values = points_.values[found.axes[k]];
      for (std::size_t i = 0; i < values.size(); ++i) known[k].emplace(values[i].text, static_cast<std::int32_t>(i));
    }
    while (lines.next()) row(lines, name, factor, known);
    if (factor.rows.empty()) source_.problems().add({{name, 1, 1}, "", "the table has no rows", "", ""});
    factors_.push_back(std::move(factor));
  }

  void header(const model::CsvLines& lines, const std::string& name, Design& found) {
    std::vector<std::string> axes;
    for (const Axis& one : file_.axes) axes.push_back(one.name);
    for (const model::Cell& cell : model::cells(lines.line())) {
      const std::string text(model::trimmed(cell.text));
      const auto place = std::find(axes.begin(), axes.end(), text);
      if (place == axes.end()) {
        source_.problems().add({{name, lines.number(), cell.column},
                                "",
                                "there is no axis " + quoted(text),
                                "a column for each axis of the table",
                                did_you_mean(text, axes)});
        continue;
      }
      const auto a = static_cast<std::size_t>(place - axes.begin());
      found.axes.push_back(a);
      const Axis& axis = file_.axes[a];
      if (axis.span || (!axis.values.empty() && !axis.cases)) {
        source_.add(axis.item, "the axis has values of its own", "the table " + quoted(name) + " gives them");
      }
    }
  }

  void row(const model::CsvLines& lines, const std::string& name, Factor& factor,
           std::vector<std::map<std::string, std::int32_t, std::less<>>>& known) {
    const auto cells = model::cells(lines.line());
    if (cells.size() != factor.axes.size()) {
      source_.problems().add({{name, lines.number(), 1},
                              "",
                              "the row has " + std::to_string(cells.size()) + " cells",
                              "the header has " + std::to_string(factor.axes.size()),
                              ""});
      return;
    }
    auto& row = factor.rows.emplace_back();
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::string text(model::trimmed(cells[k].text));
      const std::size_t a = factor.axes[k];
      auto place = known[k].find(text);
      if (place == known[k].end() && (file_.axes[a].cases || text.empty())) {
        source_.problems().add({{name, lines.number(), cells[k].column},
                                "",
                                text.empty() ? "an empty cell" : quoted(text) + " is none of the axis' cases",
                                "",
                                ""});
        continue;
      }
      if (place == known[k].end()) place = known[k].emplace(text, add_value(a, text)).first;
      row.push_back(place->second);
    }
  }

  void cross() {
    std::size_t size = 1;
    for (const Factor& one : factors_) {
      size = one.rows.size() > shapes::most_scenarios / std::max<std::size_t>(size, 1) ? shapes::most_scenarios + 1
                                                                                       : size * one.rows.size();
      if (size > shapes::most_scenarios) {
        source_.add(source_.root(), "more than 10 million scenarios", "the limit",
                    "cross fewer axes, or draw a design");
        return;
      }
    }
    points_.index.resize(size * file_.axes.size());
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t left = i;
      for (std::size_t f = factors_.size(); f-- > 0;) {
        const Factor& one = factors_[f];
        const auto& row = one.rows[left % one.rows.size()];
        left /= one.rows.size();
        for (std::size_t k = 0; k < one.axes.size(); ++k) points_.index[i * file_.axes.size() + one.axes[k]] = row[k];
      }
    }
  }

  const SweepFile& file_;
  const model::Sources& files_;
  const Source& source_;
  std::vector<bool> used_;  // by axis: in a design
  std::vector<Factor> factors_;
  Points points_;
};

}  // namespace

AxisValue Points::make(std::string text, const config::Node& like) {
  config::Node& node = made->emplace_back();
  node.kind = config::Node::Kind::scalar;
  node.line = like.line;
  node.column = like.column;
  node.text = text;
  return {std::move(text), &node};
}

Points points_of(const SweepFile& file, const model::Sources& files, Diagnostics& problems) {
  Diagnostics own;
  Points made = PointMaker(file, files, Source(*file.document, own)).run();
  for (const Problem& one : own.problems()) problems.add(one);
  return made;
}

}  // namespace sojourn::sweep
