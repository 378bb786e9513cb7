#include "command/run_record.hpp"

#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/durable.hpp"
#include "base/number_text.hpp"
#include "base/words.hpp"
#include "command/progress.hpp"
#include "command/text_file.hpp"

namespace sojourn::command {

namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

// Of this process; nothing where the system does not tell. (What getrusage tells begins with what the process had that
// started this one.)
std::optional<std::int64_t> peak_memory() {  // [kB]
  std::ifstream status("/proc/self/status");
  std::string word;
  std::int64_t kilobytes = 0;
  while (status >> word) {
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  return std::nullopt;
}

std::string stored(const store::RunInput& input, std::size_t shards) {
  if (shards > 0) return "outcomes, and trajectories in " + std::to_string(shards) + " files beside it";
  if (input.samples == 0) return "trajectories and outcomes";
  return input.policy.keep == store::Keep::none ? "outcomes of all samples, no trajectories"
                                                : "outcomes of all samples, trajectories of the base case";
}

std::string workers(const RunRecord& record) {
  const std::string threads = std::to_string(record.threads) + (record.threads == 1 ? " thread" : " threads");
  return record.processes == 1 ? threads : std::to_string(record.processes) + " processes of " + threads;
}

}  // namespace

std::string run_record_path(const std::string& result) {
  std::filesystem::path path(result);
  if (path.extension() == ".h5") path.replace_extension();
  return path.string() + ".run.json";
}

void write_run_record(const RunRecord& record) {
  const auto patient_strategies = static_cast<double>(record.input.patients * (record.input.samples + 1)) *
                                  static_cast<double>(record.input.strategies.size());
  std::string text = "{\n  \"finished\": \"" + utc_now() + "\",\n  \"host\": \"" + this_process().host + "\",\n";
  text += "  \"sojourn\": \"" SOJOURN_VERSION "\",\n  \"processes\": " + std::to_string(record.processes) +
          ",\n  \"threads\": " + std::to_string(record.threads) + ",\n";
  text += "  \"seconds\": " + fixed_text(record.seconds, 3) + ",\n";
  text += "  \"patients_a_second\": " + fixed_text(patient_strategies / record.seconds, 0) + ",\n";
  text += "  \"draws\": " + std::to_string(record.done.counts.draws) + ",\n";
  text += "  \"draws_made\": " + std::to_string(record.done.counts.draws_made) + ",\n";
  text += "  \"moves\": " + std::to_string(record.done.counts.moves) + ",\n";
  text += "  \"events\": " + std::to_string(record.done.counts.events) + ",\n";
  if (const auto peak = peak_memory()) {
    text += "  \"peak_memory_mb\": " + fixed_text(static_cast<double>(*peak) / 1024, 1) + ",\n";
  }
  text += "  \"digest\": \"" + record.done.digest + "\"\n}\n";
  write_text(run_record_path(record.out), text);
}

std::string closing_lines(const RunRecord& record) {
  const auto strategies = static_cast<std::int64_t>(record.input.strategies.size());
  const std::int64_t lives = record.input.patients * strategies * (record.input.samples + 1);
  const std::string samples =
      record.input.samples > 0 ? "base case and " + with_commas(record.input.samples) + " samples x " : "";
  std::string text = samples + with_commas(record.input.patients) + " patients x " + std::to_string(strategies) +
                     (strategies == 1 ? " strategy in " : " strategies in ") + fixed_text(record.seconds, 2) + " s (" +
                     with_commas(static_cast<std::int64_t>(static_cast<double>(lives) / record.seconds)) +
                     " lives a second, " + workers(record) + "; seed " + std::to_string(record.input.seed) + ")\n";
  if (!record.out.empty())
    text += stored(record.input, record.done.shards) + ": " + record.out + " (digest " + record.done.digest + ")\n";
  return text;
}

}  // namespace sojourn::command
