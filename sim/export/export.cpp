#include "export/export.hpp"

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/similar.hpp"
#include "export/format.hpp"

namespace sojourn::exports {

namespace {

namespace fs = std::filesystem;

const Format& find_format(const std::string& name) {
  for (const Format& format : formats()) {
    if (format.name == name) return format;
  }
  std::string text;
  for (const std::string& known : format_names()) text += (text.empty() ? "" : ", ") + known;
  throw InputError("--format: there is no format '" + name + "' (" + text + ")");
}

std::vector<std::string> wanted_tables(const Source& source, const Format& format, const std::string& only) {
  const std::vector<std::string> all = format.tables(source);
  if (only.empty()) return all;
  if (std::find(all.begin(), all.end(), only) != all.end()) return {only};
  std::string text;
  for (const std::string& known : all) text += (text.empty() ? "" : ", ") + known;
  const std::string hint = did_you_mean(only, all);
  throw InputError("--table: the format " + std::string(format.name) + " has no table '" + only + "' (" + text + ")" +
                   (hint.empty() ? "" : "; " + hint));
}

// The folder of the tables; one that was made here goes again if they fail.
class Folder {
 public:
  explicit Folder(const std::string& path) : path_(path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return;
    made_ = fs::create_directory(path, error);
    if (!made_) {
      const std::string why = fs::exists(path) ? "it is a file, and a folder is needed" : error.message();
      throw RunError(path + ": cannot be made a folder (" + why + ")");
    }
  }
  ~Folder() {
    std::error_code ignored;
    if (made_ && !kept_) fs::remove(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (fs::path(path_) / name).string(); }
  void keep() { kept_ = true; }

 private:
  std::string path_;
  bool made_ = false, kept_ = false;
};

Json patients_json(const Source& source) {
  Json range = Json::object();
  range.set("simulated", Json::number(static_cast<double>(source.reader().input().patients)));
  if (source.reader().patients_stored() == 0) return range;
  range.set("first", Json::number(static_cast<double>(source.first_patient())));
  range.set("last", Json::number(static_cast<double>(source.last_patient())));
  return range;
}

std::string about(const Source& source, const Format& format, const std::vector<std::string>& tables) {
  Json strategies = Json::list(), files = Json::list();
  for (const ChosenStrategy& strategy : source.strategies()) {
    Json one = Json::object();
    one.set("strategy_id", Json::number(static_cast<double>(strategy.id))).set("name", Json::text(strategy.name));
    strategies.add(std::move(one));
  }
  for (const std::string& table : tables) files.add(Json::text(table + ".csv"));
  Json all = Json::object();
  all.set("format", Json::text(format.name)).set("title", Json::text(source.reader().title()));
  all.set("digest", Json::text(source.reader().digest()));
  all.set("seed", Json::number(source.reader().input().seed));
  all.set("trajectories", Json::text(source.reader().trajectories()));
  all.set("patients", patients_json(source)).set("strategies", std::move(strategies)).set("files", std::move(files));
  return all.written() + "\n";
}

std::string summary(const Source& source, const std::vector<std::string>& tables, const Destination& destination,
                    bool of_lives, const std::vector<std::string>& notes) {
  std::string text = destination.path + ": ";
  if (destination.table.empty()) {
    for (const std::string& table : tables) text += table + ".csv, ";
    text += "export.json";
  } else {
    text += destination.table;
  }
  text += "\nfrom " + source.path() + (of_lives ? ": " + source.reader().trajectories() : "");
  if (of_lives && source.request().patients) {
    text += "; of these patients " + std::to_string(source.first_patient()) + " to " +
            std::to_string(source.last_patient());
  }
  text += "\n";
  for (const std::string& note : notes) text += note + "\n";
  return text;
}

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

Exported write(const Source& source, const std::string& format_name, const Destination& destination) {
  const Format& format = find_format(format_name);
  const std::vector<std::string> wanted = wanted_tables(source, format, destination.table);
  const bool of_lives = format.check(source, wanted);
  if (!destination.table.empty()) {
    Tables tables;
    tables.open(destination.table, destination.path);
    const auto notes = format.write(source, tables);
    tables.publish();
    return {summary(source, wanted, destination, of_lives, notes)};
  }
  Folder folder(destination.path);
  Tables tables;
  for (const std::string& table : wanted) tables.open(table, folder.file(table + ".csv"));
  TextFile description(folder.file("export.json"));
  const auto notes = format.write(source, tables);
  description.buffer() += about(source, format, wanted);
  tables.publish();
  description.publish();
  folder.keep();
  return {summary(source, wanted, destination, of_lives, notes)};
}

}  // namespace sojourn::exports
