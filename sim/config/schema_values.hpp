// What the schema says of one value.
#pragma once

#include "base/json.hpp"
#include "config/keys.hpp"

namespace sojourn::config {

// Of the value of a key, with its description, default and example. Refers to mappings by their titles.
[[nodiscard]] Json schema_of(const Key& key);

// Definitions of the scalars that schema_of refers to.
void define_scalars(Json& definitions, std::span<const std::string_view> no_names);

}  // namespace sojourn::config
