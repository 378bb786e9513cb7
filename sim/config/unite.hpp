// Several files as one document: sections that are mappings are united, lists follow each other, single values are
// given once. Nodes keep their files, so that every message names the right one.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "config/keys.hpp"
#include "config/tree.hpp"

namespace sojourn::config {

// The sections of `files` (mappings), in this order, then those of `main` itself, become those of `main`, in the way
// that the kinds of the shape's keys say. Keys in `own` belong to each file alone and are left out for included ones.
void unite(Document& main, std::vector<Document> files, const Shape& shape, std::span<const std::string_view> own,
           Diagnostics& problems);

}  // namespace sojourn::config
