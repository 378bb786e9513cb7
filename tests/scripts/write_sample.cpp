// Writes a small result and, straight from the histories, what a reader must find in it: FOLDER/sample.h5 and
// FOLDER/{sojourns,events,changes,baseline}_STRATEGY.csv.
#include <cstdio>
#include <fstream>
#include <string>

#include "../store/fixture.hpp"
#include "base/number_text.hpp"

namespace {

using namespace sojourn;

constexpr std::int32_t patients = 700;
const char* const states[] = {"well", "ill", "dead"};
const char* const causes[] = {"horizon", "falls_ill", "dies", "recovers", "fever", "rash", "triage"};
const char* const sites[] = {"marrow", "cns", "both"};
const char* const plans[] = {"none", "hsct"};
const char* const attributes[] = {"age", "male", "site", "grade", "plan"};

void write_rows(const std::string& folder, const history::Block& block, std::size_t s, const std::string& strategy) {
  std::ofstream sojourns(folder + "/sojourns_" + strategy + ".csv"), events(folder + "/events_" + strategy + ".csv");
  std::ofstream changes(folder + "/changes_" + strategy + ".csv");
  sojourns << "patient_id,state,transition,time_start,time_stop\n";
  events << "patient_id,event,time\n";
  changes << "patient_id,attribute,time,value,level\n";
  for (std::size_t p = 0; p < patients; ++p) {
    const history::PatientHistory h = block.patient(s, p);
    const std::string id = std::to_string(p + 1) + ",";
    for (std::size_t i = 0; i < h.state.size(); ++i) {
      sojourns << id << states[h.state[i]] << "," << causes[h.cause[i] + 1] << "," << number_text(h.start[i]) << ","
               << number_text(h.stop[i]) << "\n";
    }
    for (std::size_t i = 0; i < h.event.size(); ++i) {
      events << id << causes[h.event[i] + 1] << "," << number_text(h.event_time[i]) << "\n";
    }
    for (std::size_t i = 0; i < h.attribute.size(); ++i) {
      const bool is_plan = h.attribute[i] == 4;
      const auto value = static_cast<std::size_t>(h.change_value[i]);
      changes << id << attributes[h.attribute[i]] << "," << number_text(h.change_time[i]) << ","
              << value + (is_plan ? 1 : 0) << "," << (is_plan ? plans[value] : "") << "\n";
    }
  }
}

void write_baseline(const std::string& folder, const history::Block& block, std::size_t s,
                    const std::string& strategy) {
  std::ofstream file(folder + "/baseline_" + strategy + ".csv");
  file << "patient_id,age,male,site,grade,plan\n";
  for (std::size_t p = 0; p < patients; ++p) {
    const auto value = [&](std::size_t a) { return block.baseline_value(s, a, p); };
    file << p + 1 << "," << number_text(value(0)) << "," << (value(1) > 0 ? "TRUE" : "FALSE") << ","
         << sites[static_cast<std::size_t>(value(2))] << "," << number_text(value(3)) << ","
         << plans[static_cast<std::size_t>(value(4))] << "\n";
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: write_sample FOLDER\n");
    return 2;
  }
  const std::string folder = arguments[1];
  const model::Model model = store_test::small_model();
  const history::Block block = store_test::block_of(model, 1, patients);
  store_test::write_result(folder + "/sample.h5", store_test::small_input(patients), 100);
  for (std::size_t s = 0; s < model.strategies.size(); ++s) {
    write_rows(folder, block, s, model.strategies[s].name);
    write_baseline(folder, block, s, model.strategies[s].name);
  }
  return 0;
}
