// Families that are given by lists, files or other families: splines, tabulated curves, mixtures, truncations.
#pragma once

#include <functional>

#include "model/reading.hpp"

namespace sojourn::model {

// Reads the one family in a mapping; these keys may stand beside it.
using ReadPart = std::function<std::optional<Distribution>(const Item&, const std::vector<std::string>& beside)>;

// `made` has its family and place.
[[nodiscard]] std::optional<Distribution> read_spline(Reading& reading, const Item& item, Distribution made);
[[nodiscard]] std::optional<Distribution> read_curve(Reading& reading, const Item& item, Distribution made,
                                                     const ReadPart& read_part);
[[nodiscard]] std::optional<Distribution> read_mixture(Reading& reading, const Item& item, Distribution made,
                                                       const ReadPart& read_part);
[[nodiscard]] std::optional<Distribution> read_truncated(Reading& reading, const Item& item, Distribution made,
                                                         const ReadPart& read_part);

}  // namespace sojourn::model
