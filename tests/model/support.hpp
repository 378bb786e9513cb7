// Reading of models in tests: from text, from tests/data, with problems as text.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "model/load.hpp"

namespace sojourn::model::testing {

inline const std::string source_dir = SOJOURN_SOURCE_DIR;

struct Loaded {
  std::optional<Model> model;
  std::string problems;
};

inline Loaded load_text(const std::string& text, const Overrides& overrides = {},
                        std::vector<EmbeddedFile> files = {}) {
  Diagnostics problems;
  Loaded loaded;
  loaded.model = load(MemorySources("m.yaml", text, std::move(files)), overrides, problems);
  loaded.problems = problems.text();
  return loaded;
}

inline Model load_file(const std::string& relative) {
  Diagnostics problems;
  auto model = load(DiskSources(source_dir + "/" + relative), {}, problems);
  EXPECT_TRUE(model.has_value()) << problems.text();
  return model ? std::move(*model) : Model{};
}

inline std::string file_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream.good()) << path;
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// A model with two states; `extra` is appended.
inline std::string two_states(const std::string& time = "{exponential: {rate: 0.1 per year}}",
                              const std::string& extra = "") {
  return "sojourn: 1\ntitle: t\nhorizon: 5 years\nstates: {a: {initial: true}, b: {absorbing: true}}\ntransitions:\n"
         "  - {from: a, to: b, time: " +
         time + "}\n" + extra;
}

// The value of an expression over parameters.
inline double value_of(const Model& model, const Expression& expression) {
  Diagnostics problems;
  const auto values = parameter_values(model, nullptr, problems);
  const auto code = expression::compile(expression, values, model.states.size());
  EXPECT_TRUE(code.constant);
  return code.value;
}

}  // namespace sojourn::model::testing
