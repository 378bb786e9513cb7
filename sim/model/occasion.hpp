// What costs and utilities have in common: the times they hang on, and the product of factors that says how much.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/reading.hpp"

namespace sojourn::model {

[[nodiscard]] Occasion read_occasion(Reading& reading, const Fields& fields);

// A factor or a list of factors, each of which `holds`, where it is known.
struct ProductRead {
  bool at_instants = false;  // then nothing is piecewise
  bool (*holds)(double) = nullptr;
  std::string must;  // completes "is 1.2, but must be ..."
};
struct Product {
  std::vector<Factor> factors;
  int time_power = 0;  // of the product
};
[[nodiscard]] std::optional<Product> read_product(Reading& reading, const Item& item, const ProductRead& wanted);

// A name of its own kind: no other things share it, but it must look like one.
void check_worth_name(Reading& reading, const Item& item, const std::string& name);

}  // namespace sojourn::model
