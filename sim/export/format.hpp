// A format: its tables, each a CSV file, and the function that fills them. One file a format and one line in the list
// of formats.cpp; docs/exports.md says what each holds and how R and Python read it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "export/request.hpp"
#include "export/text_file.hpp"

namespace sojourn::exports {

// The tables being written, by name. Those that were not asked for are absent.
class Tables {
 public:
  void open(const std::string& name, const std::string& path) {
    files_.emplace(name, std::make_unique<TextFile>(path));
  }
  [[nodiscard]] TextFile* find(const std::string& name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : found->second.get();
  }
  void publish() {
    for (auto& [name, file] : files_) file->publish();
  }

 private:
  std::map<std::string, std::unique_ptr<TextFile>> files_;
};

struct Format {
  std::string_view name;
  std::vector<std::string> (*tables)(const Source& source);  // which it has, of this result
  // Before a file is made: throws InputError if these tables cannot be. Whether lives of patients are in them.
  bool (*check)(const Source& source, const std::vector<std::string>& tables);
  // Notes for the user, one a line: what was left out and the like.
  std::vector<std::string> (*write)(const Source& source, const Tables& tables);
};

[[nodiscard]] std::span<const Format> formats();

// One a format.
extern const Format csv_format, mstate_format, hesim_format, bcea_format;

}  // namespace sojourn::exports
