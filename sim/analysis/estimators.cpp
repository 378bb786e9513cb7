#include "analysis/estimators.hpp"

#include "base/byte_stream.hpp"
#include "engine/each.hpp"

namespace sojourn::analysis {

Estimators::Estimators(const Experiment& experiment, const outcomes::ExactTimes* exact)
    : plan_(experiment.model, experiment.strategies, experiment.reference, experiment.parameters, exact),
      trial_plan_(experiment.model, experiment.strategies, experiment.parameters),
      sums_(plan_),
      collector_(trial_plan_) {}

void Estimators::update(const history::Block& block) {
  sums_.update(block);
  collector_.update(block);
}

std::string Estimators::stored() const {
  ByteWriter writer;
  writer.text(sums_.combined().stored());
  writer.text(collector_.stored());
  return writer.take();
}

void Estimators::add_stored(std::string_view bytes) {
  ByteReader reader(bytes);
  sums_.add_stored(reader.text());
  collector_.add_stored(reader.text());
}

Estimates Estimators::finish(int threads, outcomes::WithCurves curves) const {
  const trial::Each in_parallel = [threads](std::int64_t count, const std::function<void(std::int64_t)>& work) {
    engine::for_each(count, threads, work);
  };
  Estimates made{outcomes::finish(plan_, sums_.combined(), curves),
                 trial::finish(trial_plan_, collector_, in_parallel)};
  if (!made.trials.rows.empty()) made.results.tables.push_back(trial::table(made.trials));
  return made;
}

}  // namespace sojourn::analysis
