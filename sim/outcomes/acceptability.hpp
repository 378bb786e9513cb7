// How often each strategy has the greatest net benefit over the samples of the parameters (the cost-effectiveness
// acceptability curve, at the declared thresholds). Samples of few patients spread wider than the parameters do: the
// corrected share is taken after each strategy's difference to the reference is drawn towards its mean, so that its sd
// is the parameters' alone (samples.hpp). Source: van Hout et al., Health Econ 1994;3:309-19; O'Hagan, Stevenson,
// Madan, Health Econ 2007;16:1009-23.
#pragma once

#include <vector>

#include "outcomes/samples.hpp"

namespace sojourn::outcomes {

// By row of the results: of net benefits, among samples in which every strategy has one; else NaN. Ties are shared.
struct Acceptability {
  std::vector<double> share;      // noise included
  std::vector<double> corrected;  // NaN where the noise hides a spread; patients shared by all samples: the same
};

[[nodiscard]] Acceptability acceptability_of(const std::vector<std::vector<SampleEstimates::One>>& samples,
                                             const Results& base, const std::vector<Spread>& differences);

}  // namespace sojourn::outcomes
