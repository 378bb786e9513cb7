// Samples as columns: their summary beside the outcomes, and all of them in a table of their own.
#include <string>
#include <utility>

#include "outcomes/results.hpp"

namespace sojourn::outcomes {

namespace {

void add(std::vector<Column>& columns, const std::vector<Spread>& spreads, const std::string& prefix,
         const std::string& what) {
  const auto numbers = [&](const char* name, const std::string& description, double Spread::*member) {
    std::vector<double> values;
    for (const Spread& one : spreads) values.push_back(one.*member);
    columns.push_back({prefix + name, "", description, std::move(values)});
  };
  numbers("sample_mean", "mean of the " + what + " over the samples", &Spread::mean);
  numbers("sample_mean_se", "its Monte Carlo error, of finitely many samples and patients", &Spread::mean_se);
  numbers("parameter_sd", "sd over the parameters' uncertainty, corrected for the noise within samples",
          &Spread::parameter_sd);
  numbers("parameter_sd_se", "its Monte Carlo error", &Spread::parameter_sd_se);
  numbers("sample_sd", "sd between the samples, noise included", &Spread::sample_sd);
  numbers("noise_sd", "Monte Carlo error within a sample, root of the mean square", &Spread::noise_sd);
  numbers("sample_q025", "2.5% quantile of the samples, noise included", &Spread::low);
  numbers("sample_q500", "median of the samples, noise included", &Spread::median);
  numbers("sample_q975", "97.5% quantile of the samples, noise included", &Spread::high);
  std::vector<std::string> notes;
  for (const Spread& one : spreads) notes.push_back(one.note);
  columns.push_back({prefix + "sample_note", "", "", std::move(notes)});
}

template <class Value>
Column repeated(const char* name, const char* unit, const char* description, const Results& base, std::size_t samples,
                Value value) {
  std::vector<decltype(value(base.rows.front()))> values;
  values.reserve(samples * base.rows.size());
  for (std::size_t s = 0; s < samples; ++s) {
    for (const Row& row : base.rows) values.push_back(value(row));
  }
  return {name, unit, description, std::move(values)};
}

}  // namespace

std::vector<Column> columns(const SampleSummary& summary) {
  std::vector<Column> made;
  if (summary.samples == 0) return made;
  std::vector<std::int64_t> counts;
  for (const Spread& one : summary.estimates) counts.push_back(one.samples);
  made.push_back({"samples", "", "samples with an estimate", std::move(counts)});
  add(made, summary.estimates, "", "estimate");
  add(made, summary.differences, "difference_", "difference");
  if (!summary.acceptability.empty()) {
    made.push_back({"acceptability", "",
                    "of a net benefit: share of samples in which it is the greatest, noise included",
                    summary.acceptability});
    made.push_back({"acceptability_corrected", "", "the same, corrected for the noise within samples",
                    summary.acceptability_corrected});
  }
  return made;
}

Table SampleEstimates::table(const Results& base) const {
  const std::size_t samples = samples_.size();
  Table made{"samples", "estimates in each sample of the uncertain parameters", {}};
  std::vector<std::int64_t> numbers;
  for (std::size_t s = 0; s < samples; ++s)
    numbers.insert(numbers.end(), base.rows.size(), static_cast<std::int64_t>(s) + 1);
  made.columns.push_back({"sample", "", "from 1; its parameters are in /outcomes/parameters", std::move(numbers)});
  const auto text = [&](const char* name, const char* description, auto value) {
    made.columns.push_back(repeated(name, "", description, base, samples, value));
  };
  text("outcome", "name of the outcome", [](const Row& r) { return r.name; });
  text("measure", "the kind, or restricted_mean, or time_lost", [](const Row& r) { return r.measure; });
  text("group", "level of the group", [](const Row& r) { return r.group; });
  text("level", "level of the distribution; of a net benefit: the threshold", [](const Row& r) { return r.level; });
  made.columns.push_back(
      repeated("time", "years", "since the origin", base, samples, [](const Row& r) { return r.time; }));
  text("strategy", "name of the strategy", [&base](const Row& r) { return base.strategies[r.strategy].name; });
  const auto figures = [&](const char* name, const char* description, double One::*member) {
    std::vector<double> values;
    values.reserve(samples * base.rows.size());
    for (const auto& sample : samples_) {
      for (const One& one : sample) values.push_back(one.*member);
    }
    made.columns.push_back({name, "", description, std::move(values)});
  };
  figures("estimate", "", &One::estimate);
  figures("se", "Monte Carlo error within the sample; missing if no two patients differ", &One::se);
  figures("difference", "to the reference strategy", &One::difference);
  figures("difference_se", "its Monte Carlo error within the sample", &One::difference_se);
  return made;
}

}  // namespace sojourn::outcomes
