// From a model file to a checked Model. All problems are reported at once through `Diagnostics`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "model/model.hpp"

namespace sojourn::model {

// Where a model's files come from: a folder, or the copies inside a result file.
class Sources {
 public:
  virtual ~Sources() = default;
  // The model file, and a file named relative to it; throw InputError with one clear message.
  [[nodiscard]] virtual std::string read_model() const = 0;
  [[nodiscard]] virtual std::string read(std::string_view relative) const = 0;
  // For messages.
  [[nodiscard]] virtual std::string model_name() const = 0;
  [[nodiscard]] virtual std::string display_name(std::string_view relative) const = 0;
};

// On disk. Files beside the model must lie below the model's folder. At most 64 MB a file.
class DiskSources : public Sources {
 public:
  explicit DiskSources(std::string model_path) : model_path_(std::move(model_path)) {}
  [[nodiscard]] std::string read_model() const override;
  [[nodiscard]] std::string read(std::string_view relative) const override;
  [[nodiscard]] std::string model_name() const override { return model_path_; }
  [[nodiscard]] std::string display_name(std::string_view relative) const override;

 private:
  std::string model_path_;
};

// From memory: the model's text and the files it read.
class MemorySources : public Sources {
 public:
  MemorySources(std::string name, std::string text, std::vector<EmbeddedFile> files)
      : name_(std::move(name)), text_(std::move(text)), files_(std::move(files)) {}
  [[nodiscard]] std::string read_model() const override { return text_; }
  [[nodiscard]] std::string read(std::string_view relative) const override;
  [[nodiscard]] std::string model_name() const override { return name_; }
  [[nodiscard]] std::string display_name(std::string_view relative) const override;

 private:
  std::string name_, text_;
  std::vector<EmbeddedFile> files_;
};

// What `--set NAME=VALUE` changes, in order: a parameter, an expression its value; or what stands at a path, YAML.
using Overrides = std::vector<std::pair<std::string, std::string>>;

// Sections that take the place of the model's own: those that say what is computed from lives, not how they are lived.
struct AnalysisFile {
  std::string name, text;
};

// Nothing is returned when there are problems.
[[nodiscard]] std::optional<Model> load(const Sources& sources, const Overrides& overrides, Diagnostics& problems,
                                        const AnalysisFile* analysis = nullptr);

}  // namespace sojourn::model
