// A result file as the report needs it: what was run, its model, its tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "report/rows.hpp"
#include "store/reader.hpp"

namespace sojourn::report {

struct StrategyText {
  std::string name, label;
};

class Result {
 public:
  // Throws InputError: no result file, damaged, or a model that this version cannot read.
  explicit Result(const std::string& path);

  [[nodiscard]] std::string file_name() const;  // without folder
  [[nodiscard]] const store::Reader& reader() const { return reader_; }
  [[nodiscard]] const store::RunInput& input() const { return input_; }
  [[nodiscard]] const model::Model& model() const { return model_; }
  [[nodiscard]] const std::vector<StrategyText>& strategies() const { return strategies_; }  // as simulated
  [[nodiscard]] std::size_t reference() const { return reference_; }                         // among them
  [[nodiscard]] std::string label(const std::string& strategy) const;

  [[nodiscard]] const Rows& outcomes() const { return outcomes_; }
  [[nodiscard]] Rows table(const std::string& name) const;  // no rows if the file does not have it

 private:
  std::string path_;
  store::Reader reader_;
  store::RunInput input_;
  model::Model model_;
  std::vector<StrategyText> strategies_;
  std::size_t reference_ = 0;
  Rows outcomes_;
};

}  // namespace sojourn::report
