#include "workload.hpp"

#include <stdexcept>

#include "engine/run.hpp"
#include "model/load.hpp"

namespace sojourn::benchmarks {

namespace {

std::string in_the_repository(const std::string& path) {
  return std::string(SOJOURN_SOURCE_DIR "/") + path;
}

model::Model loaded(const Workload& workload) {
  Diagnostics problems;
  model::AnalysisFile analysis;
  if (!workload.outcomes.empty()) {
    analysis = {workload.outcomes, model::DiskSources(in_the_repository(workload.outcomes)).read_model()};
  }
  auto model = model::load(model::DiskSources(in_the_repository(workload.model)), {}, problems,
                           workload.outcomes.empty() ? nullptr : &analysis);
  if (!model) throw std::runtime_error(problems.text());
  return std::move(*model);
}

}  // namespace

const std::vector<Workload>& workloads() {
  static const std::string models = "tests/data/models/", asked = "tests/benchmarks/models/";
  static const std::vector<Workload> all = {
      {"w1", models + "w1.yaml", ""},
      {"w2", models + "w2.yaml", asked + "w2_outcomes.yaml"},
      {"ebmt_reset", models + "ebmt_weibull_reset.yaml", asked + "ebmt_outcomes.yaml"},
      {"ebmt_forward", models + "ebmt_gompertz_forward.yaml", asked + "ebmt_outcomes.yaml"},
      {"flagship", "configs/ball_cd19_cd22.yaml", ""}};
  return all;
}

const Workload& flagship() {
  return workloads().back();
}

analysis::Experiment prepared(const Workload& workload) {
  return analysis::prepare(loaded(workload), {});
}

store::RunInput run_input(const Workload& workload, std::int64_t patients) {
  store::RunInput input;
  const model::DiskSources sources(in_the_repository(workload.model));
  input.model_name = workload.name + ".yaml";
  input.model_text = sources.read_model();
  input.patients = patients;
  return input;
}

void Patients::choose_next(history::Block& block) {
  block.patients = engine::block_patients;
  block.first_patient = 1 + next_ * engine::block_patients;
  next_ = (next_ + 1) % period;
}

}  // namespace sojourn::benchmarks
