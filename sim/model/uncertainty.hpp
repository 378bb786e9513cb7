// What is not known exactly about a model's parameters: distributions of single parameters, and of several together.
// All numbers are as the file says them, checked when it is read; they do not depend on other parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/square_matrix.hpp"
#include "distributions/attribute_draw.hpp"

namespace sojourn::model {

// A parameter that is drawn by itself.
struct UncertainParameter {
  ParameterId parameter;
  distributions::AttributeDraw draw;
};

// The scale on which a parameter is normal.
enum class NormalScale : std::uint8_t { identity, log, logit };
[[nodiscard]] double from_scale(NormalScale scale, double y);

// value = unit * g(mean + L z), z independent standard normals, g the inverse of the scale.
struct JointNormal {
  std::string name;
  std::vector<ParameterId> parameters;
  std::vector<NormalScale> scales;
  std::vector<double> units;  // of the numbers on the scale, in the unit of the program (years to some power)
  std::vector<double> mean;   // on the scale
  SquareMatrix factor;        // L; L L' is the covariance on the scale
};

// Shares that sum to 1; a component without a parameter is the rest.
struct Dirichlet {
  std::string name;
  std::vector<ParameterId> parameters;
  std::vector<double> concentration;
};

// A row of a table a sample: bootstrap or posterior draws.
struct ParameterRows {
  std::string name, file;  // the file as the model names it
  std::vector<ParameterId> parameters;
  std::vector<std::vector<double>> columns;  // by parameter, by row
  std::size_t rows = 0;
  bool in_order = true;  // sample s has row s; otherwise a row at random
};

struct Uncertainty {
  std::vector<UncertainParameter> single;
  std::vector<JointNormal> normals;
  std::vector<Dirichlet> dirichlets;
  std::vector<ParameterRows> rows;

  [[nodiscard]] std::vector<ParameterId> parameters() const;  // in the order of the model
  [[nodiscard]] bool empty() const { return parameters().empty(); }
};

struct Model;

// Values of the uncertain parameters in a sample (from 1), by parameter; NaN where it has its own value: not uncertain,
// or given on the command line. Every draw is a function of (seed, sample, name of the parameter or the group): its
// address has the patient 0, who does not exist. Sample 0 is the base case: nothing is drawn.
[[nodiscard]] std::vector<double> drawn_parameters(const Model& model, std::uint32_t sample);

}  // namespace sojourn::model
