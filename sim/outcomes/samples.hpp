// Parameter uncertainty: the same outcomes in S samples of the parameters, each with n patients of its own. For a
// number x (an estimate, or a paired difference) with Monte Carlo error e_s within sample s:
//   between-sample variance B = sum (x_s - mean)^2 / (S - 1), noise within W = mean of e_s^2,
//   parameter uncertainty sd = sqrt(B - W): B holds both, and only B - W is about the parameters;
//   error of the mean over samples sqrt(B / S): of finitely many samples and patients.
// Where all samples share their patients the noise is common to them: nothing is subtracted, and the error of the mean
// is sqrt(B / S + W). Source: O'Hagan, Stevenson, Madan, Health Econ 2007;16:1009-23 (one-way analysis of variance).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/table.hpp"

namespace sojourn::outcomes {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Results;

// Of one number over the samples in which it could be estimated.
struct Spread {
  std::int64_t samples = 0;
  double mean = missing, mean_se = missing;
  double sample_sd = missing, noise_sd = missing;  // sqrt(B), sqrt(W)
  double parameter_sd = missing,
         parameter_sd_se = missing;                        // missing: smaller than the noise; shared patients: at most
  double low = missing, median = missing, high = missing;  // 2.5, 50, 97.5% of the samples, noise included
  std::string note;
};

struct SampleSummary {
  std::int64_t samples = 0;                    // 0: parameters were not drawn
  bool patients_shared = false;                // by all samples
  std::vector<Spread> estimates, differences;  // by row of the results
  // Of net benefits, by row (acceptability.hpp); empty where the results have none.
  std::vector<double> acceptability, acceptability_corrected;
};

// The samples' estimates, by sample, then by row of the results.
class SampleEstimates {
 public:
  struct One {
    double estimate = missing, se = missing, difference = missing, difference_se = missing;
    double noise = missing, difference_noise = missing;  // variance within the sample, without bias
  };

  // What remains of one sample. Throws InputError where the parameters change which rows there are.
  [[nodiscard]] static std::vector<One> of(const Results& sample, const Results& base);

  void add(std::vector<One> next) { samples_.push_back(std::move(next)); }
  [[nodiscard]] SampleSummary summary(const Results& base, bool patients_shared) const;
  // One row for each sample and row of the results.
  [[nodiscard]] Table table(const Results& base) const;

 private:
  std::vector<std::vector<One>> samples_;
};

// Columns of the summary, by row; none without samples.
[[nodiscard]] std::vector<Column> columns(const SampleSummary& summary);
// For people: means with their Monte Carlo errors, parameter uncertainty, and the middle 95% of the samples.
[[nodiscard]] std::string sample_table(const Results& results, int width);

}  // namespace sojourn::outcomes
